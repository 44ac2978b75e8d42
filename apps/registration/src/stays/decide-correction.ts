import type { CivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { checkDeathData, notAfterHorizon, notAfterToday } from './date-rules.js';
import type { CorrectionCommand, HousingContext, HousingState, LeaveCorrection } from './housing-commands.js';
import type { Edit } from './housing-settling.js';
import { placeIn } from './housing-settling.js';
import type { ClientLedger, Leave, Stay } from './housing-types.js';
import {
  leavesInOrder,
  meetOn,
  onPlace,
  planMove,
  predecessorOf,
  replaceStays,
  stayById,
  withEnd,
} from './stay-edits.js';

/**
 * Mends one stay: place, dates, end, leaves. Where it meets another stay in a move, that one follows, so that a move
 * which happened two days earlier is one correction.
 */
export function decideCorrection(
  command: CorrectionCommand,
  ledger: ClientLedger,
  state: HousingState,
  context: HousingContext,
): Edit {
  const old = stayById(ledger, command.stayId);
  if (old === undefined) throw Refusal.of('unknown-stay', { fields: ['stayId'] });
  checkDates(command, old, context);
  const mended = mendedStay(command, old, state, context.today);
  const { reason, departure, from } = command;
  return {
    ledger,
    kind: 'correction',
    stays: withNeighbours(ledger.stays, old, mended, context.today),
    reasons: {
      correction: reason,
      ...(departure === undefined ? {} : { departure: departure.reason, destination: departure.destination }),
    },
    fields: { place: 'placeId', from: from === undefined ? 'until' : 'from', until: 'until' },
  };
}

function checkDates({ from, until }: CorrectionCommand, old: Stay, context: HousingContext): void {
  if (from !== undefined && from !== old.from) {
    if (!old.reserved) notAfterToday(from, context.today, 'arrival-in-future', 'from');
    else if (from <= context.today) throw Refusal.of('reservation-in-past', { fields: ['from'] });
    notAfterHorizon(from, context, 'from');
  }
  if (until !== undefined && until !== null) notAfterHorizon(until, context, 'until');
}

function mendedStay(command: CorrectionCommand, old: Stay, state: HousingState, today: CivilDate): Stay {
  const { placeId, departure } = command;
  const until = command.until === undefined ? old.until : (command.until ?? undefined);
  if (departure !== undefined) {
    if (old.reserved) throw Refusal.of('stay-is-reservation', { fields: ['departure'] });
    if (until === undefined) throw Refusal.of('field-required', { fields: ['until'] });
    checkDeathData(departure, until, today, 'until');
  }
  const end = departure === undefined ? old.end : { kind: 'departure' as const, ...departure };
  const leaves = (command.leaves ?? []).reduce<readonly Leave[]>(
    (mended, correction, index) => mendLeave(mended, correction, today, `leaves[${String(index)}]`),
    old.leaves,
  );
  const mended: Stay = {
    ...withEnd(old, until, end),
    from: command.from ?? old.from,
    leaves: leavesInOrder(leaves),
  };
  return placeId === undefined ? mended : onPlace(mended, placeIn(state, placeId));
}

function mendLeave(leaves: readonly Leave[], correction: LeaveCorrection, today: CivilDate, path: string): Leave[] {
  const old = leaves.find(({ leaveId }) => leaveId === correction.leaveId);
  if (old === undefined) throw Refusal.of('unknown-leave', { fields: [`${path}.leaveId`] });
  const from = correction.from ?? old.from;
  const until = correction.until === undefined ? old.until : (correction.until ?? undefined);
  const expectedUntil =
    correction.expectedUntil === undefined ? old.expectedUntil : (correction.expectedUntil ?? undefined);
  if (until !== undefined) {
    if (until <= from) throw Refusal.of('date-order', { fields: [`${path}.until`] });
    notAfterToday(until, today, 'return-in-future', `${path}.until`);
  }
  if (expectedUntil !== undefined && expectedUntil <= from) {
    throw Refusal.of('date-order', { fields: [`${path}.expectedUntil`] });
  }
  const mended: Leave = {
    leaveId: old.leaveId,
    from,
    ...(expectedUntil === undefined ? {} : { expectedUntil }),
    ...(until === undefined ? {} : { until }),
    reason: correction.reason ?? old.reason,
  };
  return leaves.map((leave) => (leave === old ? mended : leave));
}

/** The other side of a move keeps meeting the mended stay. */
function withNeighbours(stays: readonly Stay[], old: Stay, mended: Stay, today: CivilDate): Stay[] {
  let middle = mended;
  const moved: Stay[] = [];
  const previous = predecessorOf(stays, old);
  if (previous?.until === old.from && mended.from !== old.from) {
    const [before, after] = middle.reserved ? planMove(previous, middle) : meetOn(previous, middle, mended.from);
    moved.push(before);
    middle = after;
  }
  const { end, until } = mended;
  const next = end?.kind === 'move' ? stays.find(({ stayId }) => stayId === end.toStayId) : undefined;
  if (next !== undefined && until !== undefined && next.from === old.until && until !== old.until) {
    if (next.reserved && until <= today) throw Refusal.of('reservation-in-past', { fields: ['until'] });
    const [before, after] = next.reserved ? planMove(middle, { ...next, from: until }) : meetOn(middle, next, until);
    middle = before;
    moved.push(after);
  }
  return replaceStays(stays, [old], [...moved, middle]);
}
