import { describe, expect, it } from '@jest/globals';
import { waitFor } from './wait-for.js';

describe('waitFor', () => {
  it('answers the first value that is there, 0 and the empty text included', async () => {
    let asked = 0;
    expect(await waitFor(() => ((asked += 1) < 3 ? undefined : 0), { interval: 1 })).toBe(0);
    expect(asked).toBe(3);
  });

  it('names what did not happen, and the last error', async () => {
    const waiting = waitFor(() => Promise.reject(new Error('no answer')), {
      timeout: 5,
      interval: 1,
      what: 'the bell',
    });
    await expect(waiting).rejects.toMatchObject({
      message: 'the bell did not happen within 5 ms',
      cause: new Error('no answer'),
    });
  });
});
