import { Temporal } from 'temporal-polyfill';
import { parseCivilDate } from './civil-date.js';
import type { CivilDate } from './civil-date.js';

/** The zone in which the chain lives: due dates and "today" are told in it (design.md §4, Time). */
export const timeZone = 'Europe/Amsterdam';

/** The civil date that people in Amsterdam have at this instant. */
export function civilDateInAmsterdam(instant: Date): CivilDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return parseCivilDate(zoned.toPlainDate().toString());
}

/** The instant at which this civil date starts in Amsterdam (midnight there; 22:00 or 23:00 UTC the day before). */
export function startOfDayInAmsterdam(date: CivilDate): Date {
  return atTimeInAmsterdam(date, '00:00');
}

/**
 * The instant of a wall-clock time on a civil date in Amsterdam. A time that the spring change skips becomes the
 * moment as much later; of a time that the autumn change repeats, the first is taken.
 * @param time `HH:MM` or `HH:MM:SS`
 */
export function atTimeInAmsterdam(date: CivilDate, time: string): Date {
  const plain = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(plain.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** The wall-clock time `HH:MM` in Amsterdam at this instant. */
export function wallTimeInAmsterdam(instant: Date): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return zoned.toPlainTime().toString({ smallestUnit: 'minute' });
}
