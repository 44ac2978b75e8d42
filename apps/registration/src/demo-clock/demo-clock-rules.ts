import { addDays, addMonths, type CivilDate, earlierOf } from '#calendar/civil-date.js';
import { atTimeInAmsterdam, civilDateInAmsterdam, wallTimeInAmsterdam } from '#calendar/time-zone.js';
import { MOST_MONTHS_AT_ONCE, type MoveDemoClock } from '#contracts/demo-clock.js';
import { Refusal } from '#contracts/refusal.js';

/** How far ahead of the real date a demonstration goes, calendar months. */
const MOST_MONTHS_AHEAD = 120;
/** What a day brings comes in the early morning: who moves the date finds it done. */
const EARLIEST_TIME = '10:00';

/**
 * Where a move of the date leads: the same time of another day, in Amsterdam, but not before ten in the morning.
 * @param now what the date is; @param unmoved what it would be if nobody had moved it
 * @throws Refusal `demo-clock-unclear`, `demo-clock-forward-only`, `demo-clock-too-far`
 */
export function moveTarget(move: Pick<MoveDemoClock, 'to' | 'months' | 'days'>, now: Date, unmoved: Date): Date {
  const { to, months, days } = move;
  const given = (['to', 'months', 'days'] as const).filter((name) => move[name] !== undefined);
  if (given.length !== 1) throw Refusal.of('demo-clock-unclear', { fields: given.length === 0 ? ['to'] : given });
  const today = civilDateInAmsterdam(now);
  const date = to ?? (months === undefined ? addDays(today, days ?? 0) : addMonths(today, months));
  if (date <= today) throw Refusal.of('demo-clock-forward-only', { params: { today }, fields: given });
  const latest = latestDate(now, unmoved);
  if (date > latest) throw Refusal.of('demo-clock-too-far', { params: { latest }, fields: given });
  const time = wallTimeInAmsterdam(now);
  return atTimeInAmsterdam(date, time < EARLIEST_TIME ? EARLIEST_TIME : time);
}

/** Whether the date can go any further. */
export function canGoFurther(now: Date, unmoved: Date): boolean {
  return civilDateInAmsterdam(now) < latestDate(now, unmoved);
}

/** The last date to which one move can lead. */
function latestDate(now: Date, unmoved: Date): CivilDate {
  const atOnce = addMonths(civilDateInAmsterdam(now), MOST_MONTHS_AT_ONCE);
  return earlierOf(atOnce, addMonths(civilDateInAmsterdam(unmoved), MOST_MONTHS_AHEAD));
}
