import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import { continueTrace, currentTrace, withTrace } from '#messaging/trace.js';
import { idsOf, type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

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

/** Waits until so many facts of a note were handled. */
function handled(noteId: string, count: number): Promise<unknown> {
  return waitFor(async () => (await process.book.handled.countDocuments({ noteId })) >= count, {
    timeout: 10_000,
    what: `${count} facts of ${noteId}`,
  });
}

/** How often the broker delivered a fact to the service, redeliveries included. */
async function deliveries(): Promise<number> {
  const manager = await process.nats.manager();
  return (await manager.consumers.info('FACTS', 'spine')).delivered.consumer_seq;
}

describe('a committed fact', () => {
  it('is handled once, within milliseconds, and marked as sent', async () => {
    const ids = await process.book.write([{ noteId: 'once', version: 1, text: 'first' }]);
    const begin = performance.now();
    await handled('once', 1);
    expect(performance.now() - begin).toBeLessThan(1_000);
    expect(idsOf(process.book.deliveries)).toEqual(ids);
    await waitFor(async () => (await system.outbox({ pending: true })).length === 0);
  });

  it('is a CloudEvent of the NL GOV profile, and carries the trace to the handler', async () => {
    const trace = continueTrace(undefined);
    let seen: string | undefined;
    process.book.before = () => {
      seen = currentTrace()?.correlationId;
    };
    const [id] = await withTrace(trace, () => process.book.write([{ noteId: 'shape', version: 7 }]));
    await handled('shape', 1);
    expect(process.book.deliveries[0]).toEqual({
      specversion: '1.0',
      id,
      source: 'urn:nld:doorstroom:spine',
      type: 'nl.doorstroom.spine.note-written.v1',
      subject: 'shape',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      datacontenttype: 'application/json',
      partitionkey: 'shape',
      sequence: '7',
      traceparent: expect.stringContaining(trace.correlationId),
      data: { noteId: 'shape', version: 7 },
    });
    expect(seen).toBe(trace.correlationId);
  });

  it('of one key is handled in the order of commitment, while other keys go on', async () => {
    process.book.before = async (event) => {
      if (event.partitionkey === 'slow') await new Promise((resolve) => setTimeout(resolve, 15));
    };
    for (let version = 1; version <= 12; version += 1) {
      await process.book.write([
        { noteId: 'slow', version },
        { noteId: 'quick', version },
      ]);
    }
    await handled('quick', 12);
    await handled('slow', 12);
    const expected = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(await process.book.versionsInOrder('slow')).toEqual(expected);
    expect(await process.book.versionsInOrder('quick')).toEqual(expected);
  });

  it('does not exist when the unit of work fails', async () => {
    const before = await system.outbox();
    await expect(
      process.book.write([
        { noteId: 'large', version: 1 },
        { noteId: 'large', version: 2, text: 'x'.repeat(70_000) },
      ]),
    ).rejects.toThrow(/exceeds/);
    expect(await system.outbox()).toHaveLength(before.length);
  });

  it('is handled by one of several processes, none of them twice', async () => {
    const second = await system.start();
    const notes = Array.from({ length: 60 }, (_, index) => ({ noteId: `shared-${index}`, version: 1 }));
    const ids = await process.book.write(notes);
    await waitFor(async () => (await process.book.handled.countDocuments({ _id: { $in: ids } })) === 60, {
      timeout: 10_000,
    });
    const deliveries = [...idsOf(process.book.deliveries), ...idsOf(second.book.deliveries)];
    expect(deliveries.toSorted()).toEqual(ids.toSorted());
    expect(second.book.deliveries.length).toBeGreaterThan(0);
    await second.stop();
  });
});

describe('facts that are kept in turn', () => {
  it('are handled in order of version, also when they are delivered in another', async () => {
    for (const version of [3, 1, 2, 5, 4]) await process.book.writeOrdered([{ noteId: 'turns', version }]);
    await handled('turns', 5);
    expect(await process.book.versionsInOrder('turns')).toEqual([1, 2, 3, 4, 5]);
  });

  it('are handled once when they are published twice', async () => {
    const ids = await process.book.writeOrdered([{ noteId: 'twice', version: 1 }]);
    await handled('twice', 1);
    const [entry] = await system.outbox({ _id: ids[0] });
    // As after the broker's window of de-duplication: the same event under no message id.
    await process.nats.jetstream.publish(entry!.subject, JSON.stringify(entry!.event));
    const [second] = await process.book.writeOrdered([{ noteId: 'twice', version: 2 }]);
    await handled('twice', 2);
    // Also one that is not the first, with its turn just taken and with later ones behind it.
    const [again] = await system.outbox({ _id: second });
    await process.nats.jetstream.publish(again!.subject, JSON.stringify(again!.event));
    for (const version of [3, 4]) await process.book.writeOrdered([{ noteId: 'twice', version }]);
    await process.nats.jetstream.publish(again!.subject, JSON.stringify(again!.event));
    await process.book.writeOrdered([{ noteId: 'twice', version: 5 }]);
    await handled('twice', 5);
    expect(await process.book.versionsInOrder('twice')).toEqual([1, 2, 3, 4, 5]);
    expect(await process.deadLetters.list('failing')).toMatchObject({ items: [] });
  });

  it('wait where they are for a turn in another process: each is delivered once', async () => {
    const second = await system.start();
    const [noteIds, versions] = [['two-a', 'two-b', 'two-c'], 30];
    const deliveredBefore = await deliveries();
    for (let version = 1; version <= versions; version += 1) {
      await process.book.writeOrdered(noteIds.map((noteId) => ({ noteId, version })));
    }
    for (const noteId of noteIds) await handled(noteId, versions);
    expect((await deliveries()) - deliveredBefore).toBe(noteIds.length * versions);
    await second.stop();
  });

  it('do not wait for ever for a version that does not come, and take it when it comes late', async () => {
    const impatient = await spineSystem();
    try {
      const patient = await impatient.start({ consumption: { patienceMs: 600 } });
      for (const version of [1, 3]) await patient.book.writeOrdered([{ noteId: 'gap', version }]);
      await waitFor(async () => (await patient.book.versionsInOrder('gap')).length === 2, { timeout: 10_000 });
      expect(await patient.book.versionsInOrder('gap')).toEqual([1, 3]);
      await patient.book.writeOrdered([{ noteId: 'gap', version: 2 }]);
      await waitFor(async () => (await patient.book.versionsInOrder('gap')).length === 3);
      expect(await patient.deadLetters.count()).toBe(0);
    } finally {
      await impatient.close();
    }
  });
});

describe('a stop', () => {
  it('finishes the facts in hand and leaves the rest to others', async () => {
    const going = await system.start();
    await process.stop();
    going.book.before = () => new Promise((resolve) => setTimeout(resolve, 300));
    const ids = await going.book.write(
      Array.from({ length: 20 }, (_, index) => ({ noteId: `drain-${index}`, version: 1 })),
    );
    await waitFor(() => going.book.deliveries.length > 0);
    await going.stop();
    // Whatever reached the handler was finished before the stop ended.
    expect(going.book.handledAt.size).toBe(going.book.deliveries.length);
    process = await system.start();
    await waitFor(async () => (await process.book.handled.countDocuments({ _id: { $in: ids } })) === 20, {
      timeout: 15_000,
    });
  });

  it('also while the consumer is still starting', async () => {
    const brief = await system.start();
    const begin = performance.now();
    await brief.stop();
    expect(performance.now() - begin).toBeLessThan(3_000);
  });
});
