import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsISO8601, IsOptional, Min, ValidateNested } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type CancellationReason,
  cancellationReasons,
  type ChangeChannel,
  type CorrectionReason,
  correctionReasons,
  type DepartureDestination,
  departureDestinations,
  type DepartureReason,
  departureReasons,
  type HousingChangeKind,
  type HousingStatus,
  type LeaveReason,
  leaveReasons,
  type StayEndKind,
  type StayState,
  type Zwaarte,
  type ZwaarteMatch,
} from '../codes.js';
import { fieldsByKind, IsCivilDateText, IsExpectedVersion, IsId, IsIdempotencyKey } from '../field-rules.js';
import { defineRequest } from '../request.js';
import type { HousingChangeReasons } from './facts.js';

/** The changes that one request records for one client. A swap has its own request; merges belong to the client file. */
export const recordedChangeKinds = [
  'arrival',
  'move',
  'reservation',
  'leave',
  'return',
  'departure',
  'correction',
  'cancellation',
] as const satisfies readonly HousingChangeKind[];
export type RecordedChangeKind = (typeof recordedChangeKinds)[number];

const forKind = fieldsByKind('kind', recordedChangeKinds);

/** Why a client left the chain, and where to. */
export class DepartureData {
  @IsIn(departureReasons) reason: DepartureReason;
  @IsIn(departureDestinations) destination: DepartureDestination;
}

/** What changes in one leave; `null` takes a value away, an absent field leaves it. */
export class LeaveCorrectionData {
  @IsId() leaveId: string;
  @IsOptional() @IsCivilDateText() from?: CivilDate;
  @IsOptional() @IsCivilDateText() expectedUntil?: CivilDate | null;
  @IsOptional() @IsCivilDateText() until?: CivilDate | null;
  @IsOptional() @IsIn(leaveReasons) reason?: LeaveReason;
}

/** What a cancellation can take back. */
export const cancellationTargets = ['change', 'stay', 'leave', 'departure'] as const;
const forTarget = fieldsByKind('of', cancellationTargets);

/**
 * `change`: one change as a whole (with the other half of a swap); `stay`: a stay or reservation with all in it;
 * `leave`: one leave; `departure`: the end of a stay.
 */
export class CancellationTargetData {
  @IsIn(cancellationTargets) of: (typeof cancellationTargets)[number];
  @forTarget.field({ change: 'required' }) @IsId() changeId?: string;
  @forTarget.field({ stay: 'required', leave: 'required', departure: 'required' }) @IsId() stayId?: string;
  @forTarget.field({ leave: 'required' }) @IsId() leaveId?: string;
}

/**
 * Records a change of a client's housing (domain.md §3, hotelregistratie). Which fields there are depends on `kind`; a
 * field of another kind is refused, so that nothing is silently ignored. Dates are half-open: `until` is the first day
 * (night) that no longer counts.
 */
export class RecordHousingChange {
  @IsId() clientId: string;
  @IsIn(recordedChangeKinds) kind: RecordedChangeKind;
  @IsExpectedVersion() expectedVersion?: number;
  @IsIdempotencyKey() idempotencyKey?: string;
  /** Where to. An arrival or move names the place or the reservation that it confirms. */
  @forKind.field({ arrival: 'optional', move: 'optional', reservation: 'required', correction: 'optional' })
  @IsId()
  placeId?: string;
  @forKind.field({ arrival: 'optional', move: 'optional' }) @IsId() reservationId?: string;
  /** First day of the stay, reservation or leave. */
  @forKind.field({ arrival: 'required', reservation: 'required', leave: 'required', correction: 'optional' })
  @IsCivilDateText()
  from?: CivilDate;
  /** In a correction `null` makes the stay run on. In a leave: the day the client came back. */
  @forKind.field({
    arrival: 'optional',
    move: 'optional',
    reservation: 'optional',
    leave: 'optional',
    correction: 'nullable',
  })
  @IsCivilDateText()
  until?: CivilDate | null;
  /** Day of the move, return or departure. */
  @forKind.field({ move: 'required', return: 'required', departure: 'required' }) @IsCivilDateText() date?: CivilDate;
  @forKind.field({ leave: 'optional' }) @IsCivilDateText() expectedUntil?: CivilDate;
  @forKind.field({ leave: 'required', departure: 'required', correction: 'required', cancellation: 'required' })
  @forKind.codes('leave', leaveReasons)
  @forKind.codes('departure', departureReasons)
  @forKind.codes('correction', correctionReasons)
  @forKind.codes('cancellation', cancellationReasons)
  reason?: LeaveReason | DepartureReason | CorrectionReason | CancellationReason;
  @forKind.field({ departure: 'required' }) @IsIn(departureDestinations) destination?: DepartureDestination;
  /** How the stay ended, where its end is given. */
  @forKind.field({ arrival: 'optional', correction: 'optional' })
  @ValidateNested()
  @Type(() => DepartureData)
  departure?: DepartureData;
  @forKind.field({ return: 'optional' }) @IsId() leaveId?: string;
  @forKind.field({ departure: 'optional', correction: 'required' }) @IsId() stayId?: string;
  @forKind.field({ correction: 'optional' })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LeaveCorrectionData)
  leaves?: LeaveCorrectionData[];
  @forKind.field({ cancellation: 'required' })
  @ValidateNested()
  @Type(() => CancellationTargetData)
  target?: CancellationTargetData;
}

