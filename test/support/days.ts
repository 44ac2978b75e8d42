import { addDays, type CivilDate, parseCivilDate } from '../../libs/calendar/src/civil-date.ts';

/** Today as the system sees it: the date in Amsterdam. */
export function today(): CivilDate {
  return parseCivilDate(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date()));
}

/** So many days from today; negative is in the past. */
export function inDays(days: number): CivilDate {
  return addDays(today(), days);
}
