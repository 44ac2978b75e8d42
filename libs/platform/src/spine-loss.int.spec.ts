import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import { type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

let system: SpineSystem;
let process: SpineProcess;

beforeEach(async () => {
  system = await spineSystem();
  process = await system.start();
});
afterEach(() => system.close());

function notes(prefix: string, count: number): { noteId: string; version: number }[] {
  return Array.from({ length: count }, (_, index) => ({ noteId: `${prefix}-${index}`, version: 1 }));
}

/** Waits until exactly these events were handled. */
async function allHandled(ids: string[], timeout = 15_000): Promise<void> {
  await waitFor(async () => (await process.book.handled.countDocuments({ _id: { $in: ids } })) === ids.length, {
    timeout,
    what: `${ids.length} facts`,
  });
}

/** Waits until the broker acknowledged everything that was committed. */
async function allSent(): Promise<void> {
  await waitFor(async () => (await system.outbox({ pending: true })).length === 0, { timeout: 15_000 });
}

describe('the broker', () => {
  it('being away while facts are committed delays them only', async () => {
    await process.book.write(notes('before', 3));
    await system.nats.kill9();
    const ids = await process.book.write(notes('during', 10));
    expect(await system.outbox({ pending: true })).not.toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await system.nats.restart();
    await allHandled(ids);
    await allSent();
    expect(process.book.handledAt.size).toBe(13);
  });

  it('being killed under load loses and doubles nothing', async () => {
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const writing = (async () => {
        for (let index = 0; index < 15; index += 1) {
          ids.push(...(await process.book.write([{ noteId: `load-${round}-${index}`, version: 1 }])));
        }
      })();
      await new Promise((resolve) => setTimeout(resolve, 60));
      await system.nats.kill9();
      await system.nats.restart();
      await writing;
    }
    await allHandled(ids, 25_000);
    await allSent();
    expect((await process.deadLetters.list('dead')).items).toEqual([]);
  }, 40_000);

  it('getting a fact again after its window of de-duplication changes nothing', async () => {
    const ids = await process.book.write(notes('again', 5));
    await allHandled(ids);
    for (const entry of await system.outbox()) {
      // Without the message id the broker takes it for a new one, as it does after its window.
      await process.nats.jetstream.publish(entry.subject, JSON.stringify(entry.event));
    }
    await waitFor(() => process.book.deliveries.length === 10);
    expect(await process.book.handled.countDocuments({})).toBe(5);
  });

  it('losing a whole stream gets it anew, with everything that it had', async () => {
    const ids = await process.book.write(notes('kept', 20));
    await allHandled(ids);
    await allSent();
    const manager = await process.nats.manager();
    await manager.streams.delete('FACTS');
    const more = await process.book.write(notes('after', 5));
    await allHandled([...ids, ...more]);
    await waitFor(async () => (await manager.streams.info('FACTS')).state.messages === 25, { timeout: 15_000 });
    await waitFor(() => new Set(process.book.deliveries.slice(20).map(({ id }) => id)).size === 25);
    expect(await process.book.handled.countDocuments({})).toBe(25);
  });

  it('losing the end of a stream gets that again', async () => {
    const ids = await process.book.write(notes('tail', 10));
    await allHandled(ids);
    await allSent();
    const manager = await process.nats.manager();
    for (const seq of [8, 9, 10]) await manager.streams.deleteMessage('FACTS', seq);
    // With the restart the broker forgets what it had seen, as after a power cut.
    await system.nats.kill9();
    await system.nats.restart();
    const more = await process.book.write(notes('after', 1));
    await waitFor(async () => (await idsInStream()).size === 11, { timeout: 15_000, what: 'all facts in the stream' });
    expect([...(await idsInStream())].toSorted()).toEqual([...ids, ...more].toSorted());
    await allHandled([...ids, ...more]);
    expect(await process.book.handled.countDocuments({})).toBe(11);
  });
});

/** Event ids of the messages that the broker has. */
async function idsInStream(): Promise<Set<string>> {
  const manager = await process.nats.manager();
  const { state } = await manager.streams.info('FACTS');
  const ids = new Set<string>();
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage('FACTS', { seq });
    if (message) ids.add(message.header.get('Nats-Msg-Id'));
  }
  return ids;
}
