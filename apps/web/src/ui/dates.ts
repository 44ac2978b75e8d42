import { currentLanguage } from '../i18n/index.js';

/** Civil dates are `YYYY-MM-DD` strings, instants ISO strings in UTC, shown in Europe/Amsterdam (design.md §4, Time). */
const TIME_ZONE = 'Europe/Amsterdam';
const DAY_MS = 86_400_000;

let fixedToday: string | undefined;
let offsetMs: number | undefined;

/** Which day it is on the clock of the services, as the gateway says when the page is opened. */
export function rememberToday(date: string | undefined): void {
  fixedToday = date;
}

/**
 * By how much a demo moved the date (milliseconds). It only goes forward, so that what comes in the wrong order does no harm.
 * Says whether this was news.
 */
export function rememberOffset(ms: number): boolean {
  if (offsetMs !== undefined && ms <= offsetMs) return false;
  const isNews = ms !== (offsetMs ?? 0);
  offsetMs = ms;
  return isNews;
}

/** What the services take for now, in milliseconds since 1970. */
export function now(): number {
  return Date.now() + (offsetMs ?? 0);
}

export function today(): string {
  // Where the date can be moved the page reckons by itself; elsewhere the services say.
  return offsetMs === undefined ? (fixedToday ?? civilDateOf(new Date())) : civilDateOf(new Date(now()));
}

/** The civil date in Amsterdam of an instant. */
export function civilDateOf(instant: string | Date): string {
  // Swedish writes dates as YYYY-MM-DD.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date(instant));
}

const atNoon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** Adds whole days to a civil date. */
export function addDays(date: string, days: number): string {
  return new Date(atNoon(date).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((atNoon(to).getTime() - atNoon(from).getTime()) / DAY_MS);
}

const localeTag = (): string => (currentLanguage() === 'en' ? 'en-GB' : 'nl-NL');

/** "3 maart 2026" */
export function formatDate(date: string): string {
  return new Intl.DateTimeFormat(localeTag(), { dateStyle: 'long', timeZone: 'UTC' }).format(atNoon(date));
}

/** "3 mrt 2026", for tables. */
export function formatShortDate(date: string): string {
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeTag(), style).format(atNoon(date));
}

/** "3 mrt", where the year is clear from the surroundings. */
export function formatDayMonth(date: string): string {
  return new Intl.DateTimeFormat(localeTag(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(atNoon(date));
}

/** "maart 2026", of a month `YYYY-MM`. */
export function formatMonth(month: string): string {
  const style = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeTag(), style).format(atNoon(`${month}-01`));
}

/** "mrt 2026", of a day, where there is no room for more. */
export function formatShortMonth(date: string): string {
  return new Intl.DateTimeFormat(localeTag(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    atNoon(date),
  );
}

/** "3 mrt 2026 14:05" */
export function formatInstant(instant: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE } as const;
  return new Intl.DateTimeFormat(localeTag(), style).format(new Date(instant));
}

/** "gisteren", "over 3 dagen"; further away than a week the date itself. */
export function formatRelativeDay(date: string): string {
  const days = daysBetween(today(), date);
  if (Math.abs(days) > 7) return formatDate(date);
  return new Intl.RelativeTimeFormat(localeTag(), { numeric: 'auto' }).format(days, 'day');
}

/** "5 minuten geleden"; from a day on as {@link formatRelativeDay}. */
export function formatAge(instant: string, at: number = now()): string {
  const minutes = Math.round((at - new Date(instant).getTime()) / 60_000);
  const style = new Intl.RelativeTimeFormat(localeTag(), { numeric: 'auto' });
  if (minutes < 1) return style.format(0, 'second');
  if (minutes < 60) return style.format(-minutes, 'minute');
  if (minutes < 24 * 60) return style.format(-Math.round(minutes / 60), 'hour');
  return formatRelativeDay(civilDateOf(instant));
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(localeTag(), options).format(value);
}

/** 0.834 → "83%" */
export function formatShare(share: number): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits: 0 });
}
