import { beforeEach, describe, expect, it } from '@jest/globals';
import { TurnWaiting } from './turn-waiting.js';

let now: number;
let woken: string[];
let waiting: TurnWaiting<string>;

beforeEach(() => {
  now = 0;
  woken = [];
  waiting = new TurnWaiting<string>(
    (item) => woken.push(item),
    () => now,
  );
});

describe('facts that wait for their turn', () => {
  it('are woken when the turn before theirs was taken, and no sooner', () => {
    waiting.add('a', 3, 'a3', undefined);
    waiting.add('a', 4, 'a4', undefined);
    waiting.add('b', 3, 'b3', undefined);
    waiting.taken('a', 1);
    expect(woken).toEqual([]);
    waiting.taken('a', 2);
    expect(woken).toEqual(['a3']);
    waiting.taken('a', 3);
    expect(woken).toEqual(['a3', 'a4']);
    waiting.taken('a', 4);
    expect(woken).toEqual(['a3', 'a4']);
  });

  it('are all woken, the earliest first, when a gap was passed over', () => {
    for (const version of [7, 5, 6, 9]) waiting.add('a', version, `a${version}`, undefined);
    waiting.taken('a', 6);
    expect(woken).toEqual(['a5', 'a6', 'a7']);
  });

  it('are woken at once when their turn came while it was being tried', () => {
    const seen = waiting.lastTaken('a');
    waiting.taken('a', 2);
    waiting.add('a', 3, 'a3', seen);
    expect(woken).toEqual(['a3']);
  });

  it('are not woken again and again by news that they knew', () => {
    waiting.taken('a', 2);
    waiting.add('a', 3, 'a3', waiting.lastTaken('a'));
    waiting.taken('a', 1);
    waiting.taken('a', 2);
    expect(woken).toEqual([]);
  });

  it('are early behind another one of the same aggregate that waits', () => {
    waiting.add('a', 4, 'a4', undefined);
    expect([3, 4, 5].map((version) => waiting.isEarly('a', version))).toEqual([false, false, true]);
    expect(waiting.isEarly('b', 5)).toBe(false);
    waiting.taken('a', 3);
    expect(waiting.isEarly('a', 4)).toBe(false);
  });

  it('are early when turns between the last known one and theirs are missing', () => {
    expect(waiting.isEarly('a', 7)).toBe(false);
    waiting.taken('a', 5);
    expect([4, 5, 6, 7].map((version) => waiting.isEarly('a', version))).toEqual([false, false, false, true]);
    waiting.forgetTurns();
    expect(waiting.isEarly('a', 7)).toBe(false);
  });

  it('are tried from time to time without any news, the first of each aggregate only', () => {
    waiting.add('a', 3, 'a3', undefined);
    waiting.add('a', 4, 'a4', undefined);
    now = 500;
    waiting.add('b', 8, 'b8', undefined);
    now = 1_000;
    waiting.wakeAfter(1_000);
    expect(woken).toEqual(['a3']);
    waiting.add('a', 3, 'a3 again', undefined);
    now = 1_500;
    waiting.wakeAfter(1_000);
    expect(woken).toEqual(['a3', 'b8']);
  });

  it('are replaced by a later delivery of the same fact', () => {
    expect(waiting.add('a', 3, 'first', undefined)).toBeUndefined();
    expect(waiting.add('a', 3, 'second', undefined)).toBe('first');
    waiting.taken('a', 2);
    expect(woken).toEqual(['second']);
  });

  it('are given back at the end, and forgotten', () => {
    waiting.add('a', 3, 'a3', undefined);
    waiting.add('b', 5, 'b5', undefined);
    expect(waiting.drain()).toEqual(['a3', 'b5']);
    waiting.taken('a', 2);
    expect(woken).toEqual([]);
  });

  it('are woken also when very many aggregates are known', () => {
    waiting.add('a', 3, 'a3', undefined);
    for (let index = 0; index < 10_050; index += 1) waiting.taken(`other-${index}`, 1);
    waiting.taken('a', 2);
    expect(woken).toEqual(['a3']);
    expect(waiting.lastTaken('other-0')).toBeUndefined();
  });
});
