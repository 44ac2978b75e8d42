import { Logger } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { AckPolicy, type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { from, isObservable, lastValueFrom } from 'rxjs';
import type { CloudEvent, FactDefinition, StreamName } from '#contracts/fact.js';
import { Database } from '#persistence/database.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { DeadLetters } from './dead-letters.js';
import { FactContext } from './fact-context.js';
import { laneOf, Lanes } from './lanes.js';
import { type ConsumptionOptions, DEFAULT_CONSUMPTION } from './messaging-options.js';
import { Nats } from './nats.js';
import { isFactHandlerExtras, JETSTREAM } from './on-fact.js';
import { parseFact, PoisonFact } from './parse-fact.js';
import { ensureConsumer, ensureStream } from './streams.js';
import { continueTrace, withTrace } from './trace.js';
import { OutOfTurn } from './turns.js';

const DEFAULT_CONCURRENCY = 32;
/** The broker gives a fact to somebody else when it hears nothing of it for this long. */
const ACK_WAIT_MS = 6_000;
/** A fact that waits for its turn in this process is kept by telling the broker so. */
const HEARTBEAT_MS = 2_000;
/** Deliveries that ended without any recorded failure: only a fact that kills its process gets here. */
const MAX_DELIVERIES = 120;
/** Waits of a fact that came before its predecessor: short at first, so that a small overtaking costs little. */
const OUT_OF_TURN_MS = { first: 50, growth: 1.5, longest: 2_000 };
const AWAY_DELAY_MS = 100;
const OTHER_VERSION_DELAY_MS = 1_000;

/** While versions of a service run side by side, one of them may get facts that only the other handles. */
class NotForThisVersion extends Error {
  constructor(subject: string) {
    super(`nobody here handles ${subject}`);
  }
}

interface Consumption {
  stream: StreamName;
  facts: Map<string, { fact: FactDefinition<object>; handler: MessageHandler }>;
}

/**
 * Nest transport for facts: one durable pull consumer per service and stream, explicit acknowledgement after the
 * handler's own write, bounded concurrency, order per key, backoff, dead letters, and a drain at shutdown.
 */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  // Our handler call waits for the stream that Nest returns, so that a failure reaches `settle`.
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger(JetStreamStrategy.name);
  private readonly options: ConsumptionOptions;
  private readonly lanes: Lanes;
  private readonly held = new Set<JsMsg>();
  private readonly iterators = new Set<ConsumerMessages>();
  private readonly loops: Promise<void>[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly nats: Nats,
    private readonly database: Database,
    private readonly deadLetters: DeadLetters,
    options: Partial<ConsumptionOptions> = {},
  ) {
    super();
    this.options = { ...DEFAULT_CONSUMPTION, ...options };
    this.lanes = new Lanes(nats.options.concurrency ?? DEFAULT_CONCURRENCY);
  }

  /** Starts a consumer loop per stream. */
  listen(callback: () => void): void {
    this.heartbeat = setInterval(() => {
      for (const message of this.held) message.working();
    }, HEARTBEAT_MS);
    for (const consumption of this.consumptions()) this.loops.push(this.consumeForEver(consumption));
    callback();
  }

  /** Stops taking facts, finishes those in hand, and only then returns. */
  async close(): Promise<void> {
    this.stopping = true;
    for (const iterator of this.iterators) await iterator.close();
    await Promise.allSettled(this.loops);
    await this.lanes.idle();
    clearInterval(this.heartbeat);
  }

  on(): void {
    // The strategy has no events of its own.
  }

  unwrap(): never {
    throw new Error('The broker connection is the Nats provider');
  }

  /**
   * Handles one fact as if it had just been delivered: the road of an operator's replay.
   * @throws PoisonFact when no handler takes it or its data are invalid; otherwise what the handler throws.
   */
  async handle(event: CloudEvent): Promise<void> {
    const entry = this.consumptions()
      .flatMap((consumption) => [...consumption.facts.values()])
      .find(({ fact }) => fact.type === event.type);
    if (!entry) throw new PoisonFact(`nobody here handles ${event.type}`);
    const checked = await parseFact(entry.fact, JSON.stringify(event));
    await this.call(entry.handler, checked);
  }

  private consumptions(): Consumption[] {
    const byStream = new Map<StreamName, Consumption>();
    for (const handler of this.messageHandlers.values()) {
      if (!isFactHandlerExtras(handler.extras)) continue;
      const { fact } = handler.extras;
      const consumption = byStream.get(fact.stream) ?? { stream: fact.stream, facts: new Map() };
      consumption.facts.set(fact.subject, { fact, handler });
      byStream.set(fact.stream, consumption);
    }
    return [...byStream.values()];
  }

  private async consumeForEver(consumption: Consumption): Promise<void> {
    while (this.goesOn()) {
      try {
        await this.untilReachable();
        await this.consume(consumption);
      } catch (error) {
        if (!this.goesOn()) return;
        this.logger.warn(`consuming ${consumption.stream} waits: ${describe(error)}`);
        await pause(500);
      }
    }
  }

  /** A call, because the answer changes while others are awaited. */
  private goesOn(): boolean {
    return !this.stopping;
  }

  /** While the database is away nothing can be handled: facts wait in the broker, and no attempt is counted. */
  private async untilReachable(): Promise<void> {
    while (!this.stopping && !(await this.database.isReachable())) await pause(500);
  }

  private async consume(consumption: Consumption): Promise<void> {
    const manager = await this.nats.manager();
    await ensureStream(this.nats, consumption.stream, manager);
    const stream = consumption.stream;
    const durable = this.nats.options.service;
    await ensureConsumer(manager, stream, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      deliver_policy: DeliverPolicy.All,
      filter_subjects: [...consumption.facts.keys()],
      max_ack_pending: 2_048,
      // Bounded by our own count, kept in the database: a message at the broker's limit would stay behind unseen.
      max_deliver: -1,
    });
    const consumer = await this.nats.jetstream.consumers.get(stream, durable);
    const messages = await consumer.consume({
      max_messages: 4 * (this.nats.options.concurrency ?? DEFAULT_CONCURRENCY),
      expires: 10_000,
      // The stream may have been deleted under us: end, make it again, go on.
      abort_on_missing_resource: true,
    });
    this.iterators.add(messages);
    try {
      // The stop may have come while the broker was asked. The closing itself goes through the loop below.
      if (this.stopping) void messages.close();
      for await (const message of messages) this.take(consumption, message);
    } finally {
      this.iterators.delete(messages);
    }
  }

  private take(consumption: Consumption, message: JsMsg): void {
    if (this.stopping) {
      message.nak();
      return;
    }
    this.held.add(message);
    const lane = laneOf(message);
    void this.lanes.run(lane, () => this.settle(consumption, message)).finally(() => this.held.delete(message));
  }

  /** Maps the outcome of one delivery to acknowledge, retry or dead letter. It never throws. */
  private async settle(consumption: Consumption, message: JsMsg): Promise<void> {
    let event: CloudEvent | undefined;
    try {
      const entry = consumption.facts.get(message.subject);
      if (!entry) throw new NotForThisVersion(message.subject);
      event = await parseFact(entry.fact, message.string());
      if (message.info.deliveryCount > MAX_DELIVERIES) throw new PoisonFact('delivered too often without an outcome');
      await this.call(entry.handler, event);
      if (message.info.deliveryCount > 1) await this.deadLetters.forget(event.id);
      message.ack();
    } catch (error) {
      await this.retryOrGiveUp(message, event, error);
    }
  }

  private async retryOrGiveUp(message: JsMsg, parsed: CloudEvent | undefined, error: unknown): Promise<void> {
    if (error instanceof NotForThisVersion && message.info.deliveryCount <= MAX_DELIVERIES) {
      message.nak(OTHER_VERSION_DELAY_MS);
      return;
    }
    if (error instanceof OutOfTurn) {
      const { first, growth, longest } = OUT_OF_TURN_MS;
      message.nak(Math.min(first * growth ** (message.info.deliveryCount - 1), longest));
      return;
    }
    try {
      // Asking the database alone is not enough: it may be back since it failed us.
      if (isStorageAway(error) || !(await this.database.isReachable())) {
        await this.untilReachable();
        message.nak(AWAY_DELAY_MS);
        return;
      }
      const event = parsed ?? (error instanceof PoisonFact ? error.event : undefined) ?? unreadable(message);
      const { attempts, state } = await this.deadLetters.countFailure(event, describe(error));
      if (state !== 'failing') {
        message.term(`already ${state}`);
        return;
      }
      if (error instanceof PoisonFact || attempts >= this.options.maxAttempts) {
        await this.deadLetters.giveUp(event);
        this.logger.error(`fact ${event.id} (${event.type}) is a dead letter after ${attempts}: ${describe(error)}`);
        message.term('dead letter');
        return;
      }
      this.logger.warn(`fact ${event.id} (${event.type}) failed ${attempts}×: ${describe(error)}`);
      message.nak(Math.min(this.options.backoffMs * 2 ** (attempts - 1), this.options.maxBackoffMs));
    } catch (failure) {
      this.logger.warn(`fact at ${message.seq} comes again: ${describe(failure)}`);
      message.nak(1_000);
    }
  }

  private async call(handler: MessageHandler, event: CloudEvent): Promise<void> {
    await withTrace(continueTrace(event.traceparent), async () => {
      const result: unknown = await handler(event, new FactContext([event]));
      if (isObservable(result)) await lastValueFrom(from(result), { defaultValue: undefined });
    });
  }
}

function unreadable(message: JsMsg): CloudEvent {
  return {
    specversion: '1.0',
    id: `unreadable-${message.info.stream}-${message.seq}`,
    source: 'urn:nld:doorstroom:unknown',
    type: 'unreadable',
    time: new Date(message.info.timestampNanos / 1e6).toISOString(),
    datacontenttype: 'application/json',
    partitionkey: message.subject,
    sequence: '0',
    data: { raw: message.string().slice(0, 4_000), subject: message.subject },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : JSON.stringify(error);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
