import { addDays, addMonths, parseCivilDate } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';

/** Dates of a period: `from` ≤ d < `until`. */
export interface Period {
  readonly from: CivilDate;
  readonly until: CivilDate;
}

/** After so many calendar months the figures of a quarter are fixed: time to fill in what was late, and to put right. */
const MONTHS_AFTER = 1;

/** The day at whose start the figures of a quarter are fixed: from it on they are told to who sees aggregates only. */
export function fixedFrom({ until }: Period): CivilDate {
  return addMonths(until, MONTHS_AFTER);
}

/** The quarter that a day lies in. */
function quarterWith(day: CivilDate): Period {
  const year = day.slice(0, 4);
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  const from = parseCivilDate(`${year}-${String(month).padStart(2, '0')}-01`);
  return { from, until: addMonths(from, 3) };
}

/** The quarter whose figures are fixed next, after a day. */
export function nextToFix(day: CivilDate): Period {
  // A month ago it had begun, and it had not ended: the month of a day is what counts, and clamping stays in it.
  return quarterWith(addMonths(day, -MONTHS_AFTER));
}

/** The quarter whose figures are fixed at the start of a day. */
export function fixedOn(day: CivilDate): Period {
  return nextToFix(addDays(day, -1));
}

/** The last quarter whose figures were fixed by a day. */
export function lastFixed(day: CivilDate): Period {
  return quarterWith(addDays(nextToFix(day).from, -1));
}

/**
 * Who sees aggregates only asks for a quarter whose figures are fixed. Of periods that overlap one could be taken from the
 * other, and of one period that is reckoned on two days the first from the second: what is left may be one client.
 * @throws Refusal `zrm-quarter-only` when it is no whole calendar quarter, `zrm-quarter-not-yet` before its figures are fixed
 */
export function mustBeFixedQuarter(period: Period, today: CivilDate): void {
  const fields = ['from', 'until'];
  if (!isQuarter(period)) throw Refusal.of('zrm-quarter-only', { fields });
  const date = fixedFrom(period);
  if (today < date) throw Refusal.of('zrm-quarter-not-yet', { params: { date }, fields });
}

/** Whether it is one whole calendar quarter; by its months, so that no date has to be reckoned that there may not be. */
function isQuarter({ from, until }: Period): boolean {
  const months = (date: CivilDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return /-(01|04|07|10)-01$/.test(from) && until.endsWith('-01') && months(until) - months(from) === 3;
}
