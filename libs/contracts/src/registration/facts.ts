import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsISO8601,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type ChangeChannel,
  changeChannels,
  type HousingChangeKind,
  housingChangeKinds,
  type Role,
  roles,
} from '../codes.js';
import { defineFact } from '../fact.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Codes that say why a housing situation changed; which are there depends on the kind of change. */
export interface HousingChangeReasons {
  leave?: string;
  departure?: string;
  destination?: string;
  correction?: string;
  cancellation?: string;
}

/** At which institution a client stayed from a day on. */
export class ChainOrganisation {
  @Matches(DATE) from: string;
  @IsString() @Length(1, 100) organisationId: string;
}

/**
 * A time in the chain, from arrival to departure; a move within the chain does not end it, nor does a planned move that
 * nobody confirmed yet. Reservations are no presence.
 */
export class ChainPeriod {
  /** The stay that it began with. */
  @IsString() @Length(1, 100) stayId: string;
  @Matches(DATE) from: string;
  /** Day of the departure, also a planned one. */
  @IsOptional() @Matches(DATE) until?: string;
  /** Where the client stayed last in it. */
  @IsString() @Length(1, 100) clusterId: string;
  @IsString() @Length(1, 100) organisationId: string;
  /** From which day on at which institution, oldest first; only when it was more than one. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ChainOrganisation)
  organisations?: ChainOrganisation[];
}

/** A temporary leave. */
export class ChainLeave {
  @IsString() @Length(1, 100) leaveId: string;
  @Matches(DATE) from: string;
  /** The day on which the client came back, or on which the stay ended; absent while the client is away. */
  @IsOptional() @Matches(DATE) until?: string;
}

/** The housing situation of a client changed (domain.md §3). Identifiers, codes and dates only. */
export class HousingSituationChanged {
  @IsString() @Length(1, 100) clientId: string;
  /** Identity of the change; the fact's event id is another one. */
  @IsString() @Length(1, 100) changeId: string;
  /** Version of the client's housing ledger after the change; orders the facts of one client. */
  @IsInt() @Min(1) version: number;
  @IsIn(housingChangeKinds) kind: HousingChangeKind;
  /** First day on which the situation is different. */
  @Matches(DATE) effectiveOn: string;
  @IsISO8601() recordedAt: string;
  /** Person or system that entered it. */
  @IsString() @Length(1, 100) recordedBy: string;
  @IsIn(changeChannels) channel: ChangeChannel;
  /** Place of the stay concerned, as it is after the change. */
  @IsOptional() @IsString() placeId?: string;
  @IsOptional() @IsString() clusterId?: string;
  @IsOptional() @IsString() organisationId?: string;
  /** Place before the change, when it was another one. */
  @IsOptional() @IsString() previousPlaceId?: string;
  @IsOptional() @IsString() previousClusterId?: string;
  @IsOptional() @IsString() previousOrganisationId?: string;
  /** Every further cluster where an entry of the client changed with it, e.g. where a reservation lapsed by a death. */
  @IsOptional() @IsArray() @IsString({ each: true }) otherClusterIds?: string[];
  /** Planned or actual end of what began on `effectiveOn` (leave, reservation), exclusive. */
  @IsOptional() @Matches(DATE) until?: string;
  /**
   * The change made or took back a reservation by an institution that has nothing to do with the client, and that the
   * client's own side did not confirm: it gives that institution no relation to the client.
   */
  @IsOptional() @IsBoolean() fromOutside?: boolean;
  /** Organisations and clusters that have a relation with the client from this change on, all of them. */
  @IsOptional() @IsArray() @IsString({ each: true }) relatedOrganisationIds?: string[];
  @IsOptional() @IsArray() @IsString({ each: true }) relatedClusterIds?: string[];
  /** Every time in the chain as it stands after the change, oldest first; the newest 50. Empty in a file that was merged. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => ChainPeriod) presence?: ChainPeriod[];
  /** Every leave as it stands after the change, oldest first; the newest 200. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => ChainLeave) leaves?: ChainLeave[];
  @IsObject() reasons: HousingChangeReasons;
  /** The change that this one undoes. */
  @IsOptional() @IsString() undoes?: string;
  /** The other client of a swap or merge. */
  @IsOptional() @IsString() pairedClientId?: string;
}

export const housingSituationChanged = defineFact('nl.doorstroom.registration.housing-situation-changed.v1', {
  data: HousingSituationChanged,
  summary:
    'A client arrived, moved, went on leave, came back, left, or an entry about that was corrected or cancelled.',
});

/** A cluster of places was made or changed: who represents it (domain.md §3). */
export class ClusterChanged {
  @IsString() @Length(1, 100) clusterId: string;
  @IsString() @Length(1, 100) organisationId: string;
  /** The clientmanager who represents the cluster; absent when nobody does. */
  @IsOptional() @IsString() representativeId?: string;
  @IsInt() @Min(1) version: number;
}

export const clusterChanged = defineFact('nl.doorstroom.registration.cluster-changed.v1', {
  data: ClusterChanged,
  summary: 'A cluster of places was made, or its representative or organisation changed.',
});

/** Somebody's roles, organisation or activity changed in the people directory. */
export class PersonChanged {
  @IsString() @Length(1, 100) personId: string;
  @IsArray() @IsIn(roles, { each: true }) personRoles: Role[];
  @IsOptional() @IsString() organisationId?: string;
  @IsIn(['active', 'inactive']) state: 'active' | 'inactive';
  @IsInt() @Min(1) version: number;
}

export const personChanged = defineFact('nl.doorstroom.registration.person-changed.v1', {
  data: PersonChanged,
  summary: 'A person was added to the directory, or their roles, organisation or activity changed.',
});

/** A client was registered, or their NAW or zwaarte changed. Names of fields only, never their values. */
export class ClientChanged {
  @IsString() @Length(1, 100) clientId: string;
  @IsIn(['registered', 'changed', 'merged', 'unmerged']) change: 'registered' | 'changed' | 'merged' | 'unmerged';
  @IsArray() @IsString({ each: true }) fields: string[];
  /** The organisation that registered the client; it has to do with the client also before the first stay. */
  @IsOptional() @IsString() organisationId?: string;
  /** The record that goes on, when this one was merged into it. */
  @IsOptional() @IsString() mergedInto?: string;
  @IsInt() @Min(1) version: number;
}

export const clientChanged = defineFact('nl.doorstroom.registration.client-changed.v1', {
  data: ClientChanged,
  summary: 'A client was registered, changed, or merged with another record of the same person.',
});

/**
 * How a client stands by now: for services that did not hear of earlier changes. Told once for every client that was there
 * when registration first started with this fact; whoever heard of the changes has nothing new in it.
 */
export class ClientKnown {
  @IsString() @Length(1, 100) clientId: string;
  /** Of the housing ledger; 0 before the first change. */
  @IsInt() @Min(0) housingVersion: number;
  /** Of the client's record. */
  @IsInt() @Min(1) recordVersion: number;
  @IsISO8601() recordedAt: string;
  @IsArray() @IsString({ each: true }) relatedOrganisationIds: string[];
  @IsArray() @IsString({ each: true }) relatedClusterIds: string[];
  /** As in a housing fact. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ChainPeriod) presence: ChainPeriod[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ChainLeave) leaves: ChainLeave[];
  /** The record that goes on, when this one was merged into it. */
  @IsOptional() @IsString() mergedInto?: string;
}

export const clientKnown = defineFact('nl.doorstroom.registration.client-known.v1', {
  data: ClientKnown,
  summary: 'How a client stands by now: times in the chain, leaves and relations; told once of who was there before.',
});

/** A number under which an institution knows its clients came to stand for a client, or for another one than before. */
export class ClientNumberLinked {
  @IsString() @Length(1, 100) organisationId: string;
  /** Keyed hash of institution and number (libs/access/client-number-hash.ts): the number itself may be anything. */
  @Matches(/^[\w-]{43}$/) numberHash: string;
  @IsString() @Length(1, 100) clientId: string;
  /** Counts what the number stood for; the highest holds. */
  @IsInt() @Min(1) version: number;
}

export const clientNumberLinked = defineFact('nl.doorstroom.registration.client-number-linked.v1', {
  data: ClientNumberLinked,
  summary: "An institution's own number came to stand for a client; told once of the numbers that were there before.",
});

/** A place on the waiting list was offered, accepted, declined or lapsed. */
export class WaitingListChanged {
  @IsString() @Length(1, 100) entryId: string;
  @IsString() @Length(1, 100) clientId: string;
  @IsIn(['registered', 'offered', 'accepted', 'declined', 'expired', 'withdrawn'])
  change: 'registered' | 'offered' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  @IsOptional() @IsString() placeId?: string;
  @IsOptional() @IsString() clusterId?: string;
  @IsOptional() @IsString() organisationId?: string;
  /** Last day to answer an offer. */
  @IsOptional() @Matches(DATE) answerBy?: string;
  @IsInt() @Min(1) version: number;
}

export const waitingListChanged = defineFact('nl.doorstroom.registration.waiting-list-changed.v1', {
  data: WaitingListChanged,
  summary: 'A client came on the waiting list, or a place was offered, accepted, declined, withdrawn or lapsed.',
});
