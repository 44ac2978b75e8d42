import type { CivilDate } from '#calendar/civil-date.js';
import type {
  CancellationReason,
  ChangeChannel,
  CorrectionReason,
  DepartureDestination,
  DepartureReason,
  FundingFrame,
  HousingChangeKind,
  LeaveReason,
  PlaceKind,
  Zwaarte,
} from '#contracts/codes.js';

/**
 * The state of the housing ledger (hotelregistratie, domain.md §3): plain data, so that it is stored as it is.
 * All intervals are half-open; an absent `until` means until further notice.
 */

/**
 * A temporary absence during a stay; the place stays theirs. `until` is the day the client came back. A leave that
 * runs on over a move is in both stays under one `leaveId`.
 */
export interface Leave {
  readonly leaveId: string;
  readonly from: CivilDate;
  readonly expectedUntil?: CivilDate;
  readonly until?: CivilDate;
  readonly reason: LeaveReason;
}

/**
 * How a stay ended or is planned to end. `move`: the client goes on to the stay named. `departure`: out of the chain.
 * `agreed`: only the date is known.
 */
export type StayEnd =
  | { readonly kind: 'move'; readonly toStayId: string }
  | { readonly kind: 'departure'; readonly reason: DepartureReason; readonly destination: DepartureDestination }
  | { readonly kind: 'agreed' };

/** A client on a place in an interval. `reserved`: planned, the arrival is not confirmed. `end` stands with `until`. */
export interface Stay {
  readonly stayId: string;
  readonly placeId: string;
  readonly clusterId: string;
  readonly organisationId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly end?: StayEnd;
  readonly reserved: boolean;
  /**
   * On a reservation that somebody made who has nothing to do with the client, until the client's own side confirms it:
   * it keeps the place free and opens nothing (docs/decisions/0011). Reservations of before this rule do not have it.
   */
  readonly fromOutside?: true;
  /** In order of `from`, without overlap. */
  readonly leaves: readonly Leave[];
}

/** The codes that say why; which ones are there depends on the kind of change. */
export interface ChangeReasons {
  readonly leave?: LeaveReason;
  readonly departure?: DepartureReason;
  readonly destination?: DepartureDestination;
  readonly correction?: CorrectionReason;
  readonly cancellation?: CancellationReason;
}

/** The half of a change that the other client has: of a swap or a merge, which always stand or fall together. */
export interface PairedChange {
  readonly clientId: string;
  readonly changeId: string;
}

/**
 * One accepted change of one client. Append-only: the changes of a client, in order of version, hold the whole history,
 * also of what was corrected or cancelled later. `before` and `after` hold the stays that the change touched, as they
 * were and as they became.
 */
export interface HousingChange {
  readonly changeId: string;
  readonly clientId: string;
  /** The version of the client's ledger that this change made; 1 for the first. */
  readonly version: number;
  readonly kind: HousingChangeKind;
  /** ISO instant in UTC. Never decreases from one version to the next. */
  readonly recordedAt: string;
  /** Identifier of the person or system. */
  readonly recordedBy: string;
  readonly channel: ChangeChannel;
  /** The date from which the situation is different. */
  readonly effectiveOn: CivilDate;
  readonly before: readonly Stay[];
  readonly after: readonly Stay[];
  readonly reasons: ChangeReasons;
  /** The change that this one undoes. */
  readonly undoes?: string;
  readonly paired?: PairedChange;
  /** On the half of a merge whose ledger closed: the client that the stays went to. */
  readonly mergedInto?: string;
}

/** All stays of one client; a guard document: every unit of work that touches the client writes it. */
export interface ClientLedger {
  readonly clientId: string;
  /** 0 for a client without changes. */
  readonly version: number;
  /** In order of `from`; no two overlap, reservations included. */
  readonly stays: readonly Stay[];
  readonly changes: readonly HousingChange[];
  /** The client into which this one was merged; such a ledger accepts nothing. */
  readonly mergedInto?: string;
}

/** A stay as its place sees it. */
export interface Occupation {
  readonly stayId: string;
  readonly clientId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly reserved: boolean;
  readonly fromOutside?: true;
  readonly leaves: readonly { readonly from: CivilDate; readonly until?: CivilDate }[];
}

/** A place that is kept free for a client on the waiting list until they answered. */
export interface PlaceOffer {
  readonly entryId: string;
  readonly offerId: string;
  readonly clientId: string;
  /** First day on which the client can come; nobody else may stay there from then on. */
  readonly from: CivilDate;
  /** Last day to answer; after it the offer blocks nothing. */
  readonly answerBy: CivilDate;
}

/**
 * All occupations of one place; the other guard document. The descriptive fields are copies of the place's own data,
 * kept here so that occupancy, vacancies and bed-nights are read from this alone.
 */
export interface PlaceLedger {
  readonly placeId: string;
  /** What people call the place; may stand in a refusal. */
  readonly label: string;
  readonly clusterId: string;
  readonly organisationId: string;
  readonly kind: PlaceKind;
  readonly zwaarte: Zwaarte;
  readonly fundingFrame: FundingFrame;
  /** First day on which it can be used; always when absent. */
  readonly openFrom?: CivilDate;
  /** First day on which it can no longer be used; never when absent. */
  readonly closedFrom?: CivilDate;
  readonly version: number;
  /** In order of `from`; no two overlap, reservations included. */
  readonly occupations: readonly Occupation[];
  /** At most one at a time; part of the guard document, so that an offer and an arrival cannot pass each other. */
  readonly offer?: PlaceOffer;
}

/** A ledger for a client who has no changes yet. */
export function emptyClientLedger(clientId: string): ClientLedger {
  return { clientId, version: 0, stays: [], changes: [] };
}
