import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type DataQualityCheck,
  dataQualityChecks,
  type HousingStatus,
  housingStatuses,
  type Zwaarte,
  zwaartes,
} from '../codes.js';
import { IsCivilDateText, IsCursor, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import {
  ClientDetailsInput,
  type ClientFile,
  type ClientSummary,
  type ClientVersion,
  type DataQuality,
  type DataQualityShare,
  type PossibleDuplicate,
} from './client-shapes.js';

/**
 * Requests about client records. A client outside the asker's relations (libs/access, client-access-rules.ts) is
 * refused with `not-found`: that the client exists is not told.
 */

/** Who works with client records at all: the regisseur for the caseload, the institution for its own clients. */
const READERS = ['clientmanager', 'trajectregisseur', 'system'] as const;

/** The details of a new client; `organisationId` is the asker's own when it is left out. */
export class NewClient extends ClientDetailsInput {
  @IsString() @Length(1, 120) familyName: string;
  @IsOptional() @IsId() organisationId?: string | null;
  /** True after the person saw the possible duplicates and said that this is somebody else. */
  @IsOptional() @IsBoolean() notADuplicate?: boolean;
}

/** Registers a client. The same key with the same content gives the client that was made before. */
export class CreateClient extends NewClient {
  @IsIdempotencyKey() idempotencyKey?: string;
}

export interface CreatedClient {
  clientId: string;
  version: number;
}

export class ClientById {
  @IsId() clientId: string;
}

/** Changes what is given; the rest stays. Refused with `stale-version` when the record is at another version. */
export class UpdateClient extends ClientDetailsInput {
  @IsId() clientId: string;
  @IsInt() @Min(1) expectedVersion: number;
  @IsOptional() @IsString() @Length(1, 120) familyName?: string;
}

export class ListClientVersions extends ClientById {
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Orders of a list of clients; a minus turns it round. */
export const clientSorts = ['name', '-name', 'birthDate', '-birthDate', 'since', '-since'] as const;
export type ClientSort = (typeof clientSorts)[number];

/**
 * Clients that the asker may see. `text` finds the beginnings of names; a whole date (`1-3-2001`, `2001-03-01`) in it is
 * a date of birth and nine digits are a BSN. Sent by POST, so that no personal data stand in an address.
 */
export class SearchClients {
  @IsOptional() @IsString() @MaxLength(120) text?: string;
  @IsOptional() @IsCivilDateText() birthDate?: CivilDate;
  @IsOptional() @IsString() @MaxLength(12) bsn?: string;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsOptional() @IsIn(housingStatuses) housing?: HousingStatus;
  @IsOptional() @IsIn(zwaartes) zwaarte?: Zwaarte;
  @IsOptional() @IsIn(clientSorts) sort?: ClientSort;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Joins two records of one person: the stays of `clientId` go to `intoClientId`, which goes on. */
export class MergeClients extends ClientById {
  @IsId() intoClientId: string;
  @IsString() @Length(3, 500) reason: string;
}

/** Takes a merge back: `clientId` is the record that was merged away. */
export class UnmergeClients extends ClientById {
  @IsOptional() @IsString() @Length(3, 500) reason?: string;
}

/** Both records after a merge or its undoing. */
export interface MergedClients {
  clientId: string;
  version: number;
  intoClientId: string;
  intoVersion: number;
}

export class ListDataQuality {
  @IsOptional() @IsId() organisationId?: string;
  /** Only clients who miss this. */
  @IsOptional() @IsIn(dataQualityChecks) missing?: DataQualityCheck;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class DataQualityShares {
  @IsOptional() @IsId() organisationId?: string;
}

/** Records that may be of the same person, best first; at most 10. Logged with the ground `duplicate-check`. */
export const findPossibleDuplicates = defineRequest<NewClient, Page<PossibleDuplicate>>(
  'registration.clients.possible-duplicates',
  { payload: NewClient, allow: ['clientmanager', 'system'], clientData: true },
);

/**
 * Registers a client for the asker's institution.
 * Refuses: `possible-duplicate` unless `notADuplicate`, `bsn-in-use`, `bsn-invalid`, `birth-date-in-future`, …
 */
export const createClient = defineRequest<CreateClient, CreatedClient>('registration.clients.create', {
  payload: CreateClient,
  allow: ['clientmanager', 'system'],
});

export const getClient = defineRequest<ClientById, ClientFile>('registration.clients.get', {
  payload: ClientById,
  allow: READERS,
  clientData: true,
});

/** The whole BSN of one client, asked for explicitly by a person; logged as an access of its own. */
export const revealBsn = defineRequest<ClientById, { bsn?: string }>('registration.clients.reveal-bsn', {
  payload: ClientById,
  allow: ['clientmanager', 'trajectregisseur'],
  clientData: true,
});

export const updateClient = defineRequest<UpdateClient, ClientFile>('registration.clients.update', {
  payload: UpdateClient,
  allow: READERS,
  clientData: true,
});

/** Earlier versions of the NAW, newest first: who, when, which fields. */
export const listClientVersions = defineRequest<ListClientVersions, Page<ClientVersion>>(
  'registration.clients.versions',
  { payload: ListClientVersions, allow: ['clientmanager', 'trajectregisseur'], clientData: true },
);

export const searchClients = defineRequest<SearchClients, Page<ClientSummary>>('registration.clients.search', {
  payload: SearchClients,
  allow: READERS,
  clientData: true,
});

/** Refuses: `merge-same-client`, `merge-different-bsn`, `merge-overlap`, `already-merged`. */
export const mergeClients = defineRequest<MergeClients, MergedClients>('registration.clients.merge', {
  payload: MergeClients,
  allow: ['clientmanager', 'trajectregisseur'],
});

/** Refuses: `not-merged`, or `change-built-upon` when the stays that came along were changed since. */
export const unmergeClients = defineRequest<UnmergeClients, MergedClients>('registration.clients.unmerge', {
  payload: UnmergeClients,
  allow: ['clientmanager', 'trajectregisseur'],
});

/** Which clients miss what, by institution and name. */
export const listDataQuality = defineRequest<ListDataQuality, DataQuality>('registration.clients.data-quality', {
  payload: ListDataQuality,
  allow: ['clientmanager', 'trajectregisseur'],
  clientData: true,
});

/** Shares per institution without any client; counts under 5 are suppressed (domain.md §2, beleid). */
export const dataQualityShares = defineRequest<DataQualityShares, Page<DataQualityShare>>(
  'registration.clients.data-quality-shares',
  { payload: DataQualityShares, allow: ['beleid'] },
);
