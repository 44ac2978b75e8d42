import type { CloudEvent, FactDefinition } from '#contracts/fact.js';
import type { Nats } from './nats.js';
import { parseFact } from './parse-fact.js';

/** Messages looked at in one go, going back from the newest. */
const WINDOW = 500;
/** Windows that are looked at in all: other facts may stand between. */
const MOST_WINDOWS = 20;
/** Longest wait for the broker to hand over a window, milliseconds. */
const WAIT_MS = 2_000;

/**
 * The last facts of one kind that the broker still keeps, oldest first; at most `count`. For looking back only: reading
 * here takes nothing from the service's own consumer. A malformed one is left out.
 */
export async function lastFacts<D extends object>(
  nats: Nats,
  fact: FactDefinition<D>,
  count: number,
): Promise<CloudEvent<D>[]> {
  const manager = await nats.manager();
  const { state } = await manager.streams.info(fact.stream);
  const found: CloudEvent<D>[] = [];
  let end = state.last_seq;
  for (let window = 0; window < MOST_WINDOWS && end >= state.first_seq && found.length < count; window += 1) {
    const start = Math.max(state.first_seq, end - WINDOW + 1, 1);
    const texts = await between(nats, fact, start, end);
    const events = await Promise.all(texts.map((text) => parseFact(fact, text).catch(() => undefined)));
    found.unshift(...events.filter((event) => event !== undefined));
    end = start - 1;
  }
  return found.slice(-count);
}

async function between(
  nats: Nats,
  { stream, subject }: Pick<FactDefinition<object>, 'stream' | 'subject'>,
  start: number,
  end: number,
): Promise<string[]> {
  const consumer = await nats.jetstream.consumers.get(stream, { filter_subjects: subject, opt_start_seq: start });
  const { num_pending: pending } = await consumer.info();
  const texts: string[] = [];
  if (pending === 0) return texts;
  const messages = await consumer.fetch({ max_messages: Math.min(pending, WINDOW), expires: WAIT_MS });
  for await (const message of messages) {
    if (message.seq > end) break;
    texts.push(message.string());
    if (message.seq === end) break;
  }
  return texts;
}
