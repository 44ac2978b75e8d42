import type { BedNightGroup } from '../../api/places.js';
import { addDays } from '../../ui/dates.js';

/** A past period by its first and its last night. */
export interface NightPeriod {
  from: string;
  last: string;
}

export const PERIODS = ['this-month', 'last-month', 'last-quarter', 'this-year', 'last-year'] as const;
export type PeriodName = (typeof PERIODS)[number];

const firstOfMonth = (year: number, month: number): string =>
  new Date(Date.UTC(year, month - 1, 1, 12)).toISOString().slice(0, 10);

/** A period by its name, as it is on a day; what still runs ends with the night before that day. */
export function periodOf(name: PeriodName, day: string): NightPeriod {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  const until = (from: string, first: string): NightPeriod => ({ from, last: addDays(first, -1) });
  switch (name) {
    case 'this-month':
      // On the first of a month no night of it has passed yet.
      return day.endsWith('-01') ? periodOf('last-month', day) : until(firstOfMonth(year, month), day);
    case 'last-month':
      return until(firstOfMonth(year, month - 1), firstOfMonth(year, month));
    case 'last-quarter':
      return until(firstOfMonth(year, quarter - 3), firstOfMonth(year, quarter));
    case 'this-year':
      return day.endsWith('-01-01') ? periodOf('last-year', day) : until(firstOfMonth(year, 1), day);
    case 'last-year':
      return until(firstOfMonth(year - 1, 1), firstOfMonth(year, 1));
  }
}

/** The part of the available nights on which somebody had the place; undefined when not known. */
export function shareOf({ available, occupied }: BedNightGroup): number | undefined {
  return occupied === undefined || available === 0 ? undefined : occupied / available;
}

/**
 * All groups together, with an empty key. Different clients cannot be added up: one client may be in several groups. With a
 * group whose numbers are suppressed the sums are left out too, because they would give that group away.
 */
export function totalOf(groups: readonly BedNightGroup[]): BedNightGroup {
  const available = groups.reduce((sum, group) => sum + group.available, 0);
  if (groups.some((group) => group.suppressed)) return { key: '', available, suppressed: false };
  const sum = (field: 'occupied' | 'onLeave'): number =>
    groups.reduce((total, group) => total + (group[field] ?? 0), 0);
  return { key: '', available, occupied: sum('occupied'), onLeave: sum('onLeave'), suppressed: false };
}