/** One of the two clients of a swap. */
export class SwapClient {
  @IsId() clientId: string;
  @IsExpectedVersion() expectedVersion?: number;
}

/** Two clients take each other's place on one date, today or earlier, in one step. */
export class SwapPlaces {
  @IsCivilDateText() date: CivilDate;
  @ValidateNested() @Type(() => SwapClient) first: SwapClient;
  @ValidateNested() @Type(() => SwapClient) second: SwapClient;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** Takes back the last change of a client that the caller made themselves: one step, instead of "are you sure". */
export class UndoHousingChange {
  @IsId() clientId: string;
  @IsId() changeId: string;
  @IsExpectedVersion() expectedVersion?: number;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** The housing of a client as it is known now, or as it was known at an earlier version or instant. */
export class GetClientHousing {
  @IsId() clientId: string;
  /** The ledger as it was at this version. */
  @IsOptional() @IsInt() @Min(0) atVersion?: number;
  /** The ledger as it was at this instant (ISO, UTC). */
  @IsOptional() @IsISO8601({ strict: true }) asOf?: string;
}

/** What was recorded. A repeated request with the same `Idempotency-Key` gives the same answer. */
export interface HousingChangeRecorded {
  clientId: string;
  changeId: string;
  kind: HousingChangeKind;
  /** Version of the client's ledger after the change. */
  version: number;
  effectiveOn: string;
  recordedAt: string;
  /** Stays that the change made or altered. */
  stayIds: string[];
}

export interface PlacesSwapped {
  changes: [HousingChangeRecorded, HousingChangeRecorded];
}

export interface LeaveView {
  leaveId: string;
  from: string;
  expectedUntil?: string;
  until?: string;
  reason: LeaveReason;
}

/** How a stay ended or is planned to end; `move` names the stay after it. */
export interface StayEndView {
  kind: StayEndKind;
  toStayId?: string;
  reason?: DepartureReason;
  destination?: DepartureDestination;
}

/** One stay as it stood in some version. */
export interface StayVersion {
  stayId: string;
  placeId: string;
  clusterId: string;
  organisationId: string;
  from: string;
  until?: string;
  end?: StayEndView;
  reserved: boolean;
  /** In a change only those that it made, altered or took away. */
  leaves: LeaveView[];
  /** In a change: the stay also had leaves that the change left as they were. */
  moreLeaves?: true;
}

/** One stay with what it is today. */
export interface StayView extends StayVersion {
  state: StayState;
  placeZwaarte?: Zwaarte;
  zwaarteMatch: ZwaarteMatch;
}

/** One accepted change; `before` and `after` keep what was corrected readable. The whole of then: `atVersion`. */
export interface HousingChangeView {
  changeId: string;
  version: number;
  kind: HousingChangeKind;
  effectiveOn: string;
  recordedAt: string;
  recordedBy: string;
  channel: ChangeChannel;
  reasons: HousingChangeReasons;
  before: StayVersion[];
  after: StayVersion[];
  /** The change that this one undoes. */
  undoes?: string;
  /** The change that undid this one. */
  undoneBy?: string;
  /** The other half of a swap or merge. */
  pairedClientId?: string;
  /** True when the caller may take it back in one step. */
  canUndo: boolean;
}

export interface ClientHousing {
  clientId: string;
  version: number;
  status: HousingStatus;
  /** Where the client is today. */
  current?: StayView;
  /** The first reservation that is still to be confirmed. */
  planned?: StayView;
  /** In order of `from`. */
  stays: StayView[];
  /** Newest first. */
  changes: HousingChangeView[];
  /** The file that this one was merged into. */
  mergedInto?: string;
}

const registrars = ['clientmanager', 'trajectregisseur'] as const;

export const recordHousingChange = defineRequest<RecordHousingChange, HousingChangeRecorded>(
  'registration.stays.record',
  { payload: RecordHousingChange, allow: registrars },
);

export const swapPlaces = defineRequest<SwapPlaces, PlacesSwapped>('registration.stays.swap', {
  payload: SwapPlaces,
  allow: registrars,
});

export const undoHousingChange = defineRequest<UndoHousingChange, HousingChangeRecorded>('registration.stays.undo', {
  payload: UndoHousingChange,
  allow: registrars,
});

export const getClientHousing = defineRequest<GetClientHousing, ClientHousing>('registration.stays.get', {
  payload: GetClientHousing,
  allow: registrars,
  clientData: true,
});
