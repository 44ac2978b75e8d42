import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CloudEvent } from '#contracts/fact.js';
import type { WebhookDeliveryState, WebhookState } from '#contracts/notifications/codes.js';
import type { WebhookEventType } from '#contracts/notifications/webhooks.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { Remembered } from '../remembered.js';
import type { SealedSecret } from './secret-rules.js';

/** A subscription of another system. */
export interface WebhookRecord {
  _id: string;
  name: string;
  url: string;
  /** The present signing secret and those that still sign beside it, sealed. */
  secrets: SealedSecret[];
  eventTypes: WebhookEventType[];
  state: WebhookState;
  removed: boolean;
  failingSince: Date | null;
  lastError: string | null;
  lastDeliveredAt: Date | null;
  createdBy: string;
  createdAt: Date;
  version: number;
}

export interface AttemptRecord {
  at: Date;
  status?: number;
  error?: string;
  milliseconds: number;
}

/** One event for one subscription. */
export interface DeliveryRecord {
  /** Follows from subscription and event. */
  _id: string;
  webhookId: string;
  event: CloudEvent;
  state: WebhookDeliveryState;
  attempts: AttemptRecord[];
  createdAt: Date;
  nextAttemptAt: Date | null;
  deliveredAt: Date | null;
}

const webhookSchema = new Schema<WebhookRecord>(
  {
    _id: String,
    name: { type: String, required: true },
    url: { type: String, required: true },
    secrets: { type: Schema.Types.Mixed, required: true },
    eventTypes: { type: [String], required: true },
    state: { type: String, required: true },
    removed: { type: Boolean, required: true },
    failingSince: { type: Date, default: null },
    lastError: { type: String, default: null },
    lastDeliveredAt: { type: Date, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);
webhookSchema.index({ removed: 1 });

const KEEP_SECONDS = 90 * 86_400;

const deliverySchema = new Schema<DeliveryRecord>(
  {
    _id: String,
    webhookId: { type: String, required: true },
    event: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    attempts: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    nextAttemptAt: { type: Date, default: null },
    deliveredAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
deliverySchema.index({ webhookId: 1, createdAt: -1, _id: -1 });
deliverySchema.index({ webhookId: 1, state: 1 });
deliverySchema.index({ createdAt: 1 }, { expireAfterSeconds: KEEP_SECONDS });

/** Attempts that are kept to look at. */
const MOST_ATTEMPTS = 30;

@Injectable()
export class WebhooksRepository {
  private readonly model: Model<WebhookRecord>;
  private readonly deliveries: Model<DeliveryRecord>;
  private readonly remembered: Remembered<WebhookRecord[]>;

  constructor(database: Database) {
    this.model = database.model('webhooks', webhookSchema);
    this.deliveries = database.model('webhook_deliveries', deliverySchema);
    this.remembered = new Remembered(() => this.model.find({ removed: false }).lean<WebhookRecord[]>());
  }

  find(id: string, tx?: Tx): Promise<WebhookRecord | null> {
    return this.model
      .findOne({ _id: id, removed: false }, undefined, { session: tx?.session ?? null })
      .lean<WebhookRecord>();
  }

  list(after: string, limit: number): Promise<WebhookRecord[]> {
    return this.model
      .find({ _id: { $gt: after }, removed: false })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<WebhookRecord[]>();
  }

  /** Subscriptions to a type of event, at most a second old; also those that do not send now: for them it waits. */
  async subscribed(eventType: string): Promise<WebhookRecord[]> {
    const all = await this.remembered.get();
    return all.filter(({ eventTypes }) => eventTypes.some((type) => type === eventType));
  }

  async insert(tx: Tx, webhook: WebhookRecord): Promise<void> {
    tx.afterCommit(() => this.remembered.forget());
    await this.model.create([webhook], { session: tx.session });
  }

  /** Replaces secrets that an earlier version stored readable. Returns how many. */
  async sealReadable(seal: (secret: string, webhookId: string) => SealedSecret[]): Promise<number> {
    const all = await this.model
      .find({ secrets: { $exists: false } })
      .lean<(Pick<WebhookRecord, '_id' | 'removed'> & { secret?: string })[]>();
    for (const { _id, removed, secret } of all) {
      const secrets = removed || secret === undefined ? [] : seal(secret, _id);
      // Not in the schema any more, so it must be said that the old field goes.
      await this.model.updateOne(
        { _id, secrets: { $exists: false } },
        { $set: { secrets }, $unset: { secret: 1 } },
        { strict: false },
      );
    }
    return all.length;
  }

  /** @throws WriteConflict */
  async save(tx: Tx, before: WebhookRecord, change: Partial<Omit<WebhookRecord, '_id' | 'version'>>): Promise<void> {
    tx.afterCommit(() => this.remembered.forget());
    const filter = { _id: before._id, version: before.version };
    const update = { $set: change, $inc: { version: 1 } };
    const result = await this.model.updateOne(filter, update, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the webhook');
  }

  /** Notes how it goes, without touching what the operator set. */
  async note(
    id: string,
    change: Partial<Pick<WebhookRecord, 'failingSince' | 'lastError' | 'lastDeliveredAt'>>,
  ): Promise<void> {
    await this.model.updateOne({ _id: id }, { $set: change });
  }

  findDelivery(id: string, tx?: Tx): Promise<DeliveryRecord | null> {
    return this.deliveries.findById(id, undefined, { session: tx?.session ?? null }).lean<DeliveryRecord>();
  }

  async insertDelivery(tx: Tx, delivery: DeliveryRecord): Promise<void> {
    await this.deliveries.create([delivery], { session: tx.session });
  }

  async saveDelivery(
    tx: Tx,
    delivery: DeliveryRecord,
    change: Partial<Pick<DeliveryRecord, 'state' | 'nextAttemptAt' | 'deliveredAt'>>,
    attempt?: AttemptRecord,
  ): Promise<void> {
    const attempts = attempt ? { attempts: [...delivery.attempts, attempt].slice(-MOST_ATTEMPTS) } : {};
    await this.deliveries.updateOne(
      { _id: delivery._id },
      { $set: { ...change, ...attempts } },
      { session: tx.session },
    );
  }

  waiting(webhookId: string): Promise<DeliveryRecord[]> {
    return this.deliveries.find({ webhookId, state: 'waiting' }).lean<DeliveryRecord[]>();
  }

  countWaiting(webhookId: string): Promise<number> {
    return this.deliveries.countDocuments({ webhookId, state: 'waiting' });
  }

  async cancelWaiting(tx: Tx, webhookId: string): Promise<void> {
    await this.deliveries.updateMany(
      { webhookId, state: 'waiting' },
      { $set: { state: 'cancelled', nextAttemptAt: null } },
      { session: tx.session },
    );
  }

  /** Newest first. */
  listDeliveries(
    webhookId: string,
    state: WebhookDeliveryState | undefined,
    after: { at: Date; id: string } | undefined,
    limit: number,
  ): Promise<DeliveryRecord[]> {
    const position = after
      ? { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] }
      : {};
    return this.deliveries
      .find({ webhookId, ...(state ? { state } : {}), ...position })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<DeliveryRecord[]>();
  }

  async countDisabled(): Promise<number> {
    return this.model.countDocuments({ removed: false, state: 'disabled' });
  }
}
