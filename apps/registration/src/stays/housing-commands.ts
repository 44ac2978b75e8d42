import type { CivilDate } from '#calendar/civil-date.js';
import type {
  CancellationReason,
  ChangeChannel,
  CorrectionReason,
  DepartureDestination,
  DepartureReason,
  LeaveReason,
} from '#contracts/codes.js';
import type { ClientLedger, HousingChange, PlaceLedger } from './housing-types.js';

interface ForClient {
  readonly clientId: string;
  /** When given, the command is refused with `stale-version` unless the client's ledger has this version. */
  readonly expectedVersion?: number;
}

interface DepartureData {
  readonly reason: DepartureReason;
  readonly destination: DepartureDestination;
}

/**
 * The client comes to a place, coming from none. Today or earlier; `until` (with `departure` when known) is needed to
 * fill a gap in the past. With `reservationId` it confirms that reservation, on its place and until its end.
 */
export interface ArrivalCommand extends ForClient {
  readonly kind: 'arrival';
  readonly placeId?: string;
  readonly reservationId?: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly departure?: DepartureData;
}

/**
 * The client goes from their place to another on a date, today or earlier. With `reservationId` it confirms that
 * reservation. In the past of an ended stay, the new stay takes over the end of the old one.
 */
export interface MoveCommand extends ForClient {
  readonly kind: 'move';
  readonly placeId?: string;
  readonly reservationId?: string;
  readonly date: CivilDate;
  readonly until?: CivilDate;
}

/**
 * A planned arrival or move, after today. It blocks the place and the client from `from` until `until` like any stay;
 * the stay where the client is now gets `from` as its planned end.
 */
export interface ReservationCommand extends ForClient {
  readonly kind: 'reservation';
  readonly placeId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
}

/** Temporary absence; `until` when the client is already back. May be planned. */
export interface LeaveCommand extends ForClient {
  readonly kind: 'leave';
  readonly from: CivilDate;
  readonly expectedUntil?: CivilDate;
  readonly until?: CivilDate;
  readonly reason: LeaveReason;
}

/** The client is back from leave, today or earlier. Without `leaveId`: from the leave of that date. */
export interface ReturnCommand extends ForClient {
  readonly kind: 'return';
  readonly leaveId?: string;
  readonly date: CivilDate;
}

/**
 * The client leaves the chain; may be planned, except for a death. Leave after the date lapses. A death also makes
 * reservations lapse, and nothing is accepted after it. Without `stayId`: the stay of the day before the date.
 */
export interface DepartureCommand extends ForClient, DepartureData {
  readonly kind: 'departure';
  readonly stayId?: string;
  readonly date: CivilDate;
}

/** `null` takes a value away; an absent field leaves it. */
export interface LeaveCorrection {
  readonly leaveId: string;
  readonly from?: CivilDate;
  readonly expectedUntil?: CivilDate | null;
  readonly until?: CivilDate | null;
  readonly reason?: LeaveReason;
}

/**
 * Mends what was entered wrongly in one stay or reservation. Where two stays meet in a move, the date of the move
 * changes for both. `null` takes a value away (`until: null` makes the stay run on); an absent field leaves it.
 */
export interface CorrectionCommand extends ForClient {
  readonly kind: 'correction';
  readonly stayId: string;
  readonly reason: CorrectionReason;
  readonly placeId?: string;
  readonly from?: CivilDate;
  readonly until?: CivilDate | null;
  readonly departure?: DepartureData;
  readonly leaves?: readonly LeaveCorrection[];
}

/**
 * What a cancellation takes back: a change as a whole (with the other half of a swap), a stay or reservation with all
 * in it (the stay before it runs on when it ended by moving there), one leave, or the end of a stay.
 */
export type CancellationTarget =
  | { readonly of: 'change'; readonly changeId: string }
  | { readonly of: 'stay'; readonly stayId: string }
  | { readonly of: 'leave'; readonly stayId: string; readonly leaveId: string }
  | { readonly of: 'departure'; readonly stayId: string };

export interface CancellationCommand extends ForClient {
  readonly kind: 'cancellation';
  readonly target: CancellationTarget;
  readonly reason: CancellationReason;
}

/** Two clients take each other's place on one date, today or earlier. */
export interface SwapCommand {
  readonly kind: 'swap';
  readonly date: CivilDate;
  readonly first: ForClient;
  readonly second: ForClient;
}

/** Part of merging two client records: the stays of `clientId` become those of `intoClientId`. */
export interface MergeCommand extends ForClient {
  readonly kind: 'merge';
  readonly intoClientId: string;
}

/** Takes a merge back; refused when the stays that came along were changed since. */
export interface UnmergeCommand extends ForClient {
  readonly kind: 'unmerge';
}

export type HousingCommand =
  | ArrivalCommand
  | MoveCommand
  | ReservationCommand
  | LeaveCommand
  | ReturnCommand
  | DepartureCommand
  | CorrectionCommand
  | CancellationCommand
  | SwapCommand
  | MergeCommand
  | UnmergeCommand;

/** The ledgers that a command needs, as `ledgersNeeded` names them. A place that does not exist is left out. */
export interface HousingState {
  readonly clients: readonly ClientLedger[];
  readonly places: readonly PlaceLedger[];
}

/** What the rules need to know besides the ledgers. */
export interface HousingContext {
  readonly now: Date;
  readonly today: CivilDate;
  readonly recordedBy: string;
  readonly channel: ChangeChannel;
  /**
   * Identifier for something that the command makes (`change:<clientId>`, `stay:<clientId>`, `leave:<clientId>`).
   * The same request must give the same identifier for the same name, and every other request another one; a repeated
   * request is recognised by its change and answered from there, never decided again.
   */
  readonly newIdFor: (name: string) => string;
  /** Dates of birth of the clients of the command, where known. */
  readonly birthDates: ReadonlyMap<string, CivilDate>;
  /** Whether who asks has nothing to do with the client yet: a reservation is then one from outside. */
  readonly fromOutside?: boolean;
  /** How many days ahead reservations, leave and departures may be planned; a guard against wrong years. */
  readonly planningHorizonDays: number;
}

export const defaultPlanningHorizonDays = 731;

/** The new versions of exactly the ledgers that have to be written, and one change for each client touched. */
export interface HousingDecision {
  readonly clients: readonly ClientLedger[];
  readonly places: readonly PlaceLedger[];
  readonly changes: readonly HousingChange[];
}
