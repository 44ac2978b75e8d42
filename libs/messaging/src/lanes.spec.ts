import { describe, expect, it } from '@jest/globals';
import { laneOf, Lanes } from './lanes.js';

describe('Lanes', () => {
  it('runs work of one key in order, and of different keys together', async () => {
    const lanes = new Lanes(8);
    const done: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      done.push(name);
    };
    await Promise.all([lanes.run('a', work('a1', 30)), lanes.run('a', work('a2', 0)), lanes.run('b', work('b1', 5))]);
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('never runs more than its width, and goes on after a failure', async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    const work = (fails: boolean) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      if (fails) throw new Error('on purpose');
    };
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => lanes.run(`key ${index % 5}`, work(index % 3 === 0))),
    );
    expect(most).toBe(2);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    await lanes.idle();
  });
});

describe('the lane of a fact', () => {
  const fact = (seq: number, partitionkey: string, sequence: string) => ({
    subject: 'facts.x.y.v1',
    seq,
    string: () => JSON.stringify({ id: 'e', partitionkey, sequence, data: { sequence: '9' } }),
  });

  it('is that of its aggregate', () => {
    expect(laneOf(fact(1, 'client', '3'))).toBe(laneOf(fact(2, 'client', '4')));
    expect(laneOf(fact(1, 'client', '3'))).not.toBe(laneOf(fact(2, 'other', '3')));
  });

  it('is its own when it has no order', () => {
    expect(laneOf(fact(1, 'client', '0'))).not.toBe(laneOf(fact(2, 'client', '0')));
  });

  it('is that of its subject when it cannot be read', () => {
    const broken = { subject: 'facts.x.y.v1', seq: 7, string: () => '{"broken"' };
    expect(laneOf(broken)).toBe('facts.x.y.v1');
  });
});
