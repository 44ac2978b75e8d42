import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { Clock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { type DueItem, dueItemSchema, type DueRequest, type DueState } from './due-item.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions, withDefaults } from './deadlines-options.js';

/** Somebody else has the item by now, or it was cancelled: what was done for it must not be kept. */
export class ClaimLost extends Error {
  constructor(id: string) {
    super(`due item ${id} was taken by another or changed meanwhile`);
  }
}

/** Items looked at in one go. */
export const BATCH = 200;

/** The due items of one service. */
@Injectable()
export class DueItemsRepository {
  private readonly model: Model<DueItem>;
  private readonly leaseMs: number;

  constructor(
    database: Database,
    private readonly clock: Clock,
    @Inject(DEADLINES_OPTIONS) options: DeadlinesOptions,
  ) {
    this.model = database.model('due_items', dueItemSchema);
    this.leaseMs = withDefaults(options).leaseMs;
  }

  find(id: string, tx?: Tx): Promise<DueItem | null> {
    return this.model.findById(id, undefined, { session: tx?.session ?? null }).lean<DueItem>();
  }

  /** Makes an item, or gives an existing one a new due date and a new life. Returns its version. */
  async put(tx: Tx, request: DueRequest): Promise<number> {
    const existing = await this.find(request.id, tx);
    if (!existing) {
      await this.add(tx, request);
      return 1;
    }
    const version = existing.version + 1;
    const result = await this.model.updateOne(
      { _id: request.id, version: existing.version },
      { $set: { ...waiting(request), version }, $unset: { endedAt: 1, lastError: 1 } },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict('the due item');
    return version;
  }

  /** Makes an item with a new identity. @throws WriteConflict when another unit made the same one first */
  async add(tx: Tx, request: DueRequest): Promise<void> {
    await insertFirst('the due item', () =>
      this.model.create([{ _id: request.id, version: 1, ...waiting(request) }], { session: tx.session }),
    );
  }

  /** Ends a waiting item without firing it. Returns false when there was none. */
  async cancel(tx: Tx, id: string): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, state: 'waiting' },
      {
        $set: { state: 'cancelled', claimToken: null, claimedUntil: null, endedAt: this.clock.now() },
        $inc: { version: 1 },
      },
      { session: tx.session },
    );
    return result.matchedCount === 1;
  }

  /** Takes a due item for this process alone, for the length of the lease. Undefined: somebody else has it. */
  async claim(item: DueItem): Promise<string | undefined> {
    const token = randomUUID();
    const result = await this.model.updateOne(
      { _id: item._id, state: 'waiting', version: item.version, nextAt: item.nextAt, claimToken: item.claimToken },
      { $set: { claimToken: token, claimedUntil: new Date(this.clock.now().getTime() + this.leaseMs) } },
    );
    return result.matchedCount === 1 ? token : undefined;
  }

  /** Ends a claimed item. @throws ClaimLost when it is no longer ours. */
  async end(item: DueItem, token: string, state: Exclude<DueState, 'waiting'>, tx?: Tx, error?: string): Promise<void> {
    await this.settle(item, token, { state, endedAt: this.clock.now(), ...(error ? { lastError: error } : {}) }, tx);
  }

  /** Puts a claimed item back, to be tried at `nextAt`. @throws ClaimLost when it is no longer ours. */
  async postpone(
    item: DueItem,
    token: string,
    change: Partial<Pick<DueItem, 'nextAt' | 'dueAt' | 'attempts' | 'lastError'>>,
    tx?: Tx,
  ): Promise<void> {
    await this.settle(item, token, change, tx);
  }

  /** Waiting items that are due at `until` or earlier and that nobody works on, oldest first. */
  async overdue(until: Date): Promise<DueItem[]> {
    const items = await this.model
      .find({ state: 'waiting', nextAt: { $lte: until } })
      .sort({ nextAt: 1 })
      .limit(BATCH)
      .lean<DueItem[]>();
    const now = this.clock.now();
    return items.filter((item) => item.claimedUntil === null || item.claimedUntil <= now);
  }

  /** Waiting items that become due after `from`, up to and including `until`, oldest first. */
  upcoming(from: Date, until: Date): Promise<DueItem[]> {
    return this.model
      .find({ state: 'waiting', nextAt: { $gt: from, $lte: until } })
      .sort({ nextAt: 1 })
      .lean<DueItem[]>();
  }

  /** When the oldest overdue item was due; undefined when nothing is overdue. */
  async oldestOverdue(): Promise<Date | undefined> {
    const [oldest] = await this.model
      .find({ state: 'waiting', nextAt: { $lte: this.clock.now() } })
      .sort({ nextAt: 1 })
      .limit(1)
      .lean<DueItem[]>();
    return oldest?.dueAt;
  }

  count(state: DueState): Promise<number> {
    return this.model.countDocuments({ state });
  }

  /** Forgets items that ended before `before`; long enough after, nobody schedules the same identity again. */
  async purge(before: Date): Promise<number> {
    const result = await this.model.deleteMany({ endedAt: { $lt: before } });
    return result.deletedCount;
  }

  private async settle(item: DueItem, token: string, change: object, tx?: Tx): Promise<void> {
    const result = await this.model.updateOne(
      { _id: item._id, state: 'waiting', version: item.version, claimToken: token },
      { $set: { ...change, claimToken: null, claimedUntil: null } },
      tx ? { session: tx.session } : {},
    );
    if (result.matchedCount !== 1) throw new ClaimLost(item._id);
  }
}

function waiting({ kind, dueAt, payload }: DueRequest): Omit<DueItem, '_id' | 'version'> {
  const state = 'waiting' as const;
  return { kind, dueAt, nextAt: dueAt, payload, state, attempts: 0, claimToken: null, claimedUntil: null };
}
