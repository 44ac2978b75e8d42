import { Logger } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { AckPolicy, type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';
import { from, isObservable, lastValueFrom } from 'rxjs';
import type { CloudEvent, FactDefinition, StreamName } from '#contracts/fact.js';
import type { Database } from '#persistence/database.js';
import type { DeadLetters } from './dead-letters.js';
import { FactContext } from './fact-context.js';
import { attributesOf } from './fact-span.js';
import { describe, FactFailures, MAX_DELIVERIES, NotForThisVersion } from './fact-failures.js';
import { laneOf, Lanes } from './lanes.js';
import { type ConsumptionOptions, DEFAULT_CONSUMPTION } from './messaging-options.js';
import { Nats } from './nats.js';
import { isFactHandlerExtras, JETSTREAM } from './on-fact.js';
import { parseFact, PoisonFact } from './parse-fact.js';
import { ensureConsumer, ensureStream } from './streams.js';
import { inSpan } from './trace.js';
import { TurnNews } from './turn-news.js';
import { TurnWaiting } from './turn-waiting.js';
import { aggregateOf, OutOfTurn, type Turns } from './turns.js';

const DEFAULT_CONCURRENCY = 32;
/** The broker gives a fact to somebody else when it hears nothing of it for this long. */
const ACK_WAIT_MS = 6_000;
/** A fact that waits for its turn in this process is kept by telling the broker so. */
const HEARTBEAT_MS = 2_000;
/** A fact that waits for its turn looks again by itself after this long, should the news of its turn be lost. */
const LOOK_AGAIN_MS = 1_000;

interface Consumption {
  stream: StreamName;
  facts: Map<string, { fact: FactDefinition<object>; handler: MessageHandler }>;
}

interface Delivery {
  consumption: Consumption;
  message: JsMsg;
  /** True when it waited: then it is tried, whatever is known here of its turn. */
  isAwake: boolean;
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
  private readonly failures: FactFailures;
  private readonly lanes: Lanes;
  /** Facts in hand, waiting ones included: the broker is told that they are. */
  private readonly held = new Set<JsMsg>();
  private readonly waiting = new TurnWaiting<Delivery>((delivery) => this.run({ ...delivery, isAwake: true }));
  private readonly news: TurnNews;
  private readonly iterators = new Set<ConsumerMessages>();
  private readonly loops: Promise<void>[] = [];
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;

  constructor(
    private readonly nats: Nats,
    database: Database,
    private readonly deadLetters: DeadLetters,
    private readonly turns: Turns,
    options: Partial<ConsumptionOptions> = {},
  ) {
    super();
    this.news = new TurnNews(nats);
    const isStopping = () => this.stopping;
    this.failures = new FactFailures(database, deadLetters, { ...DEFAULT_CONSUMPTION, ...options }, isStopping);
    this.lanes = new Lanes(nats.options.concurrency ?? DEFAULT_CONCURRENCY);
  }

  /** Starts a consumer loop per stream. */
  listen(callback: () => void): void {
    const heartbeat = () => {
      if (this.nats.isConnected) for (const message of this.held) message.working();
    };
    this.timers = [
      setInterval(heartbeat, HEARTBEAT_MS),
      setInterval(() => this.waiting.wakeAfter(LOOK_AGAIN_MS), LOOK_AGAIN_MS / 2),
    ];
    this.turns.onTaken((aggregate, version) => {
      this.waiting.taken(aggregate, version);
      this.news.tell(aggregate, version);
    });
    this.nats.onReconnect(() => this.waiting.forgetTurns());
    for (const consumption of this.consumptions()) this.loops.push(this.consumeForEver(consumption));
    callback();
  }

  /** Stops taking facts, finishes those in hand, and only then returns. */
  async close(): Promise<void> {
    this.stopping = true;
    for (const iterator of this.iterators) await iterator.close();
    await Promise.allSettled(this.loops);
    this.news.stop();
    // Others may take them at once; what is in hand may let no more wait.
    for (const { message } of this.waiting.drain()) this.giveBack(message);
    await this.lanes.idle();
    for (const timer of this.timers) clearInterval(timer);
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
    await this.call(entry.handler, checked, entry.fact.subject);
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
        await this.failures.untilReachable();
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

  private async consume(consumption: Consumption): Promise<void> {
    const manager = await this.nats.manager();
    await ensureStream(this.nats, consumption.stream, manager);
    const stream = consumption.stream;
    const durable = this.nats.options.service;
    // Before the first fact comes: who hears of some turns only would think that others were not taken.
    this.news.listen((aggregate, version) => this.waiting.taken(aggregate, version));
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
    this.run({ consumption, message, isAwake: false });
  }

  private run(delivery: Delivery): void {
    const { message } = delivery;
    const work = async () => {
      const isSettled = await this.settle(delivery);
      if (isSettled) this.held.delete(message);
    };
    this.lanes.run(laneOf(message), work).catch((error: unknown) => {
      // Neither yes nor no could be said to the broker: it brings the fact again by itself.
      this.held.delete(message);
      this.logger.warn(`fact at ${message.seq} comes again: ${describe(error)}`);
    });
  }

  /**
   * Maps the outcome of one delivery to acknowledge, retry or dead letter. It throws only when the broker cannot be told.
   * @returns false when the fact goes on waiting here for its turn.
   */
  private async settle(delivery: Delivery): Promise<boolean> {
    const { consumption, message, isAwake } = delivery;
    let event: CloudEvent | undefined;
    let seen: number | undefined;
    try {
      const entry = consumption.facts.get(message.subject);
      if (!entry) throw new NotForThisVersion(message.subject);
      event = await parseFact(entry.fact, message.string());
      if (message.info.deliveryCount > MAX_DELIVERIES) throw new PoisonFact('delivered too often without an outcome');
      const aggregate = aggregateOf(event);
      seen = this.waiting.lastTaken(aggregate);
      if (!isAwake && this.waiting.isEarly(aggregate, Number(event.sequence))) {
        // Trying would only cost the database a transaction.
        this.turns.startsWaiting(event);
        return this.letWait(delivery, event, seen);
      }
      await this.call(entry.handler, event, message.subject);
      if (message.info.deliveryCount > 1) await this.deadLetters.forget(event.id);
    } catch (error) {
      if (event && error instanceof OutOfTurn) return this.letWait(delivery, event, seen);
      await this.failures.settle(message, event, error);
      return true;
    }
    message.ack();
    return true;
  }

  /** Keeps a fact until its turn; at a stop it goes back to the broker. @returns whether it is settled with that */
  private letWait(delivery: Delivery, event: CloudEvent, seen: number | undefined): boolean {
    if (this.stopping) {
      delivery.message.nak();
      return true;
    }
    const earlierDelivery = this.waiting.add(aggregateOf(event), Number(event.sequence), delivery, seen);
    if (earlierDelivery && earlierDelivery.message !== delivery.message) this.held.delete(earlierDelivery.message);
    return false;
  }

  private giveBack(message: JsMsg): void {
    message.nak();
    this.held.delete(message);
  }

  private async call(handler: MessageHandler, event: CloudEvent, subject: string): Promise<void> {
    const of = {
      name: `process ${subject}`,
      kind: SpanKind.CONSUMER,
      attributes: attributesOf('process', subject, event),
      isExpected: (error: unknown) => error instanceof OutOfTurn,
    };
    await inSpan(of, event.traceparent, async () => {
      const result: unknown = await handler(event, new FactContext([event]));
      if (isObservable(result)) await lastValueFrom(from(result), { defaultValue: undefined });
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
