import { Refusal } from '#contracts/refusal.js';
import type { HousingCommand } from '../stays/housing-commands.js';
import {
  ArrivalReported,
  DepartureReported,
  LeaveReported,
  MoveReported,
  ReportWithdrawn,
  ReservationReported,
  ReturnReported,
} from './outside-event-data.js';

/** Content of an event from outside, of any type. */
export type OutsideReport =
  | ArrivalReported
  | MoveReported
  | ReservationReported
  | LeaveReported
  | ReturnReported
  | DepartureReported
  | ReportWithdrawn;

/** The numbers and codes of the sending system, looked up. */
export interface OutsideReferences {
  clientId?: string;
  placeId?: string;
  /** The change that an earlier report of the same source became. */
  withdrawnChangeId?: string;
}

/**
 * Refusals after which an event may still be recorded later, because what it builds on was perhaps not reported yet:
 * events arrive out of order (domain.md §3, changes from other systems).
 */
const WAITS_FOR_MORE: ReadonlySet<string> = new Set([
  'unknown-client-number',
  'unknown-place-code',
  'unknown-report',
  'client-not-housed',
  'not-on-leave',
  'leave-outside-stay',
  'place-occupied',
  'place-reserved',
  'client-already-housed',
  // The other institution may still report that the client left, or confirm the reservation.
  'client-of-other-institution',
  // Others wrote the same documents, or a process died while it did: nothing is wrong with the event.
  'concurrent-change',
  // A defect of ours: it may be mended before the patience is over.
  'unexpected',
]);

/** How long an event is tried again before it is refused for good, hours. */
export const PATIENCE_HOURS = 72;

/** True when an event that was refused like this may succeed once other events have come. */
export function mayStillCome(refusal: Refusal, receivedAt: Date, now: Date): boolean {
  const waited = now.getTime() - receivedAt.getTime();
  return WAITS_FOR_MORE.has(refusal.code) && waited < PATIENCE_HOURS * 3_600_000;
}

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/** When a waiting event is tried again by itself: the longer it has waited, the later. */
export function nextTry({ receivedAt }: { receivedAt: string }, now: Date): Date {
  const waited = now.getTime() - Date.parse(receivedAt);
  return new Date(now.getTime() + Math.min(Math.max(waited / 4, FIRST_PAUSE_MS), LONGEST_PAUSE_MS));
}

/**
 * The housing command that a report stands for.
 * @throws Refusal `unknown-client-number`, `unknown-place-code` or `unknown-report` when a reference leads nowhere (yet).
 */
export function commandOf(report: OutsideReport, references: OutsideReferences): HousingCommand {
  const { clientId } = references;
  if (!clientId) throw Refusal.of('unknown-client-number', { fields: ['data.clientNumber'] });
  if (report instanceof ReportWithdrawn) {
    const changeId = references.withdrawnChangeId;
    if (!changeId) throw Refusal.of('unknown-report', { fields: ['data.reportId'] });
    return { kind: 'cancellation', clientId, target: { of: 'change', changeId }, reason: 'did-not-happen' };
  }
  if (report instanceof LeaveReported) {
    const { date, expectedUntil, reason } = report;
    return { kind: 'leave', clientId, from: date, reason, ...(expectedUntil ? { expectedUntil } : {}) };
  }
  if (report instanceof DepartureReported) {
    const { date, reason, destination } = report;
    return { kind: 'departure', clientId, date, reason, destination };
  }
  if (report instanceof ReturnReported) return { kind: 'return', clientId, date: report.date };
  return placedCommandOf(report, clientId, references.placeId);
}

function placedCommandOf(
  report: ArrivalReported | MoveReported | ReservationReported,
  clientId: string,
  placeId: string | undefined,
): HousingCommand {
  if (!placeId) throw Refusal.of('unknown-place-code', { fields: ['data.placeCode'] });
  if (report instanceof MoveReported) return { kind: 'move', clientId, placeId, date: report.date };
  const until = report.until ? { until: report.until } : {};
  if (report instanceof ArrivalReported) return { kind: 'arrival', clientId, placeId, from: report.date, ...until };
  return { kind: 'reservation', clientId, placeId, from: report.date, ...until };
}
