import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import { type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

let system: SpineSystem;
let process: SpineProcess;

beforeAll(async () => {
  system = await spineSystem();
  process = await system.start();
});
afterAll(() => system.close());

function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
}

describe('from commit to handled', () => {
  it('takes milliseconds, on average and in the tail', async () => {
    for (let index = 0; index < 20; index += 1) await process.book.write([{ noteId: `warm-${index}`, version: 1 }]);
    const committedAt = new Map<string, number>();
    const commits: number[] = [];
    for (let index = 0; index < 150; index += 1) {
      const begin = performance.now();
      const [id] = await process.book.write([{ noteId: `one-${index}`, version: 1 }]);
      committedAt.set(id!, performance.now());
      commits.push(performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await waitFor(() => [...committedAt.keys()].every((id) => process.book.handledAt.has(id)), { timeout: 10_000 });
    const delays = [...committedAt].map(([id, at]) => process.book.handledAt.get(id)! - at);
    const figures = {
      commitP50: percentile(commits, 0.5).toFixed(1),
      handledP50: percentile(delays, 0.5).toFixed(1),
      handledP99: percentile(delays, 0.99).toFixed(1),
    };
    if (globalThis.process.env['SPEC_FIGURES']) console.log('milliseconds', figures);
    // Generous: a loaded machine must not fail it, a relay that polls once a second must.
    expect(percentile(delays, 0.5)).toBeLessThan(250);
    expect(percentile(delays, 0.99)).toBeLessThan(1_000);
  });
});
