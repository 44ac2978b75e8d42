import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { StreamName } from '#contracts/fact.js';
import { Clock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { DEFAULT_RETENTION_DAYS } from './messaging-options.js';
import { Nats } from './nats.js';
import { Outbox, type OutboxEntry } from './outbox.js';
import { ensureStream, STREAMS } from './streams.js';

/** What this service last knew of a stream, to notice that the broker lost something. */
interface RelayState {
  /** Stream name. */
  _id: StreamName;
  /** When the stream was made, as the broker tells it; another value means that it was made anew. */
  created: string;
  /** Highest sequence that the broker acknowledged to this service. */
  lastSequence: number;
}

const relayStateSchema = new Schema<RelayState>(
  { _id: String, created: { type: String, required: true }, lastSequence: { type: Number, required: true } },
  { versionKey: false },
);

/** Entries published at once. */
const BATCH = 128;
/** Entries younger than this are in the hands of the process that committed them. */
const SWEEP_AGE_MS = 2_000;
const SWEEP_INTERVAL_MS = 1_000;
/** How often the relay compares what it was promised with what the broker still has. */
const CHECK_INTERVAL_MS = 2_000;
const PURGE_INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The broker's clock and ours may differ; publishing too much again is harmless, too little is not. */
const CLOCK_MARGIN_MS = 60_000;

/**
 * Publishes outbox entries: at once after each commit, by a sweep what a crash or an absent broker left, and again what
 * the broker promised to keep and lost. Publishing twice is harmless (message id, idempotent consumers).
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly states: Model<RelayState>;
  private readonly known = new Map<StreamName, RelayState>();
  private readonly acknowledged: { id: string; stream: StreamName; sequence: number }[] = [];
  private readonly inFlight = new Set<Promise<unknown>>();
  private marking: Promise<void> | undefined;
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly nats: Nats,
    private readonly clock: Clock,
    database: Database,
  ) {
    this.states = database.model('relay_state', relayStateSchema);
  }

  onApplicationBootstrap(): void {
    this.outbox.onStored((entries) => {
      const work = this.guarded(() => this.publish(entries)).finally(() => this.inFlight.delete(work));
      this.inFlight.add(work);
    });
    this.every(SWEEP_INTERVAL_MS, () => this.sweep());
    this.every(CHECK_INTERVAL_MS, () => this.checkStreams());
    this.every(PURGE_INTERVAL_MS, () => this.purge());
    this.nats.onReconnect(() => void this.guarded(() => this.checkStreams()));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Publishes what is in hand and stops; what is left waits in the database for the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.inFlight);
    await this.marking;
  }

  /** Publishes what is left from before, oldest first; runs by itself and is called by tests. */
  async sweep(): Promise<void> {
    for (;;) {
      const before = new Date(this.clock.now().getTime() - SWEEP_AGE_MS);
      const left = await this.outbox.pending(before, BATCH);
      if (left.length > 0) await this.publish(left);
      await this.marking;
      if (left.length < BATCH || this.stopping) return;
    }
  }

  /**
   * Compares each stream with what the broker acknowledged. A stream that is gone is made again; when it is new or
   * shorter than promised, what was published since its last message becomes pending again.
   */
  async checkStreams(): Promise<void> {
    if (this.stopping || this.nats.connection.isClosed()) return;
    const manager = await this.nats.manager();
    for (const stream of STREAMS) {
      const info = await ensureStream(this.nats, stream, manager);
      const known = this.known.get(stream) ?? (await this.states.findById(stream).lean<RelayState>());
      const remade = known !== null && known.created !== info.created;
      const shorter = known !== null && known.lastSequence > info.state.last_seq;
      if (remade || shorter) await this.recover(stream, remade, info.state.last_ts);
      if (!known || remade || shorter) {
        await this.remember({ _id: stream, created: info.created, lastSequence: info.state.last_seq });
      } else {
        this.known.set(stream, known);
      }
    }
  }

  private async recover(stream: StreamName, remade: boolean, lastTimestamp: string): Promise<void> {
    const since = remade ? new Date(0) : new Date(Date.parse(lastTimestamp) - CLOCK_MARGIN_MS);
    const count = await this.outbox.reopen(stream, since);
    this.logger.warn(`broker lost facts of ${stream}; ${count} are published again`);
  }

  /**
   * Publishes without waiting for earlier publications: one connection keeps their order, and consumers hold back what
   * overtook a failed one. @throws the first failure, after the others were noted as acknowledged.
   */
  private async publish(entries: OutboxEntry[]): Promise<void> {
    const js = this.nats.jetstream;
    const results = await Promise.allSettled(
      entries.map(async (entry) => {
        const subject = entry.subject;
        const ack = await js.publish(subject, JSON.stringify(entry.event), { msgID: entry._id, timeout: 5_000 });
        this.acknowledged.push({ id: entry._id, stream: entry.stream, sequence: ack.seq });
      }),
    );
    this.marking ??= this.markAcknowledged().finally(() => {
      this.marking = undefined;
    });
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw new Error(`publishing waits: ${String(failure.reason)}`);
  }

  /** Notes acknowledgements in the database, many at a time; a crash before that only publishes twice. */
  private async markAcknowledged(): Promise<void> {
    try {
      while (this.acknowledged.length > 0) {
        const batch = this.acknowledged.splice(0, this.acknowledged.length);
        await this.outbox.markSent(batch.map((entry) => entry.id));
        for (const stream of STREAMS) {
          const sequences = batch.filter((entry) => entry.stream === stream).map((entry) => entry.sequence);
          if (sequences.length > 0) await this.raise(stream, Math.max(...sequences));
        }
      }
    } catch (error) {
      this.logger.warn(`outbox: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async raise(stream: StreamName, sequence: number): Promise<void> {
    const known = this.known.get(stream);
    // Before the first check it is not known which stream this was; the check itself then remembers its length.
    if (!known || sequence <= known.lastSequence) return;
    known.lastSequence = sequence;
    await this.states.updateOne({ _id: stream }, { $max: { lastSequence: sequence } });
  }

  private async remember(state: RelayState): Promise<void> {
    this.known.set(state._id, state);
    await this.states.updateOne(
      { _id: state._id },
      { $set: { created: state.created, lastSequence: state.lastSequence } },
      { upsert: true },
    );
  }

  private async purge(): Promise<void> {
    const days = (this.nats.options.retentionDays ?? DEFAULT_RETENTION_DAYS) + 5;
    await this.outbox.purge(new Date(this.clock.now().getTime() - days * DAY_MS));
  }

  private every(ms: number, work: () => Promise<void>): void {
    let running = false;
    const tick = () => {
      if (running || this.stopping) return;
      running = true;
      void this.guarded(work).finally(() => {
        running = false;
      });
    };
    this.timers.push(setInterval(tick, ms));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping) this.logger.warn(`outbox: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
