import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { type DueItem, dueItemSchema, type DueRequest, type DueState } from './due-item.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions, withDefaults } from './deadlines-options.js';
import { DueClock } from './due-clock.js';

/** Somebody else has the item by now, or it was cancelled: what was done for it must not be kept. */
export class ClaimLost extends Error {
  constructor(id: string) {
    super(`due item ${id} was taken by another or changed meanwhile`);
  }
}

/** Items looked at in one go. */
const BATCH = 500;

/** What sweeping and waking need of an item that waits. */
export type WaitingMark = Pick<DueItem, '_id' | 'version' | 'nextAt'>;

/** Which items to list. */
export interface ItemsFilter {
  state: DueState;
  kind?: string;
  dueAfter?: Date;
  dueUntil?: Date;
}

/** How much there is of one kind, and when the oldest that is late was due. */
export interface KindCount {
  kind: string;
  due: number;
  late: number;
  failed: number;
  oldestLate?: Date;
}

interface CountGroup {
  _id: { kind: string; state: DueState; late: boolean };
  count: number;
  oldest: Date;
}

/** The due items of one service. */
@Injectable()
export class DueItemsRepository {
  private readonly model: Model<DueItem>;
  private readonly leaseMs: number;

  constructor(
    database: Database,
    private readonly clock: DueClock,
    @Inject(DEADLINES_OPTIONS) options: DeadlinesOptions,
  ) {
    this.model = database.model('due_items', dueItemSchema);
    this.leaseMs = withDefaults(options).leaseMs;
  }

  find(id: string, tx?: Tx): Promise<DueItem | null> {
    return this.model.findById(id, undefined, { session: tx?.session ?? null }).lean<DueItem>();
  }

