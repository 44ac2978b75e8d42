const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const waits = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR];

/** Milliseconds to wait after so many failed attempts (from 1): ever longer, at most half a day. */
export function waitAfter(failures: number): number {
  return waits[failures - 1] ?? 12 * HOUR;
}

/** A subscription that fails for so long without a single success is switched off. */
export const disabledAfterMs = 5 * 24 * HOUR;
