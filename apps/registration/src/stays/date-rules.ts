import { addDays } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DepartureDestination, DepartureReason } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';

/** Refuses a date after today with the code that says what to do instead. */
export function notAfterToday(
  date: CivilDate,
  today: CivilDate,
  code: 'arrival-in-future' | 'return-in-future' | 'death-in-future',
  field: string,
): void {
  if (date > today) throw Refusal.of(code, { fields: [field] });
}

/** Refuses a planned date so far ahead that its year must be wrong. */
export function notAfterHorizon(
  date: CivilDate,
  { today, planningHorizonDays }: { readonly today: CivilDate; readonly planningHorizonDays: number },
  field: string,
): void {
  const latest = addDays(today, planningHorizonDays);
  if (date > latest) throw Refusal.of('date-too-far-ahead', { params: { latest }, fields: [field] });
}

/** A death has both its reason and its destination, and is not planned. */
export function checkDeathData(
  departure: { readonly reason: DepartureReason; readonly destination: DepartureDestination },
  date: CivilDate,
  today: CivilDate,
  field: string,
): void {
  const dead = departure.destination === 'deceased';
  if (dead !== (departure.reason === 'deceased')) {
    throw Refusal.of('death-mismatch', { fields: ['reason', 'destination'] });
  }
  if (dead) notAfterToday(date, today, 'death-in-future', field);
}