  /** Makes an item, or gives an existing one a new due date and a new life. */
  async put(tx: Tx, request: DueRequest): Promise<WaitingMark> {
    const existing = await this.find(request.id, tx);
    if (!existing) return this.add(tx, request);
    const mark = { ...this.waiting(request), version: existing.version + 1 };
    const result = await this.model.updateOne(
      { _id: request.id, version: existing.version },
      { $set: mark, $unset: { endedAt: 1, lastError: 1, retried: 1 } },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict('the due item');
    return { _id: request.id, ...mark };
  }

  /** Makes an item with a new identity. @throws WriteConflict when another unit made the same one first */
  async add(tx: Tx, request: DueRequest): Promise<WaitingMark> {
    const item = { _id: request.id, version: 1, ...this.waiting(request) };
    await insertFirst('the due item', () => this.model.create([item], { session: tx.session }));
    return item;
  }

  /** Ends a waiting item without firing it. Returns false when there was none. */
  async cancel(tx: Tx, id: string): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, state: 'waiting' },
      {
        $set: { state: 'cancelled', claimToken: null, claimedUntil: null, endedAt: this.clock.unmoved() },
        $inc: { version: 1 },
      },
      { session: tx.session },
    );
    return result.matchedCount === 1;
  }

  /**
   * Gives an item that failed, for good or up to now, a first attempt at `at`.
   * @returns its version; undefined when it did not fail
   */
  async retry(tx: Tx, id: string, by: string, at: Date): Promise<number | undefined> {
    const item = await this.find(id, tx);
    if (!item || !(item.state === 'failed' || (item.state === 'waiting' && item.attempts > 0))) return undefined;
    const version = item.version + 1;
    const again = { state: 'waiting' as const, nextAt: at, attempts: 0, claimToken: null, claimedUntil: null, version };
    const result = await this.model.updateOne(
      { _id: id, version: item.version, claimToken: item.claimToken },
      { $set: { ...again, retried: { by, at } }, $unset: { endedAt: 1 } },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict('the due item');
    return version;
  }

  /** Takes a due item for this process alone, for the length of the lease. Undefined: somebody else has it. */
  async claim(item: DueItem): Promise<string | undefined> {
    const token = randomUUID();
    const result = await this.model.updateOne(
      { _id: item._id, state: 'waiting', version: item.version, nextAt: item.nextAt, claimToken: item.claimToken },
      { $set: { claimToken: token, claimedUntil: new Date(this.clock.unmoved().getTime() + this.leaseMs) } },
    );
    return result.matchedCount === 1 ? token : undefined;
  }

  /** Ends a claimed item. @throws ClaimLost when it is no longer ours. */
  async end(
    item: DueItem,
    token: string | null,
    state: Exclude<DueState, 'waiting'>,
    tx?: Tx,
    failure: Partial<Pick<DueItem, 'attempts' | 'lastError'>> = {},
  ): Promise<void> {
    await this.settle(item, token, { state, endedAt: this.clock.unmoved(), ...failure }, tx);
  }

  /**
   * Puts a claimed item back, to be tried at `nextAt`. @throws ClaimLost when it is no longer ours.
   * @param waits nobody begins with it before `nextAt` as it is told now, wherever a demo moves the date meanwhile
   */
  async postpone(
    item: DueItem,
    token: string | null,
    change: Pick<DueItem, 'nextAt'> & Partial<Pick<DueItem, 'dueAt' | 'attempts' | 'lastError'>>,
    waits: boolean,
    tx?: Tx,
  ): Promise<void> {
    const claimedUntil = waits ? this.clock.unmovedAt(change.nextAt) : null;
    await this.settle(item, token, { ...change, claimedUntil }, tx);
  }

  /**
   * Waiting items that are due at `until` or earlier and that nobody works on, oldest first, in batches: however many there
   * are, one batch is in memory. What is fired or scheduled meanwhile may be among them or not.
   */
  overdue(until: Date, kinds: readonly string[]): AsyncGenerator<WaitingMark[]> {
    const free = { $or: [{ claimedUntil: null }, { claimedUntil: { $lte: this.clock.unmoved() } }] };
    return this.inBatches({ state: 'waiting', nextAt: { $lte: until }, kind: { $in: kinds }, ...free });
  }

  /** Waiting items that become due after `from`, up to and including `until`, oldest first, in batches. */
  upcoming(from: Date, until: Date): AsyncGenerator<WaitingMark[]> {
    return this.inBatches({ state: 'waiting', nextAt: { $gt: from, $lte: until } });
  }

  private async *inBatches(filter: object): AsyncGenerator<WaitingMark[]> {
    // A cursor, not a page after a page: some engines look at everything behind the position for each page anew.
    const cursor = this.model
      .find(filter, { version: 1, nextAt: 1 })
      .sort({ nextAt: 1 })
      .batchSize(BATCH)
      .lean<WaitingMark[]>()
      .cursor();
    try {
      let batch: WaitingMark[] = [];
      for await (const mark of cursor) {
        batch.push(mark);
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } finally {
      await cursor.close();
    }
  }

  /** When the oldest overdue item was due; undefined when nothing is overdue. What has to wait for a machine is not. */
  async oldestOverdue(): Promise<Date | undefined> {
    const rested = { $or: [{ claimedUntil: null }, { claimedUntil: { $lte: this.clock.unmoved() } }] };
    const begun = { claimToken: { $ne: null } };
    const [oldest] = await this.model
      .find({ state: 'waiting', nextAt: { $lte: this.clock.now() }, $or: [begun, rested] })
      .sort({ nextAt: 1 })
      .limit(1)
      .lean<DueItem[]>();
    return oldest?.dueAt;
  }

  count(state: DueState): Promise<number> {
    return this.model.countDocuments({ state });
  }

  /** How many items wait for their date, are late, and failed, of each kind that has any. */
  async counts(lateBefore: Date): Promise<KindCount[]> {
    const groups = await this.model.aggregate<CountGroup>([
      { $match: { state: { $in: ['waiting', 'failed'] satisfies DueState[] } } },
      {
        $group: {
          _id: { kind: '$kind', state: '$state', late: { $lte: ['$dueAt', lateBefore] } },
          count: { $sum: 1 },
          oldest: { $min: '$dueAt' },
        },
      },
    ]);
    const kinds = [...new Set(groups.map(({ _id }) => _id.kind))].sort();
    return kinds.map((kind) => {
      const sum = (holds: (group: { state: DueState; late: boolean }) => boolean): number =>
        groups.filter(({ _id }) => _id.kind === kind && holds(_id)).reduce((total, { count }) => total + count, 0);
      return {
        kind,
        due: sum(({ state, late }) => state === 'waiting' && !late),
        late: sum(({ state, late }) => state === 'waiting' && late),
        failed: sum(({ state }) => state === 'failed'),
        ...oldestOf(groups, kind),
      };
    });
  }

  /** Items in order of when they are tried, after a position. */
  list(filter: ItemsFilter, after: { at: Date; id: string } | undefined, limit: number): Promise<DueItem[]> {
    const { state, kind, dueAfter, dueUntil } = filter;
    const range = { ...(dueAfter ? { $gt: dueAfter } : {}), ...(dueUntil ? { $lte: dueUntil } : {}) };
    return (
      this.model
        .find({
          state,
          ...(kind === undefined ? {} : { kind }),
          ...(Object.keys(range).length > 0 ? { dueAt: range } : {}),
          ...(after ? { $or: [{ nextAt: { $gt: after.at } }, { nextAt: after.at, _id: { $gt: after.id } }] } : {}),
        })
        // By the one index that every firing has to keep up anyway.
        .sort({ nextAt: 1, _id: 1 })
        .limit(limit)
        .lean<DueItem[]>()
    );
  }

  /** Forgets items that ended before `before`; long enough after, nobody schedules the same identity again. */
  async purge(before: Date): Promise<number> {
    const result = await this.model.deleteMany({ endedAt: { $lt: before } });
    return result.deletedCount;
  }

  private waiting(request: DueRequest): Omit<DueItem, '_id' | 'version'> {
    const { kind, payload } = request;
    const waits = 'waitMs' in request;
    const dueAt = waits ? new Date(this.clock.now().getTime() + request.waitMs) : request.dueAt;
    const claimedUntil = waits ? this.clock.unmovedAt(dueAt) : null;
    return { kind, dueAt, nextAt: dueAt, payload, state: 'waiting', attempts: 0, claimToken: null, claimedUntil };
  }

  private async settle(item: DueItem, token: string | null, change: Partial<DueItem>, tx?: Tx): Promise<void> {
    // What happened after all has no last failure.
    const forgotten = change.attempts === 0 ? { $unset: { lastError: 1 } } : {};
    const result = await this.model.updateOne(
      { _id: item._id, state: 'waiting', version: item.version, claimToken: token },
      { $set: { claimedUntil: null, ...change, claimToken: null }, ...forgotten },
      tx ? { session: tx.session } : {},
    );
    if (result.matchedCount !== 1) throw new ClaimLost(item._id);
  }
}

function oldestOf(groups: readonly CountGroup[], kind: string): { oldestLate?: Date } {
  const late = groups.find(({ _id }) => _id.kind === kind && _id.state === 'waiting' && _id.late);
  return late ? { oldestLate: late.oldest } : {};
}
