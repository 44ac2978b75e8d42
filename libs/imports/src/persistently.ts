import { Refusal } from '#contracts/refusal.js';

/**
 * Times that a row is tried when others write the same documents, some seconds each: together longer than the minute for
 * which a database may keep the locks of a process that died.
 */
const TRIES = 20;

/** Tries again while others write the same documents: that is no reason to refuse a row. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof Refusal && error.code === 'concurrent-change' && attempt < TRIES;
      if (!again) throw error;
    }
  }
}
