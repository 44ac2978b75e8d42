import { Inject, Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { Clock, WallClock } from '#calendar/clock.js';
import type { CloudEvent, FactDefinition, StreamName } from '#contracts/fact.js';
import { Database } from '#persistence/database.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging-options.js';
import { currentTrace } from './trace.js';

/** A fact that waits to be published, or was published and is kept in case the broker loses it. */
export interface OutboxEntry {
  /** Event id; also the broker's message id. */
  _id: string;
  stream: StreamName;
  subject: string;
  event: CloudEvent;
  createdAt: Date;
  /** Present while the broker has not acknowledged it. */
  pending?: true;
  sentAt?: Date;
}

const outboxSchema = new Schema<OutboxEntry>(
  {
    _id: String,
    stream: { type: String, required: true },
    subject: { type: String, required: true },
    event: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    pending: Boolean,
    sentAt: Date,
  },
  { versionKey: false, minimize: false },
);
outboxSchema.index({ pending: 1, _id: 1 }, { sparse: true });
outboxSchema.index({ sentAt: 1 });

/** Order and identity of a fact. */
export interface FactMeta {
  /** Aggregate that orders the fact, e.g. the client id. */
  key: string;
  /** Version of that aggregate after the change; 0 where order has no meaning. */
  version: number;
  /** Given when the fact's identity is derived from something else; otherwise a new one. */
  eventId?: string;
}

/** Largest event on the wire, bytes (NL GOV profile). */
const MAX_EVENT_BYTES = 64 * 1024;

/**
 * Facts are stored in the same transaction as the change that they tell of, and published after the commit: a change
 * without its fact, or a fact without its change, cannot exist (design.md §4, never lost, never twice).
 */
@Injectable()
export class Outbox {
  private readonly model: Model<OutboxEntry>;
  private readonly buffers = new WeakMap<Tx, OutboxEntry[]>();
  private wake: (entries: OutboxEntry[]) => void = () => undefined;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly wall: WallClock,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    this.model = database.model('outbox', outboxSchema);
  }

  /**
   * Adds a fact to a unit of work. It is written with the unit and published within milliseconds after the commit.
   * @returns the event id.
   * @throws Error when the event would exceed 64 KB.
   */
  add<D extends object>(tx: Tx, fact: FactDefinition<D>, data: D, meta: FactMeta): string {
    const entry = this.entry(fact, data, meta);
    const buffer = this.buffers.get(tx);
    if (buffer) {
      buffer.push(entry);
      return entry._id;
    }
    const entries = [entry];
    this.buffers.set(tx, entries);
    tx.beforeCommit(async () => {
      await this.model.insertMany(entries, { session: tx.session, ordered: true, lean: true });
    });
    tx.afterCommit(() => this.wake(entries));
    return entry._id;
  }

  /** Stores facts outside a transaction, where nothing else is written with them (a read that is logged). */
  async store<D extends object>(fact: FactDefinition<D>, items: { data: D; meta: FactMeta }[]): Promise<void> {
    const entries = items.map((item) => this.entry(fact, item.data, item.meta));
    await this.model.insertMany(entries, { ordered: false, lean: true });
    this.wake(entries);
  }

  /** The relay registers itself here to be told of committed entries. */
  onStored(wake: (entries: OutboxEntry[]) => void): void {
    this.wake = wake;
  }

  /** Entries that the broker has not acknowledged, oldest first, made before `before`. */
  async pending(before: Date, limit: number): Promise<OutboxEntry[]> {
    const entries = await this.model
      .find({ pending: true })
      .sort({ pending: 1, _id: 1 })
      .limit(limit)
      .lean<OutboxEntry[]>();
    return entries.filter((entry) => entry.createdAt < before);
  }

  /** Marks entries as acknowledged by the broker. */
  async markSent(ids: string[]): Promise<void> {
    await this.model.updateMany({ _id: { $in: ids } }, { $set: { sentAt: this.wall.now() }, $unset: { pending: 1 } });
  }

  /** Makes everything published on a stream since `since` pending again; the broker lost it. Returns how many. */
  async reopen(stream: StreamName, since: Date): Promise<number> {
    const result = await this.model.updateMany(
      { stream, sentAt: { $gte: since } },
      { $set: { pending: true }, $unset: { sentAt: 1 } },
    );
    return result.modifiedCount;
  }

  /** Forgets entries that were acknowledged before `before`. Returns how many. */
  async purge(before: Date): Promise<number> {
    const result = await this.model.deleteMany({ sentAt: { $lt: before } });
    return result.deletedCount;
  }

  /** How many entries wait, and since when the oldest does. */
  async backlog(): Promise<{ count: number; oldest?: Date }> {
    const count = await this.model.countDocuments({ pending: true });
    const [oldest] = count === 0 ? [] : await this.pending(this.wall.now(), 1);
    return { count, ...(oldest ? { oldest: oldest.createdAt } : {}) };
  }

  private entry<D extends object>(fact: FactDefinition<D>, data: D, meta: FactMeta): OutboxEntry {
    const id = meta.eventId ?? uuidv7();
    const traceparent = currentTrace()?.traceparent;
    const event: CloudEvent = {
      specversion: '1.0',
      id,
      source: `urn:nld:doorstroom:${this.options.service}`,
      type: fact.type,
      subject: meta.key,
      time: this.clock.now().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: meta.key,
      sequence: String(meta.version),
      ...(traceparent ? { traceparent } : {}),
      data,
    };
    const size = Buffer.byteLength(JSON.stringify(event));
    if (size > MAX_EVENT_BYTES) throw new Error(`Event ${fact.type} of ${size} bytes exceeds ${MAX_EVENT_BYTES}`);
    return { _id: id, stream: fact.stream, subject: fact.subject, event, createdAt: this.wall.now(), pending: true };
  }
}
