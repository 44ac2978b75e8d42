import { IsIn, IsISO8601, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type DepartureDestination,
  departureDestinations,
  type DepartureReason,
  departureReasons,
  type LeaveReason,
  leaveReasons,
} from '#contracts/codes.js';
import { IsCivilDateText } from '#contracts/field-rules.js';
import type { OutsideEventType } from '#contracts/registration/outside-events.js';

/** The attributes of a CloudEvent 1.0 that we use; others are allowed and left alone. */
export class OutsideEnvelope {
  @IsIn(['1.0']) specversion: '1.0';
  @IsString() @Length(1, 200) id: string;
  /** Who sends it; with `id` the identity of the event. */
  @IsString() @Length(1, 300) @Matches(/^\S+$/) source: string;
  @IsString() @Length(1, 200) type: string;
  /** RFC 3339: a date, a time with seconds, and a zone. ISO 8601 knows more forms, which not everything can read. */
  @IsISO8601({ strict: true }, { context: { code: 'instant-form' } })
  @Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, { context: { code: 'instant-form' } })
  time: string;
  @IsOptional() @Matches(/^application\/json\b/) datacontenttype?: string;
  @IsObject() data: object;
}

/** A code of a list; refused with `code-unknown` and what it can be. */
function IsKnownCode(codes: readonly string[]): PropertyDecorator {
  return IsIn(codes, { context: { code: 'code-unknown', params: { allowed: codes.join(', ') } } });
}

/** Every report is about one client, by the number that the sending system uses. */
class ClientReport {
  @IsString() @Length(1, 60) clientNumber: string;
}

class DatedReport extends ClientReport {
  @IsCivilDateText() date: CivilDate;
}

class PlacedReport extends DatedReport {
  /** Code of the place in the sending system. */
  @IsString() @Length(1, 60) placeCode: string;
}

/** A client came to a place. */
export class ArrivalReported extends PlacedReport {
  @IsOptional() @IsCivilDateText() until?: CivilDate;
}

/** A client went from one place to another. */
export class MoveReported extends PlacedReport {}

/** A place is kept for a client. */
export class ReservationReported extends PlacedReport {
  @IsOptional() @IsCivilDateText() until?: CivilDate;
}

/** A client is away for a while; the place stays theirs. */
export class LeaveReported extends DatedReport {
  @IsKnownCode(leaveReasons) reason: LeaveReason;
  @IsOptional() @IsCivilDateText() expectedUntil?: CivilDate;
}

/** A client is back from leave. */
export class ReturnReported extends DatedReport {}

/** A client left the chain. */
export class DepartureReported extends DatedReport {
  @IsKnownCode(departureReasons) reason: DepartureReason;
  @IsKnownCode(departureDestinations) destination: DepartureDestination;
}

/** An earlier report was wrong; `reportId` is its event id, from the same source. */
export class ReportWithdrawn extends ClientReport {
  @IsString() @Length(1, 200) reportId: string;
}

/** What each type of event carries. */
export const outsideEventData = {
  'nl.doorstroom.housing.arrival-reported.v1': ArrivalReported,
  'nl.doorstroom.housing.move-reported.v1': MoveReported,
  'nl.doorstroom.housing.reservation-reported.v1': ReservationReported,
  'nl.doorstroom.housing.leave-reported.v1': LeaveReported,
  'nl.doorstroom.housing.return-reported.v1': ReturnReported,
  'nl.doorstroom.housing.departure-reported.v1': DepartureReported,
  'nl.doorstroom.housing.report-withdrawn.v1': ReportWithdrawn,
} as const satisfies Record<OutsideEventType, new () => ClientReport>;
