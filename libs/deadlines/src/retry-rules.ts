/** How often and how far apart a kind of due item is tried again. */
export interface RetryPlan {
  /** Milliseconds to wait after each failed attempt; after the last one the item has failed for good. */
  waits: readonly number[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** About two days: enough for an outage over a weekend night, short enough to be noticed. */
export const DEFAULT_RETRIES: RetryPlan = {
  waits: [
    2 * SECOND,
    10 * SECOND,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    12 * HOUR,
    24 * HOUR,
  ],
};

/** When to try again after `failures` failed attempts (counted from 1); undefined: give up. */
export function nextAttempt(plan: RetryPlan, failures: number, now: Date): Date | undefined {
  const wait = plan.waits[failures - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait);
}
