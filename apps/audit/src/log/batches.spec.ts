import { describe, expect, it } from '@jest/globals';
import { Batches } from './batches.js';

describe('Batches', () => {
  function recording(fails: (items: readonly number[]) => boolean = () => false) {
    const stored: number[][] = [];
    const store = (items: number[]): Promise<void> => {
      if (fails(items)) return Promise.reject(new Error('on purpose'));
      stored.push(items);
      return Promise.resolve();
    };
    return { stored, store };
  }

  it('stores together what comes within a moment', async () => {
    const { stored, store } = recording();
    const batches = new Batches(store, 10, 30);
    const first = batches.add(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, batches.add(2)]);
    expect(stored).toEqual([[1, 2]]);
  });

  it('does not wait for more than fits in a batch', async () => {
    const { stored, store } = recording();
    const batches = new Batches(store, 2, 5_000);
    await Promise.all([batches.add(1), batches.add(2)]);
    expect(stored).toEqual([[1, 2]]);
  });

  it('counts what items weigh, and stores even the heaviest by itself', async () => {
    const { stored, store } = recording();
    const batches = new Batches(store, 5, 5_000, undefined, (weight) => weight);
    await Promise.all([2, 3, 9, 1, 4].map((weight) => batches.add(weight)));
    expect(stored).toEqual([[2, 3], [9], [1, 4]]);
  });

  it('stores one by one when a batch fails, so that only the wrong one fails', async () => {
    const { stored, store } = recording((items) => items.includes(2));
    const batches = new Batches(store, 10, 1);
    const results = await Promise.allSettled([1, 2, 3].map((item) => batches.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored).toEqual([[1], [3]]);
  });

  it('lets all fail together when the failure is of none of them', async () => {
    let attempts = 0;
    const store = (): Promise<void> => {
      attempts += 1;
      return Promise.reject(new Error('away'));
    };
    const batches = new Batches<number>(store, 10, 1, (error) => error instanceof Error && error.message !== 'away');
    const results = await Promise.allSettled([1, 2, 3].map((item) => batches.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(attempts).toBe(1);
  });
});
