import type { SystemPart } from '../../libs/testing/src/system.ts';

/** Starts per part until it stays up: it may end at once because another part is away, and a supervisor tries again. */
const STARTS = 20;

/** Starts a part that was cut off, again and again as a supervisor would. */
export async function bringBack(part: SystemPart): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await part.restart();
      return;
    } catch (error) {
      if (attempt >= STARTS) throw error;
      await pause(200);
    }
  }
}

/** Lets time pass, milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
