import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Tx } from '#persistence/unit-of-work.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions, withDefaults } from './deadlines-options.js';
import { DueClock } from './due-clock.js';
import type { DueItem, DueRequest } from './due-item.js';
import { ClaimLost, DueItemsRepository, type WaitingMark } from './due-items.repository.js';
import { type DueHandler, Firing } from './firing.js';
import { DEFAULT_RETRIES, nextAttempt, type RetryPlan } from './retry-rules.js';
import { type WakeUp, WakeUps } from './wake-ups.js';

const DAY_MS = 86_400_000;
/** Ended items are kept longer than the broker keeps facts: a redelivered fact finds that its item already was. */
const KEEP_DAYS = 40;
const PURGE_MS = 3_600_000;
/** How a kind of due item is handled. */
export interface HandlerOptions {
  /** How often and how far apart it is tried again. */
  retries?: RetryPlan;
  /**
   * The handler does nothing but one unit of work that ends the item: then two processes may try, and one of them writes.
   * Spares a write per firing, by which a process otherwise has the item for itself.
   */
  isOneUnit?: boolean;
}

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
  private readonly handlers = new Map<string, Required<HandlerOptions> & { handler: DueHandler }>();
  private readonly options: Required<DeadlinesOptions>;
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeping: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly items: DueItemsRepository,
    private readonly wakeUps: WakeUps,
    private readonly clock: DueClock,
    @Inject(DEADLINES_OPTIONS) options: DeadlinesOptions,
  ) {
    this.options = withDefaults(options);
  }

  /** Registers who handles a kind; done in constructors or `onModuleInit`, before the first item fires. */
  handle(kind: string, handler: DueHandler, options: HandlerOptions = {}): void {
    if (this.handlers.has(kind)) throw new Error(`due items of kind ${kind} have two handlers`);
    this.handlers.set(kind, { handler, retries: DEFAULT_RETRIES, isOneUnit: false, ...options });
  }

  /** Whether this process does what is due of a kind. */
  handles(kind: string): boolean {
    return this.handlers.has(kind);
  }

  /** Makes something due, or gives it another due date; also after it was done or cancelled. */
  async schedule(tx: Tx, request: DueRequest): Promise<void> {
    const { _id: id, version, nextAt: at } = await this.items.put(tx, request);
    tx.afterCommit(() => void this.wakeNear([{ id, version, at }]));
  }

  /** Makes something due that cannot have been due before: its id is new. @throws WriteConflict when it is not */
  async add(tx: Tx, request: DueRequest): Promise<void> {
    const { _id: id, version, nextAt: at } = await this.items.add(tx, request);
    tx.afterCommit(() => void this.wakeNear([{ id, version, at }]));
  }

  /** Calls something off. Returns false when it was not waiting. */
  cancel(tx: Tx, id: string): Promise<boolean> {
    return this.items.cancel(tx, id);
  }

  /**
   * Tries something again now that was given up, or that failed and waits for its next attempt.
   * @param by who wants it. @returns false when there is nothing to try again
   */
  async retry(tx: Tx, id: string, by: string): Promise<boolean> {
    const now = this.clock.now();
    const version = await this.items.retry(tx, id, by, now);
    if (version === undefined) return false;
    tx.afterCommit(() => void this.wakeNear([{ id, version, at: now }]));
    return true;
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
    this.clock.onMoved(() => void this.guarded(() => this.afterMove()));
    this.timers[1] = setInterval(() => {
      const before = new Date(this.clock.unmoved().getTime() - KEEP_DAYS * DAY_MS);
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

  /**
   * Puts what is due soon into Redis: from time to time, and at once when Redis was emptied. Runs by itself and is called by
   * tests.
   */
  async fill(): Promise<void> {
    const now = this.clock.now();
    const filled = await this.wakeUps.filledUntil();
    const ahead = filled ? filled.getTime() - now.getTime() : 0;
    // A third of the horizon ahead is enough; filling at each sweep would only cost.
    if (ahead > this.options.horizonMs / 3 || !this.wakeUps.isReachable()) return;
    const until = new Date(now.getTime() + this.options.horizonMs);
    for await (const near of this.items.upcoming(filled && filled > now ? filled : now, until)) {
      const wakeUps = near.map(({ _id, version, nextAt }) => ({ id: _id, version, at: nextAt }));
      if (this.stopping || !(await this.wakeUps.add(wakeUps))) return;
    }
    await this.wakeUps.mark(until);
  }

  private async sweepAll(): Promise<void> {
    const grace = this.wakeUps.isReachable() ? GRACE_MS : 0;
    const until = new Date(this.clock.now().getTime() - grace);
    for await (const batch of this.items.overdue(until, [...this.handlers.keys()])) {
      const waiting = [...batch];
      const fireNext = async (): Promise<void> => {
        for (let mark = waiting.shift(); mark && !this.stopping; mark = waiting.shift()) await this.once(mark);
      };
      await Promise.all(Array.from({ length: this.options.concurrency }, fireNext));
      if (this.stopping) return;
    }
  }

  private async tick(): Promise<void> {
    if (this.stopping) return;
    await this.clock.read();
    await this.sweep();
    await this.fill();
  }

  /** What became due by a move of the date happens now; a sweep that was under way looked by the date of before. */
  private async afterMove(): Promise<void> {
    await this.sweeping?.catch(() => undefined);
    await this.tick();
  }

  private async wakeNear(wakeUps: WakeUp[]): Promise<void> {
    const until = this.clock.now().getTime() + this.options.horizonMs;
    await this.wakeUps.add(wakeUps.filter(({ at }) => at.getTime() <= until));
  }

  private async wake(id: string, version: number): Promise<void> {
    if (this.stopping) return;
    try {
      const item = await this.items.find(id);
      if (item?.version !== version) return;
      const early = item.nextAt.getTime() - this.clock.now().getTime();
      if (early > PATIENCE_MS) return;
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early + 1));
      await this.once(item, early > 0 ? undefined : item);
    } catch (error) {
      // The sweep comes by again.
      this.logger.warn(`due item ${id}: ${describe(error)}`);
    }
  }

  /**
   * One firing per item at a time in this process; over processes the claim decides, or the handler's unit of work.
   * @param found the item, when it was read just now
   */
  private once({ _id: id, version }: Pick<WaitingMark, '_id' | 'version'>, found?: DueItem): Promise<void> {
    const running = this.inHand.get(id);
    if (running) return running;
    const work = this.guarded(() => this.fire(id, version, found)).finally(() => this.inHand.delete(id));
    this.inHand.set(id, work);
    return work;
  }

  private async fire(id: string, version: number, found?: DueItem): Promise<void> {
    const item = found ?? (await this.items.find(id));
    const now = this.clock.now();
    if (item?.state !== 'waiting' || item.version !== version) return;
    // The due date decides, not who was woken; and the time of the database, not that of this machine.
    if (item.nextAt > now || (item.claimedUntil !== null && item.claimedUntil > this.clock.unmoved())) return;
    const entry = this.handlers.get(item.kind);
    if (!entry) return;
    const token = entry.isOneUnit ? item.claimToken : await this.items.claim(item);
    if (token === undefined) return;
    const firing = new Firing(item, now, token, this.items, (at) => void this.wakeNear([{ id, version, at }]));
    try {
      await entry.handler(firing);
      if (!firing.settled) await this.items.end(item, token, 'done');
    } catch (error) {
      if (error instanceof ClaimLost) return;
      await this.retryLater(item, token, entry.retries, describe(error));
    }
  }

  private async retryLater(item: DueItem, token: string | null, retries: RetryPlan, error: string): Promise<void> {
    const attempts = item.attempts + 1;
    const at = nextAttempt(retries, attempts, this.clock.now());
    if (at === undefined) {
      this.logger.error(`due item ${item._id} failed for good after ${attempts} attempts: ${error}`);
      await this.items.end(item, token, 'failed', undefined, { attempts, lastError: error });
      return;
    }
    this.logger.warn(`due item ${item._id} failed ${attempts}×: ${error}`);
    await this.items.postpone(item, token, { nextAt: at, attempts, lastError: error }, true);
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
