import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { Refresher } from './refresher.js';

/** Answers that come when the test says so. */
function slowly() {
  const answers: (() => void)[] = [];
  const refresh = jest.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await jest.advanceTimersByTimeAsync(1_000);
  };
  return { refresh, answer };
}

describe('a refresher', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks at once, and one at a time however often it is told to', async () => {
    const { refresh, answer } = slowly();
    const refresher = new Refresher(refresh);
    for (let told = 0; told < 1_000; told += 1) refresher.ask();
    expect(refresh).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    await answer();
    expect(refresh).toHaveBeenCalledTimes(2);
    await answer();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('asks once more for what came while it rested, and at once again after that', async () => {
    const { refresh, answer } = slowly();
    const refresher = new Refresher(refresh);
    refresher.ask();
    const rested = answer();
    refresher.ask();
    await rested;
    expect(refresh).toHaveBeenCalledTimes(2);
    await answer();
    refresher.ask();
    expect(refresh).toHaveBeenCalledTimes(3);
  });
});
