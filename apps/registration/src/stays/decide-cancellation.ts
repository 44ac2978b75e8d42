import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '#contracts/refusal.js';
import type { CancellationCommand, HousingState, MergeCommand } from './housing-commands.js';
import { overlapOfHistories } from './housing-invariants.js';
import { openClientIn } from './housing-settling.js';
import type { Edit } from './housing-settling.js';
import type { ClientLedger, HousingChange, Stay } from './housing-types.js';
import { periodText } from '#contracts/refusal-interpolation.js';
import { joinLeaves, nextReservation, predecessorOf, replaceStays, stayById, withEnd } from './stay-edits.js';

/** Decisions that take something back, and those that join two records. What was stays readable in the changes. */

/** Takes back a change, a stay, a leave or an end; the change that undoes a swap has two halves too. */
export function decideCancellation(command: CancellationCommand, ledger: ClientLedger, state: HousingState): Edit[] {
  const { target } = command;
  if (target.of === 'change') return undoneChange(command, target.changeId, ledger, state);
  const stay = stayById(ledger, target.stayId);
  if (stay === undefined) throw Refusal.of('unknown-stay', { fields: ['target.stayId'] });
  const stays =
    target.of === 'stay'
      ? withoutStay(ledger, stay)
      : target.of === 'leave'
        ? withoutLeave(ledger, stay, target.leaveId)
        : withoutEnd(ledger, stay);
  return [{ ...cancellationOf(command, ledger), stays }];
}

function cancellationOf(command: CancellationCommand, ledger: ClientLedger): Omit<Edit, 'stays'> {
  const field = 'target';
  return {
    ledger,
    kind: 'cancellation',
    reasons: { cancellation: command.reason },
    fields: { place: field, from: field, until: field },
  };
}

function undoneChange(
  command: CancellationCommand,
  changeId: string,
  ledger: ClientLedger,
  state: HousingState,
): Edit[] {
  const change = changeById(ledger, changeId);
  if (change.kind === 'merge' || change.kind === 'unmerge') {
    throw Refusal.of('merge-not-cancellable', { fields: ['target.changeId'] });
  }
  const half = (own: ClientLedger, undone: HousingChange): Edit => ({
    ...cancellationOf(command, own),
    stays: undo(own, undone, 'target.changeId'),
    undoes: undone.changeId,
  });
  if (change.paired === undefined) return [half(ledger, change)];
  const other = openClientIn(state, change.paired.clientId, 'target.changeId');
  return [half(ledger, change), half(other, changeById(other, change.paired.changeId))];
}

function changeById(ledger: ClientLedger, changeId: string): HousingChange {
  const change = ledger.changes.find((candidate) => candidate.changeId === changeId);
  if (change === undefined) throw Refusal.of('unknown-change', { fields: ['target.changeId'] });
  return change;
}

/** The stays as before a change. @throws Refusal `change-built-upon` when they were changed since */
function undo(ledger: ClientLedger, change: HousingChange, field: string): Stay[] {
  const after = new Map(change.after.map((stay) => [stay.stayId, stay]));
  const touched = new Set([...change.before, ...change.after].map(({ stayId }) => stayId));
  const untouchedSince = [...touched].every((stayId) => isDeepStrictEqual(stayById(ledger, stayId), after.get(stayId)));
  if (!untouchedSince) {
    const later = ledger.changes.findLast(
      ({ version, before, after: now }) =>
        version > change.version && [...before, ...now].some(({ stayId }) => touched.has(stayId)),
    );
    const version = later?.version ?? ledger.version;
    throw Refusal.of('change-built-upon', { params: { version }, fields: [field] });
  }
  return replaceStays(ledger.stays, change.after, change.before);
}

/** The stay never was. When the client came there by a move, the stay before it runs on in its place. */
function withoutStay(ledger: ClientLedger, stay: Stay): Stay[] {
  const previous = predecessorOf(ledger.stays, stay);
  if (previous?.until !== stay.from) return replaceStays(ledger.stays, [stay], []);
  const leaves = joinLeaves(previous.leaves, stay.leaves);
  // The end of a reservation was part of the plan; the end of a confirmed stay is a fact about the client.
  const runsOn = stay.reserved
    ? withPlannedEnd(previous, ledger.stays, stay.stayId)
    : withEnd(previous, stay.until, stay.end);
  return replaceStays(ledger.stays, [stay], [{ ...runsOn, leaves }]);
}

function withoutLeave(ledger: ClientLedger, stay: Stay, leaveId: string): Stay[] {
  const has = ({ leaves }: Stay) => leaves.some((leave) => leave.leaveId === leaveId);
  if (!has(stay)) throw Refusal.of('unknown-leave', { fields: ['target.leaveId'] });
  const mended = ledger.stays
    .filter(has)
    .map((part) => ({ ...part, leaves: part.leaves.filter((leave) => leave.leaveId !== leaveId) }));
  return replaceStays(ledger.stays, [], mended);
}

function withoutEnd(ledger: ClientLedger, stay: Stay): Stay[] {
  if (stay.end === undefined) throw Refusal.of('stay-not-ended', { fields: ['target.stayId'] });
  if (stay.end.kind === 'move') throw Refusal.of('stay-ended-by-move', { fields: ['target.stayId'] });
  return replaceStays(ledger.stays, [], [withPlannedEnd(stay, ledger.stays, stay.stayId)]);
}

/** The stay runs on, until the client's next reservation when that is what comes next. */
function withPlannedEnd(stay: Stay, stays: readonly Stay[], except: string): Stay {
  const next = nextReservation(stays, stay.from, except);
  return withEnd(stay, next?.from, next && { kind: 'move', toStayId: next.stayId });
}

/** The stays of one record become those of the other. @throws Refusal `merge-overlap` with the first overlap */
export function decideMerge(command: MergeCommand, from: ClientLedger, state: HousingState): Edit[] {
  const into = openClientIn(state, command.intoClientId, 'intoClientId');
  if (from.clientId === into.clientId) throw Refusal.of('merge-same-client', { fields: ['intoClientId'] });
  const common = overlapOfHistories(from.stays, into.stays);
  if (common !== undefined) throw Refusal.of('merge-overlap', { params: { period: periodText(common) } });
  const edit = { kind: 'merge' as const, fields: { from: 'intoClientId' }, mayBeEmpty: true };
  return [
    { ...edit, ledger: from, stays: [], mergedInto: into.clientId },
    { ...edit, ledger: into, stays: [...into.stays, ...from.stays] },
  ];
}

/** Both records get back the stays that they had. */
export function decideUnmerge(ledger: ClientLedger, state: HousingState): Edit[] {
  const merge = ledger.changes.at(-1);
  if (ledger.mergedInto === undefined || merge?.paired === undefined) throw Refusal.of('not-merged');
  const into = openClientIn(state, ledger.mergedInto, 'clientId');
  const other = changeById(into, merge.paired.changeId);
  const edit = { kind: 'unmerge' as const, fields: { from: 'clientId' }, mayBeEmpty: true };
  return [
    { ...edit, ledger, stays: undo(ledger, merge, 'clientId'), undoes: merge.changeId },
    { ...edit, ledger: into, stays: undo(into, other, 'clientId'), undoes: other.changeId },
  ];
}
