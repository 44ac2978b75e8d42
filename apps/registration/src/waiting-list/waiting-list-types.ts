import type { CivilDate } from '#calendar/civil-date.js';
import type {
  OfferDeclineReason,
  OfferStatus,
  PlaceKind,
  WaitingEntryStatus,
  WaitingUrgency,
  WithdrawalReason,
  Zwaarte,
} from '#contracts/codes.js';

/** A place that was offered for an entry, and what became of it. */
export interface Offer {
  readonly offerId: string;
  readonly placeId: string;
  readonly clusterId: string;
  readonly organisationId: string;
  /** First day on which the client can come. */
  readonly from: CivilDate;
  /** Last day to answer. */
  readonly answerBy: CivilDate;
  readonly status: OfferStatus;
  readonly offeredBy: string;
  /** ISO instants, UTC. */
  readonly offeredAt: string;
  readonly answeredAt?: string;
  readonly declineReason?: OfferDeclineReason;
}

/** A client who waits for a kind of place and zwaarte (domain.md §3); a guard document, written by its version. */
export interface WaitingEntry {
  readonly entryId: string;
  readonly clientId: string;
  readonly kind: PlaceKind;
  readonly zwaarte: Zwaarte;
  readonly urgency: WaitingUrgency;
  /** Waiting since. */
  readonly since: CivilDate;
  /** Date by which the entry is ranked: `since`, or later when a declined offer cost the position. */
  readonly rankedFrom: CivilDate;
  readonly status: WaitingEntryStatus;
  /** In order of offering; at most one is open. */
  readonly offers: readonly Offer[];
  readonly withdrawalReason?: WithdrawalReason;
  readonly registeredBy: string;
  /** 1 for a new entry. */
  readonly version: number;
}

interface OnEntry {
  /** When given, refused with `stale-version` unless the entry has this version. */
  readonly expectedVersion?: number;
}

/** Puts a client on the list. */
export interface RegisterCommand {
  readonly clientId: string;
  readonly kind: PlaceKind;
  readonly zwaarte: Zwaarte;
  readonly urgency: WaitingUrgency;
  readonly since?: CivilDate;
}

/** Offers a place from a date after today (tomorrow when absent); it is kept free until the answer. */
export interface OfferCommand extends OnEntry {
  readonly from?: CivilDate;
  readonly answerBy: CivilDate;
}

/** Takes the offer: leads to a reservation of the place in the same unit of work. */
export interface AcceptCommand extends OnEntry {
  readonly offerId: string;
}

export interface DeclineCommand extends OnEntry {
  readonly offerId: string;
  readonly reason: OfferDeclineReason;
}

/** Ends an offer that nobody answered in time; given by the clock. */
export interface ExpireCommand extends OnEntry {
  readonly offerId: string;
}

/** Takes the client off the list; an open offer is withdrawn with it. */
export interface WithdrawCommand extends OnEntry {
  readonly reason: WithdrawalReason;
}

/** What the rules need to know besides the entry and the place. */
export interface WaitingContext {
  readonly now: Date;
  readonly today: CivilDate;
  readonly personId: string;
  /** Identifier for `entry` or `offer`: the same request gives the same one. */
  readonly newIdFor: (name: string) => string;
  readonly settings: WaitingSettings;
}

export interface WaitingSettings {
  /** Whether who declines an offer keeps their position; else they are ranked from the day of declining. */
  readonly declinedKeepsPosition: boolean;
}

export const defaultWaitingSettings: WaitingSettings = { declinedKeepsPosition: true };
