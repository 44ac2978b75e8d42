import { addDays, daysBetween, formatDayMonth } from '../../ui/dates.js';

/** The period that a board shows; `until` is the first day no longer shown. */
export interface BoardPeriod {
  from: string;
  until: string;
}

/** Where a day stands on the board, in percent from the left; undefined outside the period. */
export function percentOf({ from, until }: BoardPeriod, date: string): number | undefined {
  const at = daysBetween(from, date);
  const days = daysBetween(from, until);
  return at < 0 || at > days ? undefined : (at / days) * 100;
}

/** Place and width of an interval in percent, cut off at the edges, with which edges were cut. */
export function spanOf(period: BoardPeriod, from: string, until: string | undefined) {
  const days = daysBetween(period.from, period.until);
  const start = daysBetween(period.from, from);
  const end = until === undefined ? days : daysBetween(period.from, until);
  const left = Math.max(0, Math.min(days, start));
  const right = Math.max(left, Math.min(days, end));
  return {
    at: (left / days) * 100,
    width: ((right - left) / days) * 100,
    startsBefore: start < 0,
    runsOn: until === undefined || end > days,
  };
}

/** The Mondays in a period, with their labels. */
export function weeksOf(period: BoardPeriod): { date: string; at: number; label: string }[] {
  const days = daysBetween(period.from, period.until);
  // 5 January 1970 was a Monday.
  const sinceMonday = ((daysBetween('1970-01-05', period.from) % 7) + 7) % 7;
  const first = (7 - sinceMonday) % 7;
  const weeks: { date: string; at: number; label: string }[] = [];
  for (let day = first; day < days; day += 7) {
    const date = addDays(period.from, day);
    weeks.push({ date, at: (day / days) * 100, label: formatDayMonth(date) });
  }
  return weeks;
}
