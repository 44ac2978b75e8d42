import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { roles } from '../codes.js';
import { IsCursor, IsExpectedVersion, IsId, IsOptionalCode, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import {
  type ExpectedAction,
  type MeldingAction,
  type MeldingBecause,
  type MeldingDuty,
  type MeldingSettlement,
  type MeldingStatus,
  meldingStatuses,
  type MeldingUrgency,
  meldingUrgencies,
} from './codes.js';

/** Name of a rule in both languages. */
export interface RuleName {
  nl: string;
  en: string;
}

/** One event in a melding. Identifiers and codes only; the gateway joins the names (domain.md §9 and §10). */
export interface MeldingPart {
  /** Derived from event and recipient: the same event never gives a person two parts, unless a colleague hands it over. */
  partId: string;
  eventId: string;
  eventType: string;
  /** Code of what happened: a housing change kind, or what happened on the waiting list. */
  kind: string;
  /** Other codes that the event carries, by their field: `{ departure: 'own-choice', destination: 'family' }`. */
  codes: Record<string, string>;
  placeId?: string;
  clusterId?: string;
  organisationId?: string;
  previousPlaceId?: string;
  previousClusterId?: string;
  /** Further clusters that the change touches: where a reservation lapsed, or an entry was taken away. */
  otherClusterIds?: string[];
  /** First day on which it holds; may be past or planned. */
  effectiveOn?: string;
  /** What it asks for, where that can be done or lapse: parts about the same are settled together. */
  aboutId?: string;
  /** End of what begins, exclusive; of an offer the last day to answer. */
  until?: string;
  recordedAt: string;
  /** Person or system that entered it, where the event says so. */
  recordedBy?: string;
  /** Version of the aggregate; parts of one kind of event stand in this order. */
  sequence: number;
  /** The rule that put it here, and what it says. */
  ruleId: string;
  /** What the rule is called; one of the region's own as it was called then. Absent in the meldingen of a client's file. */
  ruleName?: RuleName;
  urgency: MeldingUrgency;
  expectedAction: ExpectedAction;
  /** Why it came to this person. */
  because: MeldingBecause;
  /** The colleagues who should have had it and were away, nearest first; or who handed it over or left it open. */
  becauseOf: string[];
  /** What the recipient answers for in this change; absent in parts of before this was noted. */
  duties?: MeldingDuty[];
}

/** A part that a colleague with the same duty acknowledged. */
export interface PartPickedUp {
  partId: string;
  by: string;
  at: string;
}

/** A part that asks for nothing any more. */
export interface PartSettled {
  partId: string;
  because: MeldingSettlement;
  at: string;
}

/** One thing that happened to a melding. */
export interface MeldingHistoryEntry {
  at: string;
  action: MeldingAction;
  /** Who did it; `system` when it happened by itself. */
  by: string;
  /** The other person: who got it or gave it. */
  personId?: string;
  until?: string;
}

/** A notification with a duty to see it: one client, one recipient, one or more parts. */
export interface Melding {
  meldingId: string;
  /** Whose inbox it is in. */
  personId: string;
  clientId: string;
  status: MeldingStatus;
  read: boolean;
  urgency: MeldingUrgency;
  /** Open longer than it may be: past `acknowledgeBy`, reminded of, or gone further. */
  late: boolean;
  expectedAction: ExpectedAction;
  /** The rule that decided urgency and action. */
  rule: { ruleId: string; name: RuleName };
  because: MeldingBecause;
  becauseOf: string[];
  /** In the order of the client's ledger. */
  parts: MeldingPart[];
  /** Arrival of the first and of the last part. */
  createdAt: string;
  lastPartAt: string;
  /** Changes with everything that happens to the melding; orders the live stream. */
  updatedAt: string;
  /** When a reminder or escalation follows if it is not acknowledged. */
  acknowledgeBy?: string;
  snoozedUntil?: string;
  acknowledgedAt?: string;
  acknowledgedBy?: string;
  /** The colleague who acknowledged the same changes, so that this one need not be; while the status is `picked-up`. */
  pickedUp?: { by: string; at: string };
  /** Parts that colleagues acknowledged: some of them while it is open, all of them when it is picked up. */
  partsPickedUp?: PartPickedUp[];
  /** Parts that ask for nothing any more: some of them while it is open, all of them when it is settled. */
  partsSettled?: PartSettled[];
  handedOver?: { to: string[]; by: string; at: string; note?: string };
  receivedFrom?: { personId: string; note?: string };
  /** To whom it also went because it was not acknowledged. */
  escalatedTo: string[];
  history: MeldingHistoryEntry[];
  version: number;
}

/** One melding about a client as the client's file shows it: who got it and what became of it, without notes. */
export interface ClientMelding {
  meldingId: string;
  /** Whose inbox it is in; `unassigned` when nobody is responsible. */
  personId: string;
  /** The record that it is about: this one, or one that was merged with it. */
  clientId: string;
  status: MeldingStatus;
  /** Since when it stands so. */
  since: string;
  /** Who acknowledged it, picked it up or handed it over. */
  by?: string;
  /** Colleagues to whom it went further: handed over, replaced, or because it was left open. */
  toPersonIds: string[];
  urgency: MeldingUrgency;
  because: MeldingBecause;
  parts: MeldingPart[];
  createdAt: string;
}

/**
 * Whose meldingen are shown: of everybody to who guards the client; of the own organisation to a clientmanager; else one's
 * own, with those of colleagues whom one replaces.
 */
export type ClientMeldingenOf = 'everybody' | 'own-organisation' | 'own';

export interface ClientMeldingen extends Page<ClientMelding> {
  of: ClientMeldingenOf;
}

export class ListClientMeldingen {
  @IsId() clientId: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** How many meldingen a person has. */
export interface MeldingCounts {
  open: number;
  snoozed: number;
  acknowledged: number;
  /** Done by a colleague with the same duty. */
  pickedUp: number;
  /** Open and not yet read. */
  unread: number;
  /** Open longer than they may be. */
  late: number;
  /** Open meldingen of colleagues whom the asker replaces today. */
  replacing: { personId: string; open: number; unread: number }[];
  /** Open meldingen for which nobody is responsible; only for who may assign them. */
  unassigned?: number;
}

/**
 * Own meldingen. With status `open` in the order of attention: late ones first, the more urgent before the less; of equals
 * the late one that waits longest first, of the others the newest. Else newest first.
 */
export class ListMeldingen {
  @IsOptionalCode(meldingStatuses) status?: MeldingStatus;
  @IsOptionalCode(meldingUrgencies) urgency?: MeldingUrgency;
  @IsOptional() @IsId() clientId?: string;
  /** Inbox of a colleague whom the asker replaces today, or `unassigned` for who has coordinator duty. */
  @IsOptional() @IsId() ofPersonId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class CountMeldingen {
  /** Only of this client. */
  @IsOptional() @IsId() clientId?: string;
}

export class MeldingById {
  @IsId() meldingId: string;
}

/** An action on one melding. With `expectedVersion` it is refused when something came in that was not seen yet. */
export class ActOnMelding extends MeldingById {
  @IsExpectedVersion() expectedVersion?: number;
}

/** Out of sight until a date (08:00 in Amsterdam) or an instant; then it comes back, unread. */
export class SnoozeMelding extends ActOnMelding {
  @IsString() @Matches(/^\d{4}-\d{2}-\d{2}(T.+)?$/) @IsISO8601({ strict: true }) until: string;
}

/** Gives the melding to a colleague with the same access. */
export class HandOverMelding extends ActOnMelding {
  @IsId() toPersonId: string;
  @IsOptional() @IsString() @MaxLength(500) note?: string;
}

/** A melding as somebody saw it. */
export class SeenMelding extends MeldingById {
  /** How many parts it showed. Parts only come in: with more of them there is something that was not seen. */
  @IsInt() @Min(1) parts: number;
}

/** Acknowledges many at once, each as it was seen. */
export class AcknowledgeMeldingen {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique(({ meldingId }: SeenMelding) => meldingId)
  @ValidateNested({ each: true })
  @Type(() => SeenMelding)
  meldingen: SeenMelding[];
}

/** What became of each melding of a bulk acknowledgement; `changed`: it has a part that was not seen, and stays open. */
export interface AcknowledgedMeldingen {
  items: { meldingId: string; outcome: 'acknowledged' | 'already-acknowledged' | 'changed' | 'not-found' }[];
}

/** Meldingen that changed since a position; the source of the live stream (see the gateway's stream endpoint). */
export class MeldingenSince {
  /** Last position that the client saw, `<updatedAt in ms>-<meldingId>`; absent: from now on. */
  @IsOptional() @Matches(/^\d{1,15}-[A-Za-z0-9-]{1,100}$/) since?: string;
  /** Exact continuation of a page, from `nextAfter`. */
  @IsOptional() @Matches(/^\d{1,15}-[A-Za-z0-9-]{1,100}$/) after?: string;
  /** `<meldingId>:<version>` of what this connection already sent; left out of the answer. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Length(1, 130, { each: true })
  known?: string[];
}

/** Changes in the order of their positions. */
export interface MeldingenChanges {
  items: { position: string; melding: Melding }[];
  /** There is more: ask again with `after`. */
  nextAfter?: string;
  /** Where a connection without a position starts. */
  now: string;
}

/** Colleagues to whom a melding can be handed over. */
export interface HandOverOptions {
  personIds: string[];
}

/** A melding for which nobody is responsible, as an operator sees it: no client. */
export interface UnassignedMelding {
  meldingId: string;
  clusterIds: string[];
  urgency: MeldingUrgency;
  createdAt: string;
  parts: number;
}

export class ListUnassigned {
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Everybody may have an inbox; what is in it follows from the rules. */
const everybody = roles;

export const listMeldingen = defineRequest<ListMeldingen, Page<Melding>>('notifications.meldingen.list', {
  payload: ListMeldingen,
  allow: everybody,
  clientData: true,
});

/**
 * Newest first, also of records that were merged with this one. Refuses `not-found` to who has nothing to do with the
 * client.
 */
export const listClientMeldingen = defineRequest<ListClientMeldingen, ClientMeldingen>(
  'notifications.meldingen.of-client',
  { payload: ListClientMeldingen, allow: ['trajectregisseur', 'clientmanager'], clientData: true },
);

export const countMeldingen = defineRequest<CountMeldingen, MeldingCounts>('notifications.meldingen.counts', {
  payload: CountMeldingen,
  allow: everybody,
});

export const getMelding = defineRequest<MeldingById, Melding>('notifications.meldingen.get', {
  payload: MeldingById,
  allow: everybody,
  clientData: true,
});

export const readMelding = defineRequest<ActOnMelding, Melding>('notifications.meldingen.read', {
  payload: ActOnMelding,
  allow: everybody,
  clientData: true,
});

export const unreadMelding = defineRequest<ActOnMelding, Melding>('notifications.meldingen.unread', {
  payload: ActOnMelding,
  allow: everybody,
  clientData: true,
});

/** Also spares colleagues who have the same changes with the same duty: theirs become `picked-up`. */
export const acknowledgeMelding = defineRequest<ActOnMelding, Melding>('notifications.meldingen.acknowledge', {
  payload: ActOnMelding,
  allow: everybody,
  clientData: true,
});

export const acknowledgeMeldingen = defineRequest<AcknowledgeMeldingen, AcknowledgedMeldingen>(
  'notifications.meldingen.acknowledge-many',
  { payload: AcknowledgeMeldingen, allow: everybody },
);

/**
 * Undoes an acknowledgement, also for the colleagues who were spared by it. Of one that a colleague picked up: opens it
 * for oneself alone. Of one that was handed over: takes it back, or refuses `hand-over-taken-up` once the colleague did
 * something with it.
 */
export const reopenMelding = defineRequest<ActOnMelding, Melding>('notifications.meldingen.reopen', {
  payload: ActOnMelding,
  allow: everybody,
  clientData: true,
});

/** Refuses `snooze-moment` when the moment has passed or lies beyond the longest snooze. */
export const snoozeMelding = defineRequest<SnoozeMelding, Melding>('notifications.meldingen.snooze', {
  payload: SnoozeMelding,
  allow: everybody,
  clientData: true,
});

/** Refuses `hand-over-without-access` when the colleague may not see the client. */
export const handOverMelding = defineRequest<HandOverMelding, Melding>('notifications.meldingen.hand-over', {
  payload: HandOverMelding,
  allow: everybody,
  clientData: true,
});

export const handOverOptions = defineRequest<MeldingById, HandOverOptions>('notifications.meldingen.colleagues', {
  payload: MeldingById,
  allow: everybody,
});

export const meldingenSince = defineRequest<MeldingenSince, MeldingenChanges>('notifications.meldingen.since', {
  payload: MeldingenSince,
  allow: everybody,
  clientData: true,
});

export const listUnassigned = defineRequest<ListUnassigned, Page<UnassignedMelding>>(
  'notifications.meldingen.unassigned',
  { payload: ListUnassigned, allow: ['beheerder', 'trajectregisseur'] },
);
