import { plusDays } from '../../examples/dates.ts';

/** Today as the system sees it: the date in Amsterdam. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());
}

/** So many days from today; negative is in the past. */
export function inDays(days: number): string {
  return plusDays(today(), days);
}
