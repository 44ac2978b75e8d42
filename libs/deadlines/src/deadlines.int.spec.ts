import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { AdjustableClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { engines, ownEngine, type OwnEngine, uniqueName } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import type { DeadlinesOptions } from './deadlines-options.js';
import { DueClock } from './due-clock.js';
import type { DueHandler } from './firing.js';
import { type DeadlinesProcess, later, schedule, startDeadlines } from './test-support/deadlines-process.js';
import { WakeUps } from './wake-ups.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('deadlines', () => {
  let redis: OwnEngine;
  let mongoUrl: string;
  let database: string;
  const running: DeadlinesProcess[] = [];

  beforeAll(async () => {
    redis = await ownEngine('redis');
    ({ mongoUrl } = await engines());
  });

  afterEach(async () => {
    for (const process of running.splice(0)) await process.stop();
  });

  afterAll(async () => {
    await redis.close();
  });

  async function start(handler: DueHandler, options: Partial<DeadlinesOptions> = {}): Promise<DeadlinesProcess> {
    const process = await startDeadlines(handler, { mongoUrl, database, redisUrl: redis.url, options });
    running.push(process);
    return process;
  }

  it('fire once, punctually, with several processes at work', async () => {
    database = uniqueName('due');
    const fired: { id: string; late: number }[] = [];
    const handler: DueHandler = ({ item }) => {
      fired.push({ id: item._id, late: Date.now() - item.dueAt.getTime() });
      return Promise.resolve();
    };
    const one = await start(handler, { sweepMs: 60_000 });
    await start(handler, { sweepMs: 60_000 });
    await waitFor(() => one.deadlines.find('none').then(() => true));
    for (let n = 0; n < 10; n += 1) await schedule(one, `item-${n}`, later(one, 300 + n * 20));
    await waitFor(() => fired.length >= 10);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(fired.map(({ id }) => id).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `item-${n}`));
    expect(Math.min(...fired.map(({ late }) => late))).toBeGreaterThanOrEqual(0);
    expect((await one.deadlines.find('item-3'))?.state).toBe('done');
  });

  it('survive a wiped Redis', async () => {
    database = uniqueName('due');
    const fired: string[] = [];
    const one = await start(({ item }) => Promise.resolve(void fired.push(item._id)));
    for (let n = 0; n < 5; n += 1) await schedule(one, `item-${n}`, later(one, 700));
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    await waitFor(() => fired.length === 5, { timeout: 6_000 });
    expect(new Set(fired).size).toBe(5);
  });

  it('go on without Redis and when it comes back', async () => {
    database = uniqueName('due');
    const fired: string[] = [];
    const one = await start(({ item }) => Promise.resolve(void fired.push(item._id)));
    await schedule(one, 'before', later(one, 400));
    await redis.kill9();
    await schedule(one, 'during', later(one, 200));
    await waitFor(() => fired.length === 2, { timeout: 8_000 });
    await redis.restart();
    await schedule(one, 'after', later(one, 100));
    await waitFor(() => fired.includes('after'), { timeout: 8_000 });
    expect(fired.sort()).toEqual(['after', 'before', 'during']);
  });

  it('are taken over from a process that died half-way', async () => {
    database = uniqueName('due');
    let began = 0;
    let release = (): void => undefined;
    const hung = new Promise<void>((resolve) => (release = resolve));
    const one = await start(() => {
      began += 1;
      return hung;
    });
    await schedule(one, 'item', later(one, 100));
    await waitFor(() => began === 1);
    const fired: string[] = [];
    await start(({ item }) => Promise.resolve(void fired.push(item._id)));
    await waitFor(() => fired.length === 1, { timeout: 8_000, what: 'the takeover after the lease' });
    expect(began).toBe(1);
    // When the first one wakes up after all, it finds that the item is no longer its own.
    release();
    await waitFor(async () => (await one.deadlines.find('item'))?.state === 'done');
    expect(fired).toEqual(['item']);
  }, 15_000);

  it('fire nothing early when a worker was moved back in time', async () => {
    database = uniqueName('due');
    const fired: string[] = [];
    const handler: DueHandler = ({ item }) => Promise.resolve(void fired.push(item._id));
    const behind = await start(handler);
    // This process thinks that it is an hour earlier: its wake-ups come an hour "early" by its own clock.
    behind.clock.setOffset(-3_600_000);
    await schedule(behind, 'item', new Date(Date.now() + 300));
    const client = new Redis(redis.url);
    const delayed = await client.keys(`${database}:due:d-*`);
    client.disconnect();
    expect(delayed.length).toBeLessThanOrEqual(1);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(fired).toEqual([]);
    behind.clock.setOffset(0);
    await waitFor(() => fired.length === 1);
  });

  it('can be called off and given another date, also after they were done', async () => {
    database = uniqueName('due');
    const fired: { id: string; at: number }[] = [];
    const one = await start(({ item }) => Promise.resolve(void fired.push({ id: item._id, at: item.dueAt.getTime() })));
    await schedule(one, 'called-off', later(one, 300));
    await schedule(one, 'moved', later(one, 300));
    expect(await one.unitOfWork.run((tx) => one.deadlines.cancel(tx, 'called-off'))).toBe(true);
    const moved = later(one, 900);
    await schedule(one, 'moved', moved);
    await waitFor(() => fired.length === 1);
    expect(fired).toEqual([{ id: 'moved', at: moved.getTime() }]);
    await schedule(one, 'moved', later(one, 100));
    await waitFor(() => fired.length === 2);
    expect((await one.deadlines.find('called-off'))?.state).toBe('cancelled');
  });

  it('try again after a failure, and end as failed when that never helps', async () => {
    database = uniqueName('due');
    let attempts = 0;
    const one = await start(() => {
      attempts += 1;
      return Promise.reject(new Error('the receiver is away'));
    });
    await schedule(one, 'item', later(one, 50));
    const item = await waitFor(async () => {
      const found = await one.deadlines.find('item');
      return found?.state === 'failed' ? found : undefined;
    });
    expect(attempts).toBe(3);
    expect(item.lastError).toBe('the receiver is away');
  });

  it('keep the effect of a handler only when the item was still its own', async () => {
    database = uniqueName('due');
    const one = await start(async (firing) => {
      // Called off while it was being handled.
      await one.unitOfWork.run((tx) => one.deadlines.cancel(tx, firing.item._id));
      await one.unitOfWork.run(async (tx) => {
        await one.deadlines.schedule(tx, { id: 'effect', kind: 'test', dueAt: later(one, 60_000), payload: {} });
        await firing.done(tx);
      });
    });
    await schedule(one, 'item', later(one, 50));
    await waitFor(async () => (await one.deadlines.find('item'))?.state === 'cancelled');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await one.deadlines.find('effect')).toBeNull();
  });

  it('wait for a process that knows their kind', async () => {
    database = uniqueName('due');
    const one = await start(() => Promise.resolve());
    await one.unitOfWork.run((tx) =>
      one.deadlines.schedule(tx, { id: 'strange', kind: 'newer', dueAt: later(one, 0), payload: {} }),
    );
    await one.deadlines.sweep();
    expect((await one.deadlines.find('strange'))?.state).toBe('waiting');
    expect(await one.items.oldestOverdue()).toBeInstanceOf(Date);
  });

  it('happen at once when the date is moved past them, each once, and those of later do not', async () => {
    database = uniqueName('due');
    const fired: string[] = [];
    const handler: DueHandler = ({ item }) => Promise.resolve(void fired.push(item._id));
    const processes = [await start(handler, { sweepMs: 60_000 }), await start(handler, { sweepMs: 60_000 })];
    const [one] = processes;
    if (!one) throw new Error('no process runs');
    const many = Array.from({ length: 700 }, (_, n) => `item-${String(n).padStart(3, '0')}`);
    for (let first = 0; first < many.length; first += 100) {
      await one.unitOfWork.run(async (tx) => {
        for (const [n, id] of many.slice(first, first + 100).entries()) {
          await one.deadlines.add(tx, { id, kind: 'test', dueAt: later(one, (n + 1) * HOUR), payload: {} });
        }
      });
    }
    await schedule(one, 'later', later(one, 100 * DAY));
    expect(fired).toEqual([]);
    for (const { clock } of processes) clock.advance(90 * DAY);
    await waitFor(() => fired.length >= many.length, { timeout: 20_000 });
    await Promise.all(processes.map(({ deadlines }) => deadlines.sweep()));
    expect([...fired].sort()).toEqual(many);
  }, 40_000);

  it('are not hurried by a move of the date where they wait for a machine', async () => {
    database = uniqueName('due');
    const attempts: string[] = [];
    const handler: DueHandler = async (firing) => {
      attempts.push(firing.item._id);
      if (firing.item._id === 'fails') throw new Error('the receiver is away');
      if (firing.item._id === 'put-back') await one.unitOfWork.run((tx) => firing.after(tx, HOUR));
    };
    const handling = { retries: { waits: [HOUR] } };
    const one = await startDeadlines(handler, { mongoUrl, database, redisUrl: redis.url, handling });
    running.push(one);
    for (const id of ['fails', 'put-back']) await schedule(one, id, later(one, 0));
    await one.unitOfWork.run((tx) =>
      one.deadlines.schedule(tx, { id: 'waits', kind: 'test', waitMs: HOUR, payload: {} }),
    );
    await waitFor(() => attempts.length === 2);
    await waitFor(async () => (await one.deadlines.find('fails'))?.attempts === 1);
    one.clock.advance(90 * DAY);
    await schedule(one, 'after-move', later(one, -DAY));
    await waitFor(() => attempts.includes('after-move'));
    await one.deadlines.sweep();
    expect(attempts.sort()).toEqual(['after-move', 'fails', 'put-back']);
    // It was only a wait: an operator who tries again need not wait either.
    await one.unitOfWork.run((tx) => one.deadlines.retry(tx, 'fails', 'operator'));
    await waitFor(() => attempts.filter((id) => id === 'fails').length === 2);
  });

  it('stay in the hands of who works on them when the date is moved', async () => {
    database = uniqueName('due');
    let finish = (): void => undefined;
    const begun: string[] = [];
    const slow: DueHandler = async ({ item }) => {
      begun.push(item._id);
      await new Promise<void>((resolve) => (finish = resolve));
    };
    const one = await start(slow, { leaseMs: 60_000 });
    await schedule(one, 'slow', later(one, 0));
    await waitFor(() => begun.length === 1);
    const two = await start(slow, { leaseMs: 60_000 });
    for (const { clock } of [one, two]) clock.advance(90 * DAY);
    await two.deadlines.sweep();
    expect(begun).toEqual(['slow']);
    finish();
    await waitFor(async () => (await two.deadlines.find('slow'))?.state === 'done');
  });

  it('leave no connection that comes back after a stop that had to leave work behind', async () => {
    const own = await ownEngine('redis');
    // Comes back slower than any of ours would: when it is there, they would be too.
    const watch = new Redis(own.url, { retryStrategy: () => 2_500, maxRetriesPerRequest: null });
    watch.on('error', () => undefined);
    let finish = (): void => undefined;
    let isWoken = false;
    const store = new Database({ url: mongoUrl, name: uniqueName('stop') });
    const clock = new DueClock(store, new AdjustableClock());
    await store.onModuleInit();
    await clock.read();
    const wakeUps = new WakeUps({ redisUrl: own.url, prefix: uniqueName('stop') }, clock);
    wakeUps.listen(async () => {
      isWoken = true;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    try {
      await waitFor(() => wakeUps.isReachable());
      await wakeUps.add([{ id: 'slow', version: 1, at: new Date() }]);
      await waitFor(() => isWoken, { what: 'work in hand' });
      await wakeUps.beforeApplicationShutdown();
      await own.kill9();
      await own.restart();
      const clients = await watch.client('LIST');
      expect(String(clients).trim().split('\n')).toHaveLength(1);
    } finally {
      finish();
      watch.disconnect();
      await store.onApplicationShutdown();
      await own.close();
    }
  }, 40_000);
});
