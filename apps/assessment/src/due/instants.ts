import type { CivilDate } from '#calendar/civil-date.js';
import { atTimeInAmsterdam } from '#calendar/time-zone.js';

const instants = new Map<string, number>();
const MAX_INSTANTS = 10_000;

/**
 * The instant of a wall-clock time `HH:MM` on a date in Amsterdam, remembered: all clients share the same few thousand, and
 * a time zone is slow to ask.
 */
export function instantOf(date: CivilDate, time: string): Date {
  const key = `${date} ${time}`;
  const known = instants.get(key);
  if (known !== undefined) return new Date(known);
  if (instants.size >= MAX_INSTANTS) instants.clear();
  const at = atTimeInAmsterdam(date, time);
  instants.set(key, at.getTime());
  return at;
}
