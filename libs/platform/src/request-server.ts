import { ServerNats, type NatsOptions } from '@nestjs/microservices';
import type { Msg, MsgCallback, NatsConnection, Subscription } from '@nats-io/transport-node';
import { TRACE_HEADER } from '#messaging/headers.js';
import { continueTrace, withTrace } from '#messaging/trace.js';

/** Longest time that requests in hand get at shutdown, milliseconds. */
const DRAIN_MS = 5_000;

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

  override async handleMessage(channel: string, message: Msg): Promise<void> {
    const trace = continueTrace(message.headers?.get(TRACE_HEADER));
    const reply = message.respond.bind(message);
    this.inHand += 1;
    let open = true;
    const done = () => {
      if (open) this.inHand -= 1;
      open = false;
    };
    message.respond = (...args) => {
      done();
      return reply(...args);
    };
    return withTrace(trace, async () => {
      try {
        await super.handleMessage(channel, message);
        // Nobody waits for an answer, so none will end it.
        if (!message.reply) done();
      } catch (error) {
        done();
        this.logger.error(error);
      }
    });
  }

  /** Takes no new requests and waits, for a bounded time, until those in hand were answered. */
  override async close(): Promise<void> {
    for (const subscription of this.bound) subscription.unsubscribe();
    const deadline = performance.now() + DRAIN_MS;
    while (this.inHand > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    await super.close();
  }
}
