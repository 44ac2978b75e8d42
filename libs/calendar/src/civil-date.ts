declare const civilDate: unique symbol;

/**
 * A date as people write it on a form, without a time or zone: `YYYY-MM-DD`. An opaque string: only
 * {@link parseCivilDate} and {@link isCivilDate} make one, so an unchecked string cannot be used as a date.
 * Because of the fixed form, `<`, `>` and string equality order and compare dates.
 */
export type CivilDate = string & { readonly [civilDate]: true };

/** Why a text is no civil date: written in another form, or a day that no calendar has. */
export type CivilDateProblem = 'date-form' | 'date-not-existing';

/** A text that is not a civil date. `text` is what was given; do not log it when it may be a birth date. */
export class CivilDateError extends Error {
  override readonly name = 'CivilDateError';

  constructor(
    readonly problem: CivilDateProblem,
    readonly text: string,
  ) {
    super(problem === 'date-form' ? 'a date is written as YYYY-MM-DD' : 'this date does not exist in the calendar');
  }
}

/** Of a civil date reckoned in UTC, where every day is as long. Plain numbers: dates are reckoned with everywhere, often. */
const DAY_MS = 86_400_000;

const form = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function problemOf(text: string): CivilDateProblem | undefined {
  if (!form.test(text)) return 'date-form';
  const exists = Number(text.slice(8)) <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
  return exists ? undefined : 'date-not-existing';
}

/** Whether a text is an existing date in the form `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  return problemOf(text) === undefined;
}

/** Reads a date. @throws CivilDateError that says whether the form is wrong or the day does not exist */
export function parseCivilDate(text: string): CivilDate {
  if (isCivilDate(text)) return text;
  throw new CivilDateError(problemOf(text) ?? 'date-form', text);
}

/** Negative when `a` is before `b`, 0 when the same day, positive when after. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earlier of two dates. */
export function earlierOf(a: CivilDate, b: CivilDate): CivilDate {
  return a <= b ? a : b;
}

/** The later of two dates. */
export function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  return a >= b ? a : b;
}

/** The date a number of days later; negative goes back. */
export function addDays(date: CivilDate, days: number): CivilDate {
  mustBeWhole(days);
  return dateAt(midnightOf(date) + days * DAY_MS);
}

/**
 * The date a number of calendar months later, on the last day of a month that is too short: 31 August plus 3 months is
 * 30 November (domain.md §4). Negative goes back.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  mustBeWhole(months);
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const day = Math.min(Number(date.slice(8)), daysInMonth(year, month));
  return parseCivilDate([digits(year, 4), digits(month, 2), digits(day, 2)].join('-'));
}

/** The date a number of years later; 29 February becomes 28 February in a common year. */
export function addYears(date: CivilDate, years: number): CivilDate {
  return addMonths(date, years * 12);
}

/** Days from `from` to `until`; negative when `until` is earlier. For a stay [from, until) these are its nights. */
export function daysBetween(from: CivilDate, until: CivilDate): number {
  return (midnightOf(until) - midnightOf(from)) / DAY_MS;
}

/** Whole years of age on a date. Someone born on 29 February has their birthday on 1 March in a common year. */
export function ageOn(birthDate: CivilDate, date: CivilDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function midnightOf(date: CivilDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function dateAt(midnightMs: number): CivilDate {
  return parseCivilDate(new Date(midnightMs).toISOString().slice(0, -14));
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

function mustBeWhole(count: number): void {
  if (!Number.isInteger(count)) throw new RangeError('dates are reckoned with in whole days and months');
}
