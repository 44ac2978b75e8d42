import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions, withDefaults } from './deadlines-options.js';
import type { DueItem, DueRequest } from './due-item.js';
import { BATCH, ClaimLost, DueItemsRepository } from './due-items.repository.js';
import { type DueHandler, Firing } from './firing.js';
import { DEFAULT_RETRIES, nextAttempt, type RetryPlan } from './retry-rules.js';
import { type WakeUp, WakeUps } from './wake-ups.js';

const DAY_MS = 86_400_000;
/** Ended items are kept longer than the broker keeps facts: a redelivered fact finds that its item already was. */
const KEEP_DAYS = 40;
const PURGE_MS = 3_600_000;
/** A wake-up that is early by less than this waits; one that is earlier came from a wrong clock. */
const PATIENCE_MS = 1_000;
/** While Redis works, the sweep leaves this much time to the wake-up. */
const GRACE_MS = 1_000;

/**
 * Makes things happen at their time: never early, at least once, and with a handler that ends the item in its own unit
 * of work exactly once. Redis may be empty, wiped or away: the sweep finds what is due in MongoDB.
 */
@Injectable()
export class Deadlines implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Deadlines.name);
  private readonly handlers = new Map<string, { handler: DueHandler; retries: RetryPlan }>();
  private readonly options: Required<DeadlinesOptions>;
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeping: Promise<void> | undefined;
  private filledUntil = new Date(0);
  private stopping = false;

  constructor(
    private readonly items: DueItemsRepository,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    @Inject(DEADLINES_OPTIONS) options: DeadlinesOptions,
  ) {
    this.options = withDefaults(options);
  }

  /** Registers who handles a kind; done in constructors or `onModuleInit`, before the first item fires. */
  handle(kind: string, handler: DueHandler, retries: RetryPlan = DEFAULT_RETRIES): void {
    if (this.handlers.has(kind)) throw new Error(`due items of kind ${kind} have two handlers`);
    this.handlers.set(kind, { handler, retries });
  }

  /** Makes something due, or gives it another due date; also after it was done or cancelled. */
  async schedule(tx: Tx, request: DueRequest): Promise<void> {
    const version = await this.items.put(tx, request);
    tx.afterCommit(() => void this.wakeNear([{ id: request.id, version, at: request.dueAt }]));
  }

  /** Makes something due that cannot have been due before: its id is new. @throws WriteConflict when it is not */
  async add(tx: Tx, request: DueRequest): Promise<void> {
    await this.items.add(tx, request);
    tx.afterCommit(() => void this.wakeNear([{ id: request.id, version: 1, at: request.dueAt }]));
  }

  /** Calls something off. Returns false when it was not waiting. */
  cancel(tx: Tx, id: string): Promise<boolean> {
    return this.items.cancel(tx, id);
  }

  /** The item as it stands, for callers that decide by it within their unit of work. */
  find(id: string, tx?: Tx): Promise<DueItem | null> {
    return this.items.find(id, tx);
  }

  onApplicationBootstrap(): void {
    this.wakeUps.listen((id, version) => this.wake(id, version));
    const tick = (): void => {
      if (this.stopping) return;
      this.timers[0] = setTimeout(() => void this.guarded(() => this.tick()).finally(tick), this.pauseMs());
    };
    void this.guarded(() => this.tick()).finally(tick);
    this.timers[1] = setInterval(() => {
      const before = new Date(this.clock.now().getTime() - KEEP_DAYS * DAY_MS);
      void this.guarded(() => this.items.purge(before));
    }, PURGE_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.sweeping?.catch(() => undefined);
    await Promise.allSettled(this.inHand.values());
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Fires everything that is overdue now, in bounded batches; runs by itself and is called by tests. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => {
      this.sweeping = undefined;
    });
    return this.sweeping;
  }

  private async sweepAll(): Promise<void> {
    const grace = this.wakeUps.isReachable() ? GRACE_MS : 0;
    for (;;) {
      const overdue = await this.items.overdue(new Date(this.clock.now().getTime() - grace));
      const known = overdue.filter((item) => this.handlers.has(item.kind));
      for (let start = 0; start < known.length && !this.stopping; start += this.options.concurrency) {
        const together = known.slice(start, start + this.options.concurrency);
        await Promise.all(together.map((item) => this.once(item._id, item.version)));
      }
      if (overdue.length < BATCH || this.stopping) return;
    }
  }

  private async tick(): Promise<void> {
    if (this.stopping) return;
    await this.sweep();
    await this.fill();
  }

  /** Puts what is due soon into Redis: from time to time, and at once when Redis was emptied. */
  private async fill(): Promise<void> {
    if (!this.wakeUps.isReachable()) return;
    const now = this.clock.now();
    const same = await this.wakeUps.isSame();
    const from = same && this.filledUntil > now ? this.filledUntil : now;
    const until = new Date(now.getTime() + this.options.horizonMs);
    // A third of the horizon ahead is enough; filling at each sweep would only cost.
    if (same && this.filledUntil.getTime() - now.getTime() > this.options.horizonMs / 3) return;
    const near = await this.items.upcoming(from, until);
    for (let start = 0; start < near.length; start += BATCH) {
      const wakeUps = near
        .slice(start, start + BATCH)
        .map(({ _id, version, nextAt }) => ({ id: _id, version, at: nextAt }));
      if (!(await this.wakeUps.add(wakeUps))) return;
    }
    await this.wakeUps.mark();
    this.filledUntil = until;
  }

  private async wakeNear(wakeUps: WakeUp[]): Promise<void> {
    const until = this.clock.now().getTime() + this.options.horizonMs;
    await this.wakeUps.add(wakeUps.filter(({ at }) => at.getTime() <= until));
  }

  private async wake(id: string, version: number): Promise<void> {
    if (this.stopping) return;
    try {
      const item = await this.items.find(id);
      const early = item ? item.nextAt.getTime() - this.clock.now().getTime() : 0;
      if (early > PATIENCE_MS) return;
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early + 1));
      await this.once(id, version);
    } catch (error) {
      // The sweep comes by again.
      this.logger.warn(`due item ${id}: ${describe(error)}`);
    }
  }

  /** One firing per item at a time in this process; over processes the claim decides. */
  private once(id: string, version: number): Promise<void> {
    const running = this.inHand.get(id);
    if (running) return running;
    const work = this.guarded(() => this.fire(id, version)).finally(() => this.inHand.delete(id));
    this.inHand.set(id, work);
    return work;
  }

  private async fire(id: string, version: number): Promise<void> {
    const item = await this.items.find(id);
    const now = this.clock.now();
    if (item?.state !== 'waiting' || item.version !== version) return;
    // The due date decides, not who was woken: a worker whose clock is ahead fires nothing early.
    if (item.nextAt > now || (item.claimedUntil !== null && item.claimedUntil > now)) return;
    const entry = this.handlers.get(item.kind);
    if (!entry) return;
    const token = await this.items.claim(item);
    if (token === undefined) return;
    const firing = new Firing(item, token, this.items);
    try {
      await entry.handler(firing);
      if (!firing.settled) await this.items.end(item, token, 'done');
    } catch (error) {
      if (error instanceof ClaimLost) return;
      await this.retryLater(item, token, entry.retries, describe(error));
    }
  }

  private async retryLater(item: DueItem, token: string, retries: RetryPlan, error: string): Promise<void> {
    const attempts = item.attempts + 1;
    const at = nextAttempt(retries, attempts, this.clock.now());
    if (at === undefined) {
      this.logger.error(`due item ${item._id} failed for good after ${attempts} attempts: ${error}`);
      await this.items.end(item, token, 'failed', undefined, error);
      return;
    }
    this.logger.warn(`due item ${item._id} failed ${attempts}×: ${error}`);
    await this.items.postpone(item, token, { nextAt: at, attempts, lastError: error }, undefined);
    await this.wakeNear([{ id: item._id, version: item.version, at }]);
  }

  private pauseMs(): number {
    // Without Redis the sweep is all there is: look more often. Jitter keeps processes from looking together.
    const base = this.wakeUps.isReachable() ? this.options.sweepMs : Math.min(this.options.sweepMs, 1_000);
    return base * (0.8 + Math.random() * 0.4);
  }

  private async guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping && !(error instanceof ClaimLost)) this.logger.warn(`deadlines: ${describe(error)}`);
    }
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
