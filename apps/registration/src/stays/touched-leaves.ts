import { isDeepStrictEqual } from 'node:util';
import type { HousingChange, Leave, Stay } from './housing-types.js';
import { leavesInOrder } from './stay-edits.js';

/**
 * A change holds the stays that it touched, and a stay holds all its leaves: with one leave every weekend a history of
 * changes would grow with the square of the weekends, until it fits no document and no message any more. So what is stored
 * and shown of a stay that was there before and after holds only the leaves that the change touched.
 */

/** The stays of a change as they are stored. */
export interface StoredStay extends Stay {
  /** True when the stay also has the leaves that the change before it left there and this change did not touch. */
  readonly moreLeaves?: true;
}

/** What {@link withTouchedLeaves} and {@link withAllLeaves} look at; whatever else a change has stays as it is. */
type Touching = Pick<HousingChange, 'before' | 'after'>;

/** A change whose stays hold only the leaves that it made, altered or took away. */
export function withTouchedLeaves<Change extends Touching>(change: Change): Change {
  const { before, after } = change;
  const old = new Map(before.map((stay) => [stay.stayId, stay]));
  const next = new Map(after.map((stay) => [stay.stayId, stay]));
  return {
    ...change,
    before: before.map((stay) => touchedSince(stay, next.get(stay.stayId))),
    after: after.map((stay) => touchedSince(stay, old.get(stay.stayId))),
  };
}

function touchedSince(stay: Stay, other: Stay | undefined): Stay {
  const same = new Map(other?.leaves.map((leave) => [leave.leaveId, leave]));
  const leaves = stay.leaves.filter((leave) => !isDeepStrictEqual(leave, same.get(leave.leaveId)));
  const stored: StoredStay = { ...stay, leaves, moreLeaves: true };
  return leaves.length === stay.leaves.length ? stay : stored;
}

/** The changes of one client, from the first on, with all leaves again: the inverse of {@link withTouchedLeaves}. */
export function withAllLeaves<Change extends Touching>(changes: readonly Change[]): Change[] {
  const known = new Map<string, Stay>();
  return changes.map((change) => {
    const kept = new Map(change.before.map((stay) => [stay.stayId, keptLeaves(stay, known.get(stay.stayId))]));
    const whole = (stay: StoredStay): Stay => {
      const { moreLeaves, ...plain } = stay;
      if (moreLeaves !== true) return stay;
      return { ...plain, leaves: leavesInOrder([...(kept.get(stay.stayId) ?? []), ...stay.leaves]) };
    };
    const before = change.before.map(whole);
    const after = change.after.map(whole);
    for (const { stayId } of before) known.delete(stayId);
    for (const stay of after) known.set(stay.stayId, stay);
    return { ...change, before, after };
  });
}

/** The leaves of a stay that a change left as they were. */
function keptLeaves({ leaves }: Stay, known: Stay | undefined): Leave[] {
  const touched = new Set(leaves.map(({ leaveId }) => leaveId));
  return known?.leaves.filter(({ leaveId }) => !touched.has(leaveId)) ?? [];
}
