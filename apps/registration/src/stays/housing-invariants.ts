import { covers, intersection, isEmpty, overlaps } from '#calendar/date-interval.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DateInterval } from '#calendar/date-interval.js';
import { periodText } from '#contracts/refusal-interpolation.js';
import { Refusal } from '#contracts/refusal.js';
import { dateOfDeath } from './housing-reading.js';
import type { Leave, Occupation, PlaceLedger, PlaceOffer, Stay } from './housing-types.js';

/** Fields of the command to which a refusal points. */
export interface FieldPaths {
  readonly place?: string;
  readonly from?: string;
  readonly until?: string;
}

const paths = (...given: (string | undefined)[]) => given.filter((path) => path !== undefined);

/**
 * What must hold of a client's stays after every change, whatever the command (domain.md §3): each has at least one
 * night, no two overlap, leave lies within its stay, nothing before birth, nothing after death.
 * @param touched the stays that the change makes or alters
 */
export function checkClientStays(
  stays: readonly Stay[],
  touched: readonly Stay[],
  birthDate: CivilDate | undefined,
  fields: FieldPaths,
): void {
  for (const stay of touched) {
    if (isEmpty(stay)) throw Refusal.of('date-order', { fields: paths(fields.until ?? fields.from) });
    if (birthDate !== undefined && stay.from < birthDate) {
      throw Refusal.of('before-birth', { fields: paths(fields.from) });
    }
    checkLeaves(stay);
    const other = stays.find((candidate) => candidate.stayId !== stay.stayId && overlaps(candidate, stay));
    if (other !== undefined) {
      const details = { params: { period: periodText(other) }, fields: paths(fields.from) };
      throw other.reserved
        ? Refusal.of('client-already-reserved', details)
        : Refusal.of('client-already-housed', details);
    }
  }
  const death = dateOfDeath(stays);
  if (death !== undefined && stays.some(({ until }) => until === undefined || until > death)) {
    throw Refusal.of('client-deceased', { params: { date: death }, fields: paths(fields.from) });
  }
}

/** Leave lies within its stay, in order, without overlap. */
function checkLeaves(stay: Stay): void {
  let previous: Leave | undefined;
  for (const leave of stay.leaves) {
    const known: DateInterval = { from: leave.from, until: leave.until };
    const starts = leave.from >= stay.from && (stay.until === undefined || leave.from < stay.until);
    const ends = leave.until === undefined || stay.until === undefined || leave.until <= stay.until;
    if (isEmpty(known)) throw Refusal.of('date-order', { fields: ['until'] });
    if (!starts || !ends) {
      throw Refusal.of('leave-outside-stay', { params: { period: periodText(stay) }, fields: ['from'] });
    }
    if (previous !== undefined && overlaps(blocking(previous), known)) {
      throw Refusal.of('leave-overlaps', { params: { period: periodText(blocking(previous)) }, fields: ['from'] });
    }
    previous = leave;
  }
}

/** Days in which no other leave can start: until the known return, else the expected one. */
function blocking(leave: Leave): DateInterval {
  return { from: leave.from, until: leave.until ?? leave.expectedUntil };
}

/**
 * What must hold of a place after every change: no two occupations overlap, reservations included, and what is new
 * lies in the time that the place is open.
 * @param added the occupations that the change makes or alters; @param before the place as it was
 */
export function checkPlace(
  place: PlaceLedger,
  before: PlaceLedger,
  added: readonly Occupation[],
  fields: FieldPaths,
  today: CivilDate,
): void {
  for (const occupation of added) {
    const other = place.occupations.find(
      (candidate) => candidate.stayId !== occupation.stayId && overlaps(candidate, occupation),
    );
    if (other !== undefined) {
      const details = { params: { place: place.label, period: periodText(other) }, fields: paths(fields.place) };
      throw other.reserved ? Refusal.of('place-reserved', details) : Refusal.of('place-occupied', details);
    }
    const old = before.occupations.find(({ stayId }) => stayId === occupation.stayId);
    if (old !== undefined && covers(old, occupation)) continue;
    const { offer } = place;
    if (offer !== undefined && offer.clientId !== occupation.clientId && holds(offer, occupation, today)) {
      const details = { params: { place: place.label, date: offer.answerBy }, fields: paths(fields.place) };
      throw Refusal.of('place-offered', details);
    }
    if (!isOpenDuring(place, occupation)) {
      const period = `${place.openFrom ?? '..'}/${place.closedFrom ?? '..'}`;
      throw Refusal.of('place-closed', { params: { place: place.label, period }, fields: paths(fields.place) });
    }
  }
}

/** Whether an offer still keeps the place free in an interval. */
function holds(offer: PlaceOffer, interval: DateInterval, today: CivilDate): boolean {
  return offer.answerBy >= today && overlaps({ from: offer.from }, interval);
}

/** Whether the place can be used on every day of an interval. */
export function isOpenDuring(place: Pick<PlaceLedger, 'openFrom' | 'closedFrom'>, interval: DateInterval): boolean {
  if (place.openFrom !== undefined && interval.from < place.openFrom) return false;
  if (place.closedFrom === undefined) return true;
  return interval.until !== undefined && interval.until <= place.closedFrom;
}

/** The days in which two records both have a stay, reservations included; the first such period. */
export function overlapOfHistories(a: readonly Stay[], b: readonly Stay[]): DateInterval | undefined {
  for (const stay of a) {
    for (const other of b) {
      const common = intersection(stay, other);
      if (common !== undefined) return common;
    }
  }
  return undefined;
}

/** Pairs of intervals that overlap; empty when the rule holds. For checks over stored ledgers and in tests. */
export function overlappingPairs<Interval extends DateInterval>(
  intervals: readonly Interval[],
): [Interval, Interval][] {
  return intervals.flatMap((a, index) =>
    intervals.slice(index + 1).flatMap((b): [Interval, Interval][] => (overlaps(a, b) ? [[a, b]] : [])),
  );
}
