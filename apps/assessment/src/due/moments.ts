import type { CivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import type { DueChange } from '#contracts/assessment/codes.js';

/** How a reminder stands to the due date on the day on which it goes out. */
export function momentOf(dueOn: CivilDate, now: Date): Exclude<DueChange, 'settled'> {
  const today = civilDateInAmsterdam(now);
  if (today < dueOn) return 'ahead';
  return today === dueOn ? 'on-time' : 'late';
}
