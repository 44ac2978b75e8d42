import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `fn` again and again until it answers something else than undefined, null or false, and answers that. A throw counts as "not yet".
 * After `timeout` milliseconds (default 5000) it throws, with the last error as cause.
 */
export async function waitFor<T>(
  fn: () => T | Promise<T>,
  options: { timeout?: number; interval?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const { timeout = 5_000, interval = 25, what = 'the awaited' } = options;
  const deadline = performance.now() + timeout;
  let cause: unknown;
  for (;;) {
    try {
      const value = await fn();
      if (value !== null && value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${timeout} ms`, { cause });
    await sleep(interval);
  }
}
