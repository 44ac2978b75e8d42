import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import type { CloudEvent } from '#contracts/fact.js';
import type { Database } from '#persistence/database.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { isContention } from '#persistence/unit-of-work.js';
import type { DeadLetters } from './dead-letters.js';
import type { ConsumptionOptions } from './messaging-options.js';
import { PoisonFact } from './parse-fact.js';

/** Deliveries that ended without any recorded failure: only a fact that kills its process gets here. */
export const MAX_DELIVERIES = 120;
const AWAY_DELAY_MS = 100;
const OTHER_VERSION_DELAY_MS = 1_000;

/** While versions of a service run side by side, one of them may get facts that only the other handles. */
export class NotForThisVersion extends Error {
  constructor(subject: string) {
    super(`nobody here handles ${subject}`);
  }
}

/** What happens to a fact whose handling failed: again later, counted or not, or a dead letter. */
export class FactFailures {
  private readonly logger = new Logger(FactFailures.name);

  /** @param isStopping true once the process stops: then nothing is waited for */
  constructor(
    private readonly database: Database,
    private readonly deadLetters: DeadLetters,
    private readonly options: ConsumptionOptions,
    private readonly isStopping: () => boolean,
  ) {}

  /** While the database is away nothing can be handled: facts wait in the broker, and no attempt is counted. */
  async untilReachable(): Promise<void> {
    while (!this.isStopping() && !(await this.database.isReachable())) await pause(500);
  }

  /**
   * Maps a failure to a retry or a dead letter. It throws only when the broker cannot be told.
   * @param parsed the fact, where it could be read
   */
  async settle(message: JsMsg, parsed: CloudEvent | undefined, error: unknown): Promise<void> {
    if (error instanceof NotForThisVersion && message.info.deliveryCount <= MAX_DELIVERIES) {
      message.nak(OTHER_VERSION_DELAY_MS);
      return;
    }
    try {
      // Asking the database alone is not enough: it may be back since it failed us. And when others wrote first until the
      // unit of work gave up, nothing is wrong with the fact.
      if (isStorageAway(error) || isContention(error) || !(await this.database.isReachable())) {
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
}

function unreadable(message: JsMsg): CloudEvent {
  return {
    specversion: '1.0',
    // By its content too: in a stream that was made anew another message may stand in its place.
    id: `unreadable-${message.info.stream}-${message.seq}-${createHash('sha256').update(message.data).digest('hex').slice(0, 16)}`,
    source: 'urn:nld:doorstroom:unknown',
    type: 'unreadable',
    time: new Date(message.info.timestampNanos / 1e6).toISOString(),
    datacontenttype: 'application/json',
    partitionkey: message.subject,
    sequence: '0',
    data: { raw: message.string().slice(0, 4_000), subject: message.subject },
  };
}

/** What went wrong, in a line. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : JSON.stringify(error);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
