import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { AdjustableClock } from '#calendar/clock.js';
import { engines, uniqueName } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import { buildServer } from '../../../deploy/local/build.ts';
import type { DueHandler } from './firing.js';
import {
  type DeadlinesProcess,
  later,
  type ProcessSetup,
  schedule,
  startDeadlines,
} from './test-support/deadlines-process.js';

const HOUR = 3_600_000;
const nothing: DueHandler = () => Promise.resolve();

describe('due dates, whatever fails', () => {
  let mongoUrl: string;
  let redisUrl: string;
  let database: string;
  const running: DeadlinesProcess[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    ({ mongoUrl, redisUrl } = await engines());
  });

  afterEach(async () => {
    for (const process of running.splice(0)) await process.stop();
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function start(handler: DueHandler, setup: Partial<ProcessSetup> = {}): Promise<DeadlinesProcess> {
    const process = await startDeadlines(handler, { mongoUrl, database, redisUrl, ...setup });
    running.push(process);
    return process;
  }

  async function delayedJobs(): Promise<string[]> {
    const redis = new Redis(redisUrl);
    const jobs = await redis.zrange(`${database}:due:delayed`, '0', '-1');
    redis.disconnect();
    return jobs;
  }

  it.each([
    ['ahead', HOUR],
    ['behind', -HOUR],
  ])('happen neither early nor late when the machine of a worker is an hour %s', async (_, wrongMs) => {
    database = uniqueName('due');
    const fired: { id: string; at: number }[] = [];
    const handler: DueHandler = ({ item, now }) => {
      fired.push({ id: item._id, at: Date.now() });
      // What the handler decides by is not the machine's idea of now either.
      expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(HOUR / 2);
      return Promise.resolve();
    };
    const machine = new AdjustableClock();
    machine.setOffset(wrongMs);
    // It sweeps all the time, and is the only one that can be woken.
    const wrong = await start(handler, { machine, options: { sweepMs: 50 } });
    const dueAt = Date.now() + 1_500;
    await schedule(wrong, 'soon', new Date(dueAt));
    await schedule(wrong, 'in-half-an-hour', new Date(Date.now() + HOUR / 2));
    await wrong.deadlines.sweep();
    await waitFor(() => fired.length > 0, { what: 'the one that is due' });
    expect(fired.map(({ id }) => id)).toEqual(['soon']);
    expect(fired[0]?.at).toBeGreaterThanOrEqual(dueAt);
  });

  it('are all found, however many are overdue, behind any number that nobody knows', async () => {
    database = uniqueName('due');
    const fired = new Set<string>();
    const one = await start(({ item }) => Promise.resolve(void fired.add(item._id)), { options: { sweepMs: 60_000 } });
    const nextAt = later(one, -60_000);
    const waiting = (kind: string, count: number, before: number) =>
      Array.from({ length: count }, (_, n) => ({
        _id: `${kind}-${n}`,
        ...{ kind, dueAt: nextAt, nextAt: new Date(nextAt.getTime() - before), payload: {}, state: 'waiting' },
        ...{ attempts: 0, version: 1, claimToken: null, claimedUntil: null },
      }));
    const items = one.store.connection.collection<{ _id: string }>('due_items');
    await items.insertMany([...waiting('newer', 520, 1_000), ...waiting('test', 700, 0)]);
    await one.deadlines.sweep();
    expect(fired.size).toBe(700);
    expect((await one.deadlines.find('newer-0'))?.state).toBe('waiting');
  }, 60_000);

  it('are put into an emptied Redis again, each once, whoever looks', async () => {
    database = uniqueName('due');
    const one = await start(nothing);
    const two = await start(nothing);
    for (let n = 0; n < 30; n += 1) await schedule(one, `item-${n}`, later(one, 60_000 + n));
    await waitFor(async () => (await delayedJobs()).length === 30);
    const jobs = await delayedJobs();
    const redis = new Redis(redisUrl);
    // Only what is ours: other specs have the same Redis.
    const keys = await redis.keys(`${database}:*`);
    await redis.del(...keys);
    redis.disconnect();
    await Promise.all([one.deadlines.fill(), two.deadlines.fill()]);
    expect((await delayedJobs()).sort()).toEqual(jobs.sort());
    await one.deadlines.fill();
    expect(await delayedJobs()).toHaveLength(30);
  });

  it('have their effect once when several processes try the same one unit of work', async () => {
    database = uniqueName('due');
    let tries = 0;
    const withEffect =
      (owner: () => DeadlinesProcess | undefined): DueHandler =>
      async (firing) => {
        const own = owner();
        if (!own) throw new Error('it was not started yet');
        tries += 1;
        await own.unitOfWork.run(async (tx) => {
          const request = { id: `effect-${firing.item._id}`, kind: 'effect', dueAt: new Date(0), payload: {} };
          // A second effect would be seen as a second version.
          await own.deadlines.schedule(tx, request);
          await firing.done(tx);
        });
      };
    const owners: DeadlinesProcess[] = [];
    const setup = { handling: { isOneUnit: true }, options: { sweepMs: 60_000 } };
    for (const own of [0, 1, 2])
      owners.push(
        await start(
          withEffect(() => owners[own]),
          setup,
        ),
      );
    const [first] = owners;
    if (!first) throw new Error('no process');
    const past = later(first, -60_000);
    for (let n = 0; n < 20; n += 1) {
      await first.unitOfWork.run((tx) =>
        first.items.add(tx, { id: `item-${n}`, kind: 'test', dueAt: past, payload: {} }),
      );
    }
    await Promise.all(owners.map(({ deadlines }) => deadlines.sweep()));
    for (let n = 0; n < 20; n += 1) {
      expect(await first.deadlines.find(`effect-item-${n}`)).toMatchObject({ version: 1 });
      expect(await first.deadlines.find(`item-${n}`)).toMatchObject({ state: 'done', attempts: 0 });
    }
    expect(tries).toBeGreaterThanOrEqual(20);
  });

  it('that were given up are tried again when an operator says so, and others are not', async () => {
    database = uniqueName('due');
    let isMended = false;
    const one = await start(() => (isMended ? Promise.resolve() : Promise.reject(new Error('broken'))));
    await schedule(one, 'item', later(one, 20));
    await waitFor(async () => (await one.deadlines.find('item'))?.state === 'failed');
    const retry = (id: string) => one.unitOfWork.run((tx) => one.deadlines.retry(tx, id, 'operator'));
    expect(await retry('none')).toBe(false);
    await schedule(one, 'later', later(one, 3_600_000));
    await schedule(one, 'strange', later(one, -60_000), 'newer');
    expect(await one.items.counts(new Date())).toMatchObject([
      { kind: 'newer', due: 0, late: 1, failed: 0, oldestLate: expect.any(Date) },
      { kind: 'test', due: 1, late: 0, failed: 1 },
    ]);
    expect(await retry('later')).toBe(false);
    isMended = true;
    expect(await retry('item')).toBe(true);
    const done = await waitFor(async () => {
      const item = await one.deadlines.find('item');
      return item?.state === 'done' ? item : undefined;
    });
    expect(done.retried).toMatchObject({ by: 'operator' });
    expect(await retry('item')).toBe(false);
    expect(await one.items.counts(new Date())).toMatchObject([{ failed: 0 }, { failed: 0 }]);
  });

  it('go to another process when the one that has them is killed', async () => {
    await buildServer();
    database = uniqueName('due');
    const child = await processInAHandler();
    const fired: string[] = [];
    const other = await start(({ item }) => Promise.resolve(void fired.push(item._id)), { options: { sweepMs: 100 } });
    expect(await other.deadlines.find('item')).toMatchObject({ state: 'waiting', claimToken: expect.any(String) });
    await other.deadlines.sweep();
    expect(fired).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const done = await waitFor(
      async () => {
        const item = await other.deadlines.find('item');
        return item?.state === 'done' ? item : undefined;
      },
      { timeout: 15_000, what: 'the item of the dead process' },
    );
    expect(done).toMatchObject({ attempts: 0 });
    expect(fired).toEqual(['item']);
  }, 60_000);

  /** A process of its own that has taken an item and is still at it. */
  async function processInAHandler(): Promise<ChildProcess> {
    const settings = { redisUrl, prefix: database, sweepMs: 200, leaseMs: 3_000 };
    const source = `
      import 'reflect-metadata';
      import { SystemClock } from '#calendar/clock.js';
      import { Database } from '#persistence/database.js';
      import { UnitOfWork } from '#persistence/unit-of-work.js';
      import { Deadlines } from '#deadlines/deadlines.service.js';
      import { DueClock } from '#deadlines/due-clock.js';
      import { DueItemsRepository } from '#deadlines/due-items.repository.js';
      import { WakeUps } from '#deadlines/wake-ups.js';
      const settings = ${JSON.stringify(settings)};
      const store = new Database({ url: ${JSON.stringify(mongoUrl)}, name: ${JSON.stringify(database)} });
      const clock = new DueClock(store, new SystemClock());
      const items = new DueItemsRepository(store, clock, settings);
      const deadlines = new Deadlines(items, new WakeUps(settings, clock), clock, settings);
      deadlines.handle('test', () => {
        process.send('begun');
        return new Promise(() => undefined);
      });
      await store.onModuleInit();
      await clock.read();
      deadlines.onApplicationBootstrap();
      const due = { id: 'item', kind: 'test', dueAt: clock.now(), payload: {} };
      await new UnitOfWork(store).run((tx) => deadlines.schedule(tx, due));`;
    const child = fork('-', {
      execArgv: ['--input-type=module', '--eval', source],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    await once(child, 'message');
    return child;
  }
});
