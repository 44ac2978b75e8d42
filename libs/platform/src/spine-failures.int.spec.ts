import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '#contracts/fact.js';
import { type DeadLetter, deadLetterRequests } from '#contracts/dead-letters.js';
import { Refusal } from '#contracts/refusal.js';
import { ownEngine } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import { HASTY, type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

const requests = deadLetterRequests('spine');
let system: SpineSystem;
let process: SpineProcess;

beforeAll(async () => {
  system = await spineSystem();
  process = await system.start();
});
afterAll(() => system.close());
afterEach(() => {
  process.book.before = () => undefined;
  process.book.deliveries.length = 0;
});

const operator = () => system.token({ personId: 'operator', roles: ['beheerder'] });

async function deadLetter(id: string): Promise<DeadLetter> {
  return waitFor(
    async () => {
      const letter = await process.deadLetters.find(id);
      return letter?.state === 'dead' ? letter : undefined;
    },
    { timeout: 10_000, what: 'the dead letter' },
  );
}

/** Publishes an event by hand, as another producer with a defect would. */
async function publish(event: Partial<CloudEvent> | string): Promise<void> {
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  await process.nats.jetstream.publish('facts.spine.note-written.v1', text);
}

function eventWith(id: string, changes: Partial<CloudEvent> = {}): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source: 'urn:nld:doorstroom:spine',
    type: 'nl.doorstroom.spine.note-written.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    partitionkey: id,
    sequence: '1',
    data: { noteId: id, version: 1 },
    ...changes,
  };
}

describe('a fact whose handler fails', () => {
  it('is tried again with growing waits, and leaves no trace when it succeeds', async () => {
    const times: number[] = [];
    process.book.before = () => {
      times.push(performance.now());
      if (times.length < 3) throw new Error('not yet');
    };
    const [id] = await process.book.write([{ noteId: 'stumbles', version: 1 }]);
    await waitFor(() => process.book.handledAt.has(id!), { timeout: 10_000 });
    expect(times).toHaveLength(3);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(25);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(50);
    await waitFor(async () => (await process.deadLetters.find(id!)) === undefined);
  });

  it('becomes a dead letter after the last attempt, and does not hold up others of its key', async () => {
    process.book.before = (event) => {
      if (event.data.version === 1) throw new Error('never');
    };
    const [id] = await process.book.write([{ noteId: 'stuck', version: 1 }]);
    await process.book.write([{ noteId: 'stuck', version: 2 }]);
    const letter = await deadLetter(id!);
    expect(letter).toMatchObject({ service: 'spine', attempts: 3, error: 'Error: never', event: { id } });
    expect(await process.book.versionsInOrder('stuck')).toEqual([2]);
    const metrics = await (await fetch(`http://127.0.0.1:${process.port}/metrics`)).text();
    expect(metrics).toMatch(/doorstroom_dead_letters 1/);
  });

  it('is given up at once when no retry can mend it', async () => {
    await publish(eventWith('poison-data', { data: { noteId: 'poison-data', version: 'one' } }));
    const letter = await deadLetter('poison-data');
    expect(letter).toMatchObject({ attempts: 1, event: { id: 'poison-data' } });
    expect(letter.error).toContain('data.version');
    expect(process.book.deliveries).toEqual([]);
  });

  it('is kept as raw text when it is not even an envelope', async () => {
    await publish('{"half":');
    const letter = await waitFor(async () =>
      (await process.deadLetters.list('dead')).items.find(({ event }) => event.type === 'unreadable'),
    );
    expect(letter.event.data).toMatchObject({ raw: '{"half":', subject: 'facts.spine.note-written.v1' });
  });
});

