import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { JetStreamManager, StreamState } from '@nats-io/jetstream';
import { SpanKind } from '@opentelemetry/api';
import { type Model, Schema } from 'mongoose';
import type { StreamName } from '#contracts/fact.js';
import { WallClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { DEFAULT_RETENTION_DAYS } from './messaging-options.js';
import { attributesOf } from './fact-span.js';
import { Nats } from './nats.js';
import { Outbox, type OutboxEntry } from './outbox.js';
import { ensureStream, STREAMS } from './streams.js';
import { inSpan } from './trace.js';

/** What this service last knew of a stream, to notice that the broker lost something. */
interface RelayState {
  /** Stream name. */
  _id: StreamName;
  /** When the stream was made, as the broker tells it; another value means that it was made anew. */
  created: string;
  /** Highest sequence that the broker acknowledged to this service. */
  lastSequence: number;
  /** What was published there; another event in its place means that the broker lost it and went on. */
  lastEventId?: string;
  /** When that was acknowledged: everything before was there then. */
  acknowledgedAt: Date;
}

interface Acknowledged {
  id: string;
  stream: StreamName;
  sequence: number;
  /** During which connection: how often it had been lost before. */
  connection: number;
}

const relayStateSchema = new Schema<RelayState>(
  {
    _id: String,
    created: { type: String, required: true },
    lastSequence: { type: Number, required: true },
    lastEventId: String,
    acknowledgedAt: { type: Date, required: true },
  },
  { versionKey: false },
);

/** Header in which the broker keeps the event id that it was published under. */
const MESSAGE_ID_HEADER = 'Nats-Msg-Id';
/** Entries published at once. */
const BATCH = 256;
/** Entries younger than this are in the hands of the process that committed them. */
const SWEEP_AGE_MS = 2_000;
const SWEEP_INTERVAL_MS = 1_000;
/** How often the relay compares what it was promised with what the broker still has. */
const CHECK_INTERVAL_MS = 2_000;
const PURGE_INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;
/**
 * How far before the last known moment is published again. The broker's clock and ours may differ, and a broker with its
 * default settings loses up to two minutes; publishing too much again is harmless, too little is not.
 */
const MARGIN_MS = 600_000;
/**
 * Acknowledgements are noted in the database so much later, many at a time: nobody waits for the note, and whoever waits
 * for the fact itself has the database to themselves. A crash before it only publishes twice.
 */
const NOTE_AFTER_MS = 250;
/** Longest wait for publications in hand at a stop; what is left waits in the database. */
const STOP_WAIT_MS = 2_000;

/**
 * Publishes outbox entries: at once after each commit, by a sweep what a crash or an absent broker left, and again what
 * the broker promised to keep and lost. Publishing twice is harmless (message id, idempotent consumers).
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly states: Model<RelayState>;
  private readonly known = new Map<StreamName, RelayState>();
  private readonly acknowledged: Acknowledged[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private marking: Promise<void> | undefined;
  private noteNow: () => void = () => undefined;
  /** Up to which disconnection the broker was found to hold what it promised; -1 before the first check. */
  private verified = -1;
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly nats: Nats,
    private readonly clock: WallClock,
    database: Database,
  ) {
    this.states = database.model('relay_state', relayStateSchema);
  }

  async onApplicationBootstrap(): Promise<void> {
    // Before the first publication: the streams are there, and what they hold is known.
    await this.guarded(() => this.checkStreams());
    this.outbox.onStored((entries) => {
      void this.tracked(() => this.publish(entries));
    });
    this.every(SWEEP_INTERVAL_MS, () => this.sweep());
    this.every(CHECK_INTERVAL_MS, () => this.checkStreams());
    this.every(PURGE_INTERVAL_MS, () => this.purge());
    this.nats.onReconnect(() => void this.tracked(() => this.catchUp()));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Publishes what is in hand and stops; what is left waits in the database for the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    this.noteNow();
    const all = Promise.all(this.inFlight).then(() => this.marking);
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref())]);
  }

  /** After the broker was away: what it lost, and what was committed meanwhile. */
  private async catchUp(): Promise<void> {
    await this.checkStreams();
    await this.sweep(0);
  }

  /** Publishes what is left from before, oldest first; runs by itself and is called by tests. */
  async sweep(minimumAgeMs = SWEEP_AGE_MS): Promise<void> {
    while (this.nats.isConnected) {
      const before = new Date(this.clock.now().getTime() - minimumAgeMs);
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
    if (this.stopping || !this.nats.isConnected) return;
    const disconnections = this.nats.disconnections;
    const manager = await this.nats.manager();
    for (const stream of STREAMS) {
      const current = this.known.get(stream) ?? (await this.states.findById(stream).lean<RelayState>());
      // As it was before the broker is asked: what is acknowledged meanwhile would look like a loss.
      const known = current && { ...current };
      const info = await ensureStream(this.nats, stream, manager);
      const remade = known !== null && known.created !== info.created;
      const shorter = known !== null && !remade && !(await this.stillHolds(manager, known, info.state));
      if (known && (remade || shorter)) await this.recover(known, remade, info.state.last_ts);
      if (!known || remade || shorter) {
        const { created, state } = info;
        await this.remember({
          _id: stream,
          created,
          lastSequence: state.last_seq,
          acknowledgedAt: this.clock.now(),
        });
      } else {
        if (!this.known.has(stream)) this.known.set(stream, known);
      }
    }
    this.verified = disconnections;
  }

  /** True when the last message that was promised to be kept is still where it was. */
  private async stillHolds(manager: JetStreamManager, known: RelayState, state: StreamState): Promise<boolean> {
    if (known.lastSequence > state.last_seq) return false;
    // Its age ended its time in the stream.
    if (!known.lastEventId || known.lastSequence < state.first_seq) return true;
    const message = await manager.streams.getMessage(known._id, { seq: known.lastSequence });
    return message?.header.get(MESSAGE_ID_HEADER) === known.lastEventId;
  }

  private async recover(known: RelayState, remade: boolean, lastTimestamp: string): Promise<void> {
    const survived = Math.min(Date.parse(lastTimestamp), known.acknowledgedAt.getTime());
    const since = new Date(remade ? 0 : survived - MARGIN_MS);
    const count = await this.outbox.reopen(known._id, since);
    this.logger.warn(`broker lost facts of ${known._id}; ${count} are published again`);
  }

  /**
   * Publishes without waiting for earlier publications: one connection keeps their order, and consumers hold back what
   * overtook a failed one. @throws the first failure, after the others were noted as acknowledged.
   */
  private async publish(entries: OutboxEntry[]): Promise<void> {
    // The sweep takes them when the broker is back; waiting for it here would only hold them in memory.
    if (!this.nats.isConnected) return;
    const js = this.nats.jetstream;
    const results = await Promise.allSettled(
      entries.map(async (entry) => {
        const { subject, event } = entry;
        const attributes = attributesOf('send', subject, event);
        const ack = await inSpan(
          { name: `send ${subject}`, kind: SpanKind.PRODUCER, attributes },
          event.traceparent,
          () => js.publish(subject, JSON.stringify(event), { msgID: entry._id, timeout: 5_000 }),
        );
        const connection = this.nats.disconnections;
        this.acknowledged.push({ id: entry._id, stream: entry.stream, sequence: ack.seq, connection });
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
    await this.noteTime();
    try {
      while (this.acknowledged.length > 0) {
        const batch = this.acknowledged.splice(0, this.acknowledged.length);
        const sent: string[] = [];
        for (const stream of STREAMS) {
          const mine = batch.filter((entry) => entry.stream === stream);
          if (mine.length > 0 && (await this.raise(stream, mine))) sent.push(...mine.map(({ id }) => id));
        }
        if (sent.length > 0) await this.outbox.markSent(sent);
      }
    } catch (error) {
      this.logger.warn(`outbox: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Resolves when it is time to note, at a stop at once. */
  private noteTime(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.stopping ? 0 : NOTE_AFTER_MS);
      this.noteNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /**
   * Remembers how far a stream is. Returns false when the broker was away since an acknowledgement: it may have lost what
   * it promised, and a later message would hide that. Such entries stay pending, and are published again.
   */
  private async raise(stream: StreamName, batch: readonly Acknowledged[]): Promise<boolean> {
    const known = this.known.get(stream);
    const isSure = ({ connection }: Acknowledged): boolean =>
      connection === this.verified && connection === this.nats.disconnections;
    if (!known || !batch.every(isSure)) return false;
    let last: Acknowledged | undefined;
    for (const entry of batch) if (entry.sequence > (last?.sequence ?? known.lastSequence)) last = entry;
    if (!last) return true;
    const raised = { lastSequence: last.sequence, lastEventId: last.id, acknowledgedAt: this.clock.now() };
    Object.assign(known, raised);
    await this.states.updateOne(
      { _id: stream, created: known.created, lastSequence: { $lt: last.sequence } },
      { $set: raised },
    );
    return true;
  }

  private async remember(state: RelayState): Promise<void> {
    this.known.set(state._id, state);
    await this.states.updateOne(
      { _id: state._id },
      {
        $set: { created: state.created, lastSequence: state.lastSequence, acknowledgedAt: state.acknowledgedAt },
        $unset: { lastEventId: 1 },
      },
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
      void this.tracked(work).finally(() => {
        running = false;
      });
    };
    this.timers.push(setInterval(tick, ms));
  }

  /** Work that a stop waits for; its failure is logged and tried again by the next sweep. */
  private tracked(work: () => Promise<void>): Promise<void> {
    const mine = this.guarded(work).finally(() => this.inFlight.delete(mine));
    this.inFlight.add(mine);
    return mine;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping) this.logger.warn(`outbox: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
