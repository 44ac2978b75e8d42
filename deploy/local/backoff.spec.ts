import { describe, expect, it } from '@jest/globals';
import { crashesInARow, restartDelay } from './backoff.js';

describe('restartDelay', () => {
  it('doubles from half a second up to half a minute', () => {
    expect([1, 2, 3, 7, 50].map(restartDelay)).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  });
});

describe('crashesInARow', () => {
  it('counts on when a process crashes soon after its start', () => {
    expect(crashesInARow(4, 59_999)).toBe(5);
  });

  it('begins again when it had run for a minute', () => {
    expect(crashesInARow(4, 60_000)).toBe(1);
  });
});