describe('an operator', () => {
  it('sees dead letters, mends one and replays it; fields unknown to the fact fall off', async () => {
    await publish(eventWith('mendable', { data: { noteId: 'mendable' } }));
    await deadLetter('mendable');
    const token = await operator();
    const page = await process.bus.ask(requests.list, {}, token);
    expect(page.items.map(({ id }) => id)).toContain('mendable');

    const again: unknown = await process.bus.ask(requests.replay, { id: 'mendable' }, token).catch((e: unknown) => e);
    expect(again).toBeInstanceOf(Refusal);
    expect(again).toMatchObject({ code: 'dead-letter-fails-again' });
    expect(await process.deadLetters.find('mendable')).toMatchObject({ state: 'dead' });

    const data = { noteId: 'mendable', version: 4, surplus: true };
    const replayed = await process.bus.ask(requests.replay, { id: 'mendable', data }, token);
    expect(replayed).toMatchObject({ state: 'replayed', decision: { by: 'operator' } });
    expect(await process.book.versionsInOrder('mendable')).toEqual([4]);
    expect(process.book.deliveries.at(-1)?.data).toEqual({ noteId: 'mendable', version: 4 });

    const twice: unknown = await process.bus.ask(requests.replay, { id: 'mendable' }, token).catch((e: unknown) => e);
    expect(twice).toMatchObject({ code: 'dead-letter-decided' });
  });

  it('drops one for good: it stays so when the broker brings it again', async () => {
    const event = eventWith('dropped', { data: { noteId: 'dropped' } });
    await publish(event);
    await deadLetter('dropped');
    const token = await operator();
    const dropped = await process.bus.ask(requests.drop, { id: 'dropped', reason: 'a test system sent it' }, token);
    expect(dropped).toMatchObject({ state: 'dropped', decision: { by: 'operator', reason: 'a test system sent it' } });
    await publish(event);
    await publish(eventWith('after-dropped'));
    await waitFor(() => process.book.handledAt.has('after-dropped'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await process.deadLetters.find('dropped')).toMatchObject({ state: 'dropped', attempts: 1 });
  });

  it('alone may: others are refused', async () => {
    const refused: unknown = await process.bus.ask(requests.list, {}, await system.token()).catch((e: unknown) => e);
    expect(refused).toMatchObject({ code: 'not-permitted', status: 403 });
  });

  it('is told 404 for a dead letter that does not exist', async () => {
    const refused: unknown = await process.bus
      .ask(requests.get, { id: 'no' }, await operator())
      .catch((e: unknown) => e);
    expect(refused).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('reads page after page', async () => {
    for (const id of ['page-1', 'page-2', 'page-3']) await publish(eventWith(id, { data: { noteId: id } }));
    for (const id of ['page-1', 'page-2', 'page-3']) await deadLetter(id);
    const token = await operator();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await process.bus.ask(requests.list, { limit: 2, ...(cursor ? { cursor } : {}) }, token);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['page-1', 'page-2', 'page-3']));
  });
});

describe('a database that is away', () => {
  it('stops the consuming without costing an attempt, and nothing is lost or doubled', async () => {
    const mongo = await ownEngine('mongo');
    const own = await spineSystem({ mongoUrl: mongo.url });
    try {
      const consumer = await own.start({ consumption: { ...HASTY.consumption, maxAttempts: 1 } });
      const publishNote = (id: string) =>
        consumer.nats.jetstream.publish('facts.spine.note-written.v1', JSON.stringify(eventWith(id)));
      await publishNote('before');
      await waitFor(() => consumer.book.handledAt.has('before'), { timeout: 10_000 });
      await mongo.kill9();
      for (let index = 0; index < 5; index += 1) await publishNote(`during-${index}`);
      await waitFor(() => consumer.book.deliveries.length > 1);
      const ready = await fetch(`http://127.0.0.1:${consumer.port}/health/ready`);
      expect(await ready.json()).toMatchObject({ database: false, broker: true });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await mongo.restart();
      await waitFor(async () => (await consumer.book.handled.countDocuments({})) === 6, { timeout: 30_000 });
      expect((await consumer.deadLetters.list('dead')).items).toEqual([]);
      expect((await consumer.deadLetters.list('failing')).items).toEqual([]);
    } finally {
      await own.close();
      await mongo.close();
    }
  }, 60_000);
});
