import { IsInt, IsISO8601, IsOptional, Min } from 'class-validator';
import { IsCursor, IsId, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import type { AccessActionCode } from './access-logged.js';

/** Which part of a log to list; newest first. `from` ≤ instant < `until`, ISO 8601. */
class ListAccess {
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsOptional() @IsISO8601({ strict: true }) until?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Who looked at or changed this client. */
export class ListClientAccess extends ListAccess {
  @IsId() clientId: string;
}

/** What this person did. */
export class ListPersonAccess extends ListAccess {
  @IsId() personId: string;
}

/** Where to go on with a verification that did not fit in one answer; the first entry by default. */
export class VerifyLog {
  @IsOptional() @IsInt() @Min(1) from?: number;
}

/** What every entry of the log tells (NEN 7513). */
export interface AccessEntry {
  /** Position in the log, which is also the entry's identity. */
  entryId: string;
  /** When it happened. */
  at: string;
  actorId: string;
  /** `person`, `system` or `service`. */
  actorKind: string;
  /** Roles at that moment. */
  actorRoles: string[];
  actorOrganisationId?: string;
  action: AccessActionCode;
  /** Request or command by which it happened. */
  operation: string;
  emergency: boolean;
  /** Trace of the request. */
  correlationId?: string;
}

/** One access to the data of one client. */
export interface ClientAccess extends AccessEntry {
  ground: string;
}

/** One thing that a person did. */
export interface PersonAccess extends AccessEntry {
  /** How many clients it touched. */
  clientCount: number;
  /** Which ones; shown to the person alone. */
  clientIds?: string[];
}

/** Why an entry does not fit. */
export const CHAIN_FAULTS = ['missing', 'altered', 'unlinked', 'beyond-head', 'head', 'checkpoint'] as const;
export type ChainFault = (typeof CHAIN_FAULTS)[number];

/** The outcome of walking the chain. */
export interface LogVerification {
  /** True when everything that was walked fits. */
  intact: boolean;
  /** Entries in the log. */
  entries: number;
  /** Last entry that was walked. */
  verifiedUntil: number;
  verifiedAt: string;
  /** Absent when the walk reached the end or a fault; otherwise where to go on. */
  next?: number;
  /** The first entry that does not fit. */
  brokenAt?: { entryId: string; fault: ChainFault; at?: string };
}

/** Readable for those who may see the client; the reading itself is logged. */
export const listClientAccess = defineRequest<ListClientAccess, Page<ClientAccess>>('audit.clients.list', {
  payload: ListClientAccess,
  allow: ['clientmanager', 'trajectregisseur'],
  clientData: true,
});

/** Everybody reads what they did themselves; an operator reads what anybody did, without the clients. */
export const listPersonAccess = defineRequest<ListPersonAccess, Page<PersonAccess>>('audit.people.list', {
  payload: ListPersonAccess,
  allow: [
    'trajectregisseur',
    'clientmanager',
    'klantmanager',
    'ttcj_member',
    'procesregisseur',
    'wijkteam',
    'teamondersteuner',
    'zorgbegeleider',
    'corporatie',
    'gemeente',
    'beleid',
    'beheerder',
  ],
  clientData: true,
});

/** Walks the chain for at most ten seconds; `next` tells where to go on. */
export const verifyLog = defineRequest<VerifyLog, LogVerification>('audit.log.verify', {
  payload: VerifyLog,
  allow: ['beheerder'],
  deadlineMs: 15_000,
});
