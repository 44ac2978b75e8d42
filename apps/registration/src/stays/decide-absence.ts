import type { CivilDate } from '#calendar/civil-date.js';
import { contains } from '#calendar/date-interval.js';
import { periodText } from '#contracts/refusal-interpolation.js';
import { Refusal } from '#contracts/refusal.js';
import { checkDeathData, notAfterHorizon, notAfterToday } from './date-rules.js';
import type { DepartureCommand, HousingContext, LeaveCommand, ReturnCommand } from './housing-commands.js';
import { leaveInterval, stayOn } from './housing-reading.js';
import type { Edit } from './housing-settling.js';
import type { ClientLedger, Leave, Stay } from './housing-types.js';
import { inOrder, leavesInOrder, leavesUntil, replaceStays, stayById, withEnd } from './stay-edits.js';

/** Decisions about being away: leave, return, departure. */

/** A temporary absence in the stay of its first day. */
export function decideLeave(command: LeaveCommand, ledger: ClientLedger, context: HousingContext): Edit {
  const { from, expectedUntil, until, reason } = command;
  notAfterHorizon(from, context, 'from');
  if (expectedUntil !== undefined) {
    if (expectedUntil <= from) throw Refusal.of('date-order', { fields: ['expectedUntil'] });
    notAfterHorizon(expectedUntil, context, 'expectedUntil');
  }
  if (until !== undefined) {
    if (until <= from) throw Refusal.of('date-order', { fields: ['until'] });
    notAfterToday(until, context.today, 'return-in-future', 'until');
  }
  const stay = stayOn(ledger.stays, from);
  if (stay === undefined) throw Refusal.of('client-not-housed', { params: { date: from }, fields: ['from'] });
  if (stay.until !== undefined && (expectedUntil ?? from) > stay.until) {
    throw Refusal.of('leave-outside-stay', { params: { period: periodText(stay) }, fields: ['expectedUntil'] });
  }
  const leave: Leave = {
    leaveId: context.newIdFor(`leave:${ledger.clientId}`),
    from,
    ...(expectedUntil === undefined ? {} : { expectedUntil }),
    ...(until === undefined ? {} : { until }),
    reason,
  };
  const stays = replaceStays(ledger.stays, [], [{ ...stay, leaves: leavesInOrder([...stay.leaves, leave]) }]);
  return { ledger, kind: 'leave', stays, effectiveOn: from, reasons: { leave: reason }, fields: { from: 'from' } };
}

/** The end of a leave: the client slept at the place again from this date on. */
export function decideReturn(command: ReturnCommand, ledger: ClientLedger, context: HousingContext): Edit {
  const { date, leaveId } = command;
  notAfterToday(date, context.today, 'return-in-future', 'date');
  const found = openLeave(ledger, date, leaveId);
  if (found === undefined) throw Refusal.of('not-on-leave', { params: { date }, fields: ['date'] });
  const { stay, leave } = found;
  const isLaterPart = ledger.stays.some(
    (other) => other !== stay && other.leaves.some((l) => l.leaveId === leave.leaveId),
  );
  if (date < leave.from || (date === leave.from && !isLaterPart)) throw Refusal.of('date-order', { fields: ['date'] });
  // Back on the very day of the move: the part of the leave at the new place counts no night.
  const leaves = stay.leaves.flatMap((other) =>
    other !== leave ? [other] : date === leave.from ? [] : [{ ...leave, until: date }],
  );
  const stays = replaceStays(ledger.stays, [], [{ ...stay, leaves }]);
  const reasons = { leave: leave.reason };
  return { ledger, kind: 'return', stays, effectiveOn: date, reasons, fields: { from: 'date', until: 'date' } };
}

function openLeave(ledger: ClientLedger, date: CivilDate, leaveId?: string): { stay: Stay; leave: Leave } | undefined {
  const open = inOrder(ledger.stays.filter(({ reserved }) => !reserved)).flatMap((stay) =>
    stay.leaves.filter(({ until }) => until === undefined).map((leave) => ({ stay, leave })),
  );
  if (leaveId !== undefined) return open.find(({ leave }) => leave.leaveId === leaveId);
  return open.findLast(({ stay, leave }) => {
    const { from, until } = leaveInterval(stay, leave);
    // The day on which the leave or the stay ends is a day on which one can come back.
    return contains({ from, until }, date) || until === date;
  });
}

/** The end of a stay without a next place. */
export function decideDeparture(command: DepartureCommand, ledger: ClientLedger, context: HousingContext): Edit {
  const { date, reason, destination } = command;
  notAfterHorizon(date, context, 'date');
  checkDeathData(command, date, context.today, 'date');
  const stay = departingStay(command, ledger, context.today);
  const ended = {
    ...withEnd(stay, date, { kind: 'departure', reason, destination }),
    leaves: leavesUntil(stay.leaves, date),
  };
  const lapsed = destination === 'deceased' ? lapsedByDeath(ledger, date, stay) : [];
  const reasons = { departure: reason, destination };
  const stays = replaceStays(ledger.stays, lapsed, [ended]);
  return { ledger, kind: 'departure', stays, effectiveOn: date, reasons, fields: { from: 'date', until: 'date' } };
}

function departingStay(command: DepartureCommand, ledger: ClientLedger, today: CivilDate): Stay {
  const { date, stayId } = command;
  const notHoused = () => Refusal.of('client-not-housed', { params: { date }, fields: ['date'] });
  const stay =
    stayId === undefined
      ? inOrder(ledger.stays).findLast(({ from, reserved }) => !reserved && from < date)
      : stayById(ledger, stayId);
  if (stay === undefined) throw stayId === undefined ? notHoused() : Refusal.of('unknown-stay', { fields: ['stayId'] });
  if (stay.reserved) throw Refusal.of('stay-is-reservation', { fields: ['stayId'] });
  if (date <= stay.from) throw Refusal.of('date-order', { fields: ['date'] });
  if (stay.until === undefined || isStillOpen(stay, ledger, today)) return stay;
  if (stayId === undefined && stay.until < date) throw notHoused();
  throw Refusal.of('stay-already-ended', { params: { date: stay.until }, fields: ['date'] });
}

/** Whether the end of a stay is a plan, or a date without a reason, so that a departure may replace it. */
function isStillOpen({ end, until }: Stay, ledger: ClientLedger, today: CivilDate): boolean {
  if (end === undefined || end.kind === 'agreed') return true;
  if (end.kind === 'move') return stayById(ledger, end.toStayId)?.reserved === true;
  return until !== undefined && until > today;
}

/** Reservations after a death lapse; a confirmed stay after it means that one of the two is wrong. */
function lapsedByDeath(ledger: ClientLedger, date: CivilDate, last: Stay): Stay[] {
  const later = ledger.stays.filter(
    ({ stayId, until }) => stayId !== last.stayId && (until === undefined || until > date),
  );
  const confirmed = later.find(({ reserved }) => !reserved);
  if (confirmed !== undefined) {
    throw Refusal.of('stay-after-death', { params: { period: periodText(confirmed) }, fields: ['date'] });
  }
  return later;
}
