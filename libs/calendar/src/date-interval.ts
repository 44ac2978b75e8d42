import { daysBetween, earlierOf, laterOf } from './civil-date.js';
import type { CivilDate } from './civil-date.js';

/** Half-open interval of dates: `from` ≤ d < `until`; without `until` it has no end (design.md §4, Time). */
export interface DateInterval {
  readonly from: CivilDate;
  readonly until?: CivilDate | undefined;
}

/** Whether the interval holds no day at all, because it ends before or on the day it starts. */
export function isEmpty(interval: DateInterval): boolean {
  return interval.until !== undefined && interval.until <= interval.from;
}

/** Whether the date lies in the interval. */
export function contains(interval: DateInterval, date: CivilDate): boolean {
  return interval.from <= date && (interval.until === undefined || date < interval.until);
}

/** Whether every day of `inner` lies in `outer`. */
export function covers(outer: DateInterval, inner: DateInterval): boolean {
  if (isEmpty(inner)) return true;
  if (inner.from < outer.from) return false;
  return outer.until === undefined || (inner.until !== undefined && inner.until <= outer.until);
}

/** The days that both intervals have, or undefined when there are none. */
export function intersection(a: DateInterval, b: DateInterval): DateInterval | undefined {
  const from = laterOf(a.from, b.from);
  const until = a.until === undefined ? b.until : b.until === undefined ? a.until : earlierOf(a.until, b.until);
  const common = until === undefined ? { from } : { from, until };
  return isEmpty(common) ? undefined : common;
}

/** Whether the intervals have a day in common. Intervals that only touch do not. */
export function overlaps(a: DateInterval, b: DateInterval): boolean {
  return intersection(a, b) !== undefined;
}

/** Nights in the interval within a period that has an end: what a stay counts. */
export function nightsWithin(interval: DateInterval, period: { from: CivilDate; until: CivilDate }): number {
  const common = intersection(interval, period);
  return common?.until === undefined ? 0 : daysBetween(common.from, common.until);
}
