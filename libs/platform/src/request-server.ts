import { ServerNats, type NatsOptions } from '@nestjs/microservices';
import { SpanKind } from '@opentelemetry/api';
import type { Msg, MsgCallback, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Refusal } from '#contracts/refusal.js';
import { TRACE_HEADER } from '#messaging/headers.js';
import { failSpan, openSpan, withTrace } from '#messaging/trace.js';

/** Longest time that requests in hand get at shutdown, milliseconds. */
const DRAIN_MS = 4_000;
/** Longest time for the last answers to leave, milliseconds. */
const FLUSH_MS = 1_000;

/**
 * Nest's NATS server with what we need on top: the trace of the asker, and a shutdown that
 * waits for the requests in hand instead of a fixed time.
 */
export class RequestServer extends ServerNats {
  private inHand = 0;
  private bound: Subscription[] = [];

  /** @param queue queue group: each request goes to one process of the service. */
  constructor(
    options: Required<NatsOptions>['options'],
    private readonly queue: string,
  ) {
    super(options);
  }

  // Nest keeps its subscriptions to itself; a drain needs them.
  override bindEvents(client: Pick<NatsConnection, 'subscribe'>): void {
    this.bound = [...this.messageHandlers.keys()].map((channel) => {
      const callback: MsgCallback<Msg> = (error, message) => {
        if (error) this.logger.error(error.message);
        else void this.handleMessage(channel, message);
      };
      return client.subscribe(channel, { queue: this.queue, callback });
    });
  }

  /** Listens only when the broker knows our subscriptions: whoever asks right after the start gets an answer. */
  override start(callback: (error?: unknown) => void): void {
    super.start(() => {
      this.unwrap<NatsConnection>()
        .flush()
        .then(() => callback(), callback);
    });
  }

  override async handleMessage(channel: string, message: Msg): Promise<void> {
    const attributes = { 'rpc.system.name': 'nats', 'rpc.method': channel };
    const { trace, span } = openSpan(
      { name: channel, kind: SpanKind.SERVER, attributes },
      message.headers?.get(TRACE_HEADER),
    );
    const reply = message.respond.bind(message);
    this.inHand += 1;
    let open = true;
    const done = () => {
      if (!open) return;
      open = false;
      this.inHand -= 1;
      span.end();
    };
    message.respond = (...args) => {
      try {
        return reply(...args);
      } catch (error) {
        // More than a message of the broker carries: whoever asks need not wait until the time is up.
        failSpan(span, error);
        this.logger.error(error);
        return reply(unanswerable(trace.correlationId));
      } finally {
        done();
      }
    };
    return withTrace(trace, async () => {
      try {
        await super.handleMessage(channel, message);
        // Nobody waits for an answer, so none will end it.
        if (!message.reply) done();
      } catch (error) {
        failSpan(span, error);
        done();
        this.logger.error(error);
      }
    });
  }

  /** Takes no new requests and waits, for a bounded time, until those in hand were answered. */
  override async close(): Promise<void> {
    const client = this.bound.length > 0 ? this.unwrap<NatsConnection>() : undefined;
    // Drained rather than ended: what the broker sent before it knew is still answered.
    await atMost(DRAIN_MS, Promise.all(this.bound.splice(0).map((subscription) => subscription.drain())));
    const deadline = performance.now() + DRAIN_MS;
    while (this.inHand > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    // Closing does not wait for what was written; the last answers would be lost.
    if (client) await atMost(FLUSH_MS, client.flush());
    await super.close();
  }
}

/** The packet that says that there is no answer, as Nest writes it. */
function unanswerable(correlationId: string): string {
  return JSON.stringify({ err: Refusal.of('unexpected', { params: { correlationId } }).toJSON(), isDisposed: true });
}

/** Waits for work that a broker that is away would keep for ever. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}
