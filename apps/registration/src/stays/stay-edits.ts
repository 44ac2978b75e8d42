import type { CivilDate } from '#calendar/civil-date.js';
import type { ClientLedger, Leave, PlaceLedger, Stay, StayEnd } from './housing-types.js';

/** Building blocks of the decisions: they change lists of stays and keep what hangs together together. */

/** The part of a place that a stay copies. */
export type PlaceOfStay = Pick<PlaceLedger, 'placeId' | 'clusterId' | 'organisationId'>;

/** The stay with another end; without `until` it runs on. */
export function withEnd(stay: Stay, until: CivilDate | undefined, end: StayEnd | undefined): Stay {
  const { until: _until, end: _end, ...rest } = stay;
  if (until === undefined) return rest;
  return { ...rest, until, end: end ?? { kind: 'agreed' } };
}

/** The stay as one that the client's own side stands for. */
export function withoutOutside(stay: Stay): Stay {
  const { fromOutside: _fromOutside, ...rest } = stay;
  return rest;
}

/** The stay on another place. */
export function onPlace(stay: Stay, place: PlaceOfStay): Stay {
  const { placeId, clusterId, organisationId } = place;
  return { ...stay, placeId, clusterId, organisationId };
}

/** The list with some stays taken out (by id) and others put in, in order of `from`. */
export function replaceStays(stays: readonly Stay[], out: readonly Stay[], put: readonly Stay[]): Stay[] {
  const gone = new Set([...out, ...put].map(({ stayId }) => stayId));
  return inOrder([...stays.filter(({ stayId }) => !gone.has(stayId)), ...put]);
}

/** Stays in order of `from`. */
export function inOrder(stays: readonly Stay[]): Stay[] {
  return [...stays].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.stayId < b.stayId ? -1 : 1));
}

