import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AdjustableClock, Clock } from '#calendar/clock.js';
import { waitFor } from '#testing/wait-for.js';
import { DemoClock } from './demo-clock.js';
import { type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';
import { whoAmI } from './test-support/spine-contracts.js';

const DAY = 86_400_000;

describe('the date of a demonstration', () => {
  let system: SpineSystem;
  const running: SpineProcess[] = [];

  beforeAll(async () => {
    system = await spineSystem();
    system.config.DEMO_CLOCK = '1';
  }, 60_000);
  afterEach(async () => {
    for (const process of running.splice(0)) await process.stop();
  }, 30_000);
  afterAll(() => system.close(), 30_000);

  async function start(): Promise<SpineProcess> {
    const process = await system.start();
    running.push(process);
    return process;
  }

  const demoOf = (process: SpineProcess): DemoClock => process.get(DemoClock);
  const offsetOf = (process: SpineProcess): number => process.get(Clock).offsetMs;
  const daysLater = (days: number) => (now: Date) => new Date(now.getTime() + days * DAY);
  /** Days between two offsets; what went by in real time meanwhile does not matter. */
  const daysBetween = (from: { offsetMs: number }, to: { offsetMs: number }): number =>
    Math.round((to.offsetMs - from.offsetMs) / DAY);

  it('moves in every process, and is known to one that starts later before it does anything', async () => {
    const [one, two] = [await start(), await start()];
    let told = 0;
    two.get(Clock).onMoved(() => (told += 1));
    const before = await demoOf(one).current();
    const { offsetMs } = await demoOf(one).move(daysLater(90));
    expect(daysBetween(before, { offsetMs })).toBe(90);
    await waitFor(() => offsetOf(two) === offsetMs, { what: 'the other process to follow' });
    expect([offsetOf(one), told]).toEqual([offsetMs, 1]);
    await one.stop();
    const three = await start();
    expect(offsetOf(three)).toBe(offsetMs);
  });

  it('moves for two who move it at once one after the other, or tells the second what it is now', async () => {
    const [one, two] = [await start(), await start()];
    const before = await demoOf(one).current();
    await Promise.all([demoOf(one).move(daysLater(1)), demoOf(two).move(daysLater(1))]);
    const both = await demoOf(one).current();
    expect(daysBetween(before, both)).toBe(2);
    const outcomes = await Promise.allSettled(
      [one, two].map((process) => demoOf(process).move(daysLater(1), both.revision)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'stale-version' });
    expect(daysBetween(before, await demoOf(two).current())).toBe(3);
    await waitFor(() => offsetOf(one) === offsetOf(two));
  });

  it('survives a broker that dies, and one that forgot it', async () => {
    const one = await start();
    const { offsetMs } = await demoOf(one).move(daysLater(30));
    await system.nats.kill9();
    await system.nats.restart();
    await waitFor(() => one.nats.isReachable(), { what: 'the broker to be back' });
    const two = await start();
    expect(offsetOf(two)).toBe(offsetMs);

    const manager = await one.nats.manager();
    await manager.streams.delete('KV_demo-clock');
    await system.nats.kill9();
    await system.nats.restart();
    // Whoever knows how far it was moved tells the broker again: nobody goes back in time.
    const told = async (): Promise<boolean> => (await demoOf(two).current()).offsetMs === offsetMs;
    await waitFor(() => told().catch(() => false), { timeout: 15_000, what: 'the broker to know again' });
    expect(offsetOf(await start())).toBe(offsetMs);
    const further = await demoOf(one).move(daysLater(1));
    await waitFor(() => offsetOf(two) === further.offsetMs, { timeout: 15_000, what: 'a move after all that' });
  }, 60_000);

  it('is caught up with by a process that is asked by somebody who knows more', async () => {
    const [one, two] = [await start(), await start()];
    const clock = one.get(Clock);
    if (!(clock instanceof AdjustableClock)) throw new Error('the clock cannot be moved');
    // As if the news had reached only one of them yet.
    const ahead = clock.offsetMs + 7 * DAY;
    clock.raiseOffset(ahead);
    const token = await system.token();
    await waitFor(
      async () => {
        await one.bus.ask(whoAmI, {}, token);
        return offsetOf(two) === ahead;
      },
      { what: 'a question to reach the other process' },
    );
  });

  it('moves no proof of a caller, and nothing at all outside a demonstration', async () => {
    const one = await start();
    await demoOf(one).move(daysLater(400));
    expect(await one.bus.ask(whoAmI, {}, await system.token())).toMatchObject({ personId: 'person-1' });
    system.config.DEMO_CLOCK = '0';
    try {
      const still = await start();
      expect(offsetOf(still)).toBe(0);
      await expect(demoOf(still).current()).rejects.toMatchObject({ code: 'not-found' });
      await expect(demoOf(still).move(daysLater(1))).rejects.toMatchObject({ code: 'not-found' });
    } finally {
      system.config.DEMO_CLOCK = '1';
    }
  });

  it('cannot be moved in production: the service does not start', async () => {
    system.config.NODE_ENV = 'production';
    try {
      await expect(start()).rejects.toThrow(/^DEMO_CLOCK must not be 1 in production/);
    } finally {
      system.config.NODE_ENV = 'test';
    }
  });
});
