import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RETRIES, nextAttempt } from './retry-rules.js';

const now = new Date('2026-03-01T09:00:00Z');

describe('when a due item is tried again', () => {
  it('waits two seconds after the first failure', () => {
    expect(nextAttempt(DEFAULT_RETRIES, 1, now)).toEqual(new Date('2026-03-01T09:00:02Z'));
  });

  it('is given up after the last attempt of the plan', () => {
    expect(nextAttempt({ waits: [1_000] }, 2, now)).toBeUndefined();
    expect(nextAttempt({ waits: [] }, 1, now)).toBeUndefined();
  });

  it('never waits shorter than the time before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: DEFAULT_RETRIES.waits.length - 1 }), (failures) => {
        const earlier = nextAttempt(DEFAULT_RETRIES, failures, now);
        const later = nextAttempt(DEFAULT_RETRIES, failures + 1, now);
        expect(later!.getTime()).toBeGreaterThanOrEqual(earlier!.getTime());
      }),
    );
  });
});
