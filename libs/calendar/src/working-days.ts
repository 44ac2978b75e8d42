import Holidays from 'date-holidays';
import { addDays, isCivilDate } from './civil-date.js';
import type { CivilDate } from './civil-date.js';

/**
 * Dutch working days: Monday to Friday without the holidays of the Algemene termijnenwet, article 3 (domain.md §6:
 * "Dutch public holidays count as no working day"). That law also counts Good Friday and, every year, 5 May, which the
 * list of holidays calls school holidays.
 */
const dutchHolidays = new Holidays('NL');
const alsoInTheLaw = new Set(['easter -2', '05-05']);
const byYear = new Map<string, ReadonlyMap<CivilDate, string>>();

function holidaysOf(year: string): ReadonlyMap<CivilDate, string> {
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const holidays = new Map<CivilDate, string>();
  for (const { date, name, type, rule } of dutchHolidays.getHolidays(year, 'nl')) {
    const day = date.slice(0, 10);
    if (isCivilDate(day) && (type === 'public' || alsoInTheLaw.has(rule))) holidays.set(day, name);
  }
  byYear.set(year, holidays);
  return holidays;
}

/** The Dutch name of the holiday on a date, or undefined on an ordinary day. */
export function holidayOn(date: CivilDate): string | undefined {
  return holidaysOf(date.slice(0, 4)).get(date);
}

/** Whether people work on this date: no Saturday, no Sunday, no holiday. */
export function isWorkingDay(date: CivilDate): boolean {
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6 && holidayOn(date) === undefined;
}

/**
 * The date a number of working days later; the start itself does not count. With 0 the first working day on or after
 * the start.
 * @throws RangeError when the number is negative or not whole
 */
export function addWorkingDays(date: CivilDate, days: number): CivilDate {
  if (!Number.isInteger(days) || days < 0) throw new RangeError('a number of working days is whole and not negative');
  let day = date;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}