/** Leaves in order of `from`. */
export function leavesInOrder(leaves: readonly Leave[]): Leave[] {
  return [...leaves].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The stay that ended, or is planned to end, by moving to this one. */
export function predecessorOf(stays: readonly Stay[], stay: Stay): Stay | undefined {
  return stays.find(({ end }) => end?.kind === 'move' && end.toStayId === stay.stayId);
}

/** The first reservation after a date, when no other stay lies between. */
export function nextReservation(stays: readonly Stay[], after: CivilDate, except?: string): Stay | undefined {
  const next = inOrder(stays).find(({ from, stayId }) => from > after && stayId !== except);
  return next?.reserved === true ? next : undefined;
}

/**
 * A stay that ends by moving to one that is gone, or no longer starts on that date, keeps its end date as an agreed one:
 * where the client went is then not known.
 */
export function mendLinks(stays: readonly Stay[]): Stay[] {
  return stays.map((stay) => {
    const { end, until } = stay;
    if (end?.kind !== 'move') return stay;
    const meets = stays.some(({ stayId, from }) => stayId === end.toStayId && from === until);
    return meets ? stay : withEnd(stay, until, undefined);
  });
}

/** Divides leaves over a boundary; one that runs on over it becomes two parts with the same `leaveId`. */
export function splitLeaves(leaves: readonly Leave[], date: CivilDate): { before: Leave[]; after: Leave[] } {
  const before: Leave[] = [];
  const after: Leave[] = [];
  for (const leave of leaves) {
    if (leave.from >= date) {
      after.push(leave);
    } else if (leave.until !== undefined && leave.until <= date) {
      before.push(leave);
    } else {
      const { expectedUntil, ...rest } = leave;
      before.push({ ...leave, until: date });
      after.push({
        ...rest,
        from: date,
        ...(expectedUntil !== undefined && expectedUntil > date ? { expectedUntil } : {}),
      });
    }
  }
  return { before, after };
}

/** The leaves of two stays in a row; parts with the same `leaveId` become one again. */
export function joinLeaves(first: readonly Leave[], second: readonly Leave[]): Leave[] {
  const joined = first.map((leave) => {
    const rest = second.find(({ leaveId }) => leaveId === leave.leaveId);
    if (rest === undefined) return leave;
    const { until: _until, ...start } = leave;
    const expectedUntil = rest.expectedUntil ?? leave.expectedUntil;
    return {
      ...start,
      ...(rest.until === undefined ? {} : { until: rest.until }),
      ...(expectedUntil === undefined ? {} : { expectedUntil }),
    };
  });
  const known = new Set(first.map(({ leaveId }) => leaveId));
  return [...joined, ...second.filter(({ leaveId }) => !known.has(leaveId))];
}

/** The leaves of a stay that ends on a date: what lies after it lapses, what runs on over it ends there. */
export function leavesUntil(leaves: readonly Leave[], date: CivilDate): Leave[] {
  return splitLeaves(leaves, date).before;
}

/**
 * Two stays that meet: the first ends on the date by moving to the second, which starts there. Leave is divided anew.
 */
export function meetOn(first: Stay, second: Stay, date: CivilDate): [Stay, Stay] {
  const { before, after } = splitLeaves(joinLeaves(first.leaves, second.leaves), date);
  return [
    { ...withEnd(first, date, { kind: 'move', toStayId: second.stayId }), leaves: before },
    { ...second, from: date, leaves: after },
  ];
}

/**
 * The same for a planned move: planned leave after it goes along, leave that runs now stays with the first stay, since
 * it may end before the move.
 */
export function planMove(current: Stay, reservation: Stay): [Stay, Stay] {
  const date = reservation.from;
  const leaves = joinLeaves(current.leaves, reservation.leaves);
  return [
    {
      ...withEnd(current, date, { kind: 'move', toStayId: reservation.stayId }),
      leaves: leaves.filter(({ from }) => from < date),
    },
    { ...reservation, leaves: leaves.filter(({ from }) => from >= date) },
  ];
}

export interface Relocation {
  readonly date: CivilDate;
  readonly place: PlaceOfStay;
  /** The new stay: a reservation that is confirmed, or one to be made under this id. */
  readonly reservation?: Stay;
  readonly newStayId: string;
  /** Only when the command gives one; else the new stay takes over the end of the old one, or of the reservation. */
  readonly until?: CivilDate;
}

/**
 * The stays of a client who goes from one stay to another place on a date. Where the old stay started on that same
 * date it counts no night, and the new one takes its place in the row; back on the place from where it came, that stay
 * runs on, so that moving to and fro on one day leaves what was.
 */
export function relocate(stays: readonly Stay[], old: Stay, relocation: Relocation): Stay[] {
  const { date, place, reservation } = relocation;
  const source = reservation ?? old;
  const until = relocation.until ?? source.until;
  const end = until === source.until ? source.end : undefined;
  const base: Stay = {
    ...(reservation ?? { ...old, stayId: relocation.newStayId, leaves: [] }),
    from: date,
    reserved: false,
  };
  const target = withEnd(onPlace(base, place), until, end);
  const out = reservation === undefined ? [] : [reservation];
  if (old.from !== date) return replaceStays(stays, out, meetOn(old, target, date));

  const leaves = joinLeaves(old.leaves, target.leaves);
  const previous = predecessorOf(stays, old);
  if (previous === undefined) return replaceStays(stays, [...out, old], [{ ...target, leaves }]);
  if (previous.placeId === place.placeId && previous.until === date) {
    const resumed = { ...withEnd(previous, until, end), leaves: joinLeaves(previous.leaves, leaves) };
    return replaceStays(stays, [...out, old], [resumed]);
  }
  const relinked = withEnd(previous, previous.until, { kind: 'move', toStayId: target.stayId });
  return replaceStays(stays, [...out, old], [relinked, { ...target, leaves }]);
}

/** The ledger's stay with this id. */
export function stayById(ledger: ClientLedger, stayId: string): Stay | undefined {
  return ledger.stays.find((stay) => stay.stayId === stayId);
}
