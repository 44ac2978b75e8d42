import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadlineRequests } from '#contracts/deadlines.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { Database } from '#persistence/database.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const { list, overview, retry } = deadlineRequests('notifications');
const HOUR = 3_600_000;

describe('what an operator sees of due dates', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    const { app } = running.first;
    const now = Date.now();
    // Nobody knows this kind: it stays as it is.
    for (const [id, inHours] of [
      ['late', -1],
      ['soon', 1],
      ['later', 2],
      ['latest', 3],
    ] as const) {
      const request = { id, kind: 'strange', dueAt: new Date(now + inHours * HOUR), payload: { clientId: 'client-1' } };
      await app.get(UnitOfWork).run((tx) => app.get(Deadlines).schedule(tx, request));
    }
    const broken = { id: 'broken', kind: 'melding', dueAt: new Date(now + HOUR), payload: { meldingId: 'none' } };
    await app.get(UnitOfWork).run((tx) => app.get(Deadlines).schedule(tx, broken));
    await items().updateOne({ _id: 'broken' }, { $set: { state: 'failed', attempts: 12, lastError: 'no answer' } });
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll());

  const items = () => running.first.app.get(Database).connection.collection<{ _id: string }>('due_items');

  it('is how much there is of each kind, and what is late', async () => {
    const seen = await running.ask(overview, {}, operator);
    expect(seen.kinds).toEqual([
      { kind: 'melding', due: 0, late: 0, failed: 1, handled: true },
      { kind: 'strange', due: 3, late: 1, failed: 0, handled: false },
    ]);
    expect(Date.parse(seen.oldestLate ?? '')).toBeLessThan(Date.now());
    expect(seen.clockAheadSeconds).toBe(0);
  });

  it('is a list, page by page, that names no client', async () => {
    const first = await running.ask(list, { state: 'due', kind: 'strange', limit: 2 }, operator);
    const second = await running.ask(list, { state: 'due', kind: 'strange', cursor: first.nextCursor ?? '' }, operator);
    expect([first, second].map(({ items: page }) => page.map(({ id }) => id))).toEqual([['soon', 'later'], ['latest']]);
    expect(second.nextCursor).toBeUndefined();
    const late = await running.ask(list, { state: 'late' }, operator);
    expect(late.items).toMatchObject([{ id: 'late', state: 'late', attempts: 0 }]);
    expect(JSON.stringify([first, second, late])).not.toContain('client-1');
  });

  it('can be tried again when it failed, and only then', async () => {
    const failed = await running.ask(list, { state: 'failed' }, operator);
    expect(failed.items).toMatchObject([{ id: 'broken', error: 'no answer', attempts: 12 }]);
    expect(await running.ask(retry, { id: 'broken' }, operator)).toMatchObject({ retried: { by: 'operator' } });
    await waitFor(async () => (await running.first.app.get(Deadlines).find('broken'))?.state === 'done');
    await expect(running.ask(retry, { id: 'soon' }, operator)).rejects.toMatchObject({ code: 'deadline-not-failed' });
    await expect(running.ask(retry, { id: 'none' }, operator)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is for operators only', async () => {
    await expect(running.ask(overview, {}, callerOf('anna'))).rejects.toMatchObject({ code: 'not-permitted' });
  });
});
