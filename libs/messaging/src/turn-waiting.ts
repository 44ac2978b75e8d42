/** One fact that waits for its predecessor. */
interface Waiter<T> {
  readonly item: T;
  since: number;
}

/** Aggregates whose last turn is remembered; of more, the one that was quiet longest is forgotten. */
const REMEMBERED = 10_000;

/**
 * Facts that came before their predecessor and wait in this process, each until the turn before its own was taken, here or
 * in another process. Only waiting happens here: whose turn it is, is decided in the database (turns.ts).
 */
export class TurnWaiting<T> {
  private readonly aggregates = new Map<string, Map<number, Waiter<T>>>();
  private readonly latest = new Map<string, number>();

  /** @param wake offers a fact to its handler again; @param now monotonic, milliseconds */
  constructor(
    private readonly wake: (item: T) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The last turn of an aggregate that was heard of, if any. */
  lastTaken(aggregate: string): number | undefined {
    return this.latest.get(aggregate);
  }

  /**
   * True when it is hardly the turn of a fact: an earlier one of its aggregate waits here, or a turn well before its own is
   * the last that was heard of. News may be late or lost; so whoever waits tries after a while all the same.
   */
  isEarly(aggregate: string, version: number): boolean {
    if (version > (this.latest.get(aggregate) ?? Infinity) + 1) return true;
    for (const waiting of this.aggregates.get(aggregate)?.keys() ?? []) if (waiting < version) return true;
    return false;
  }

  /**
   * Lets a fact wait. @param seen the last turn that was known before its own was tried: when another was taken since,
   * it may be its turn by now, and it is woken at once.
   * @returns the fact that it takes the place of: the same one, delivered before
   */
  add(aggregate: string, version: number, item: T, seen: number | undefined): T | undefined {
    const waiting = this.aggregates.get(aggregate) ?? new Map<number, Waiter<T>>();
    const before = waiting.get(version);
    waiting.set(version, { item, since: this.now() });
    this.aggregates.set(aggregate, waiting);
    const latest = this.latest.get(aggregate);
    if (latest !== undefined && latest !== seen) this.wakeUpTo(aggregate, latest + 1);
    return before?.item;
  }

  /** A turn was taken, and committed: wakes whoever is next. */
  taken(aggregate: string, version: number): void {
    if ((this.latest.get(aggregate) ?? 0) >= version) return;
    this.latest.delete(aggregate);
    this.latest.set(aggregate, version);
    const [quietest] = this.latest.size > REMEMBERED ? this.latest.keys() : [];
    if (quietest !== undefined) this.latest.delete(quietest);
    this.wakeUpTo(aggregate, version + 1);
  }

  /** Wakes the first of each aggregate that has waited so long: news of a turn may be lost, and patience may end. */
  wakeAfter(waitedMs: number): void {
    const before = this.now() - waitedMs;
    for (const [aggregate, waiting] of this.aggregates) {
      const first = Math.min(...waiting.keys());
      if ((waiting.get(first)?.since ?? Infinity) <= before) this.wakeUpTo(aggregate, first);
    }
  }

  /** Forgets the turns that it heard of: news was lost. */
  forgetTurns(): void {
    this.latest.clear();
  }

  /** Ends all waiting. @returns who waited */
  drain(): T[] {
    const items = [...this.aggregates.values()].flatMap((waiting) => [...waiting.values()].map(({ item }) => item));
    this.aggregates.clear();
    return items;
  }

  private wakeUpTo(aggregate: string, version: number): void {
    const waiting = this.aggregates.get(aggregate);
    if (!waiting) return;
    const ready = [...waiting.keys()].filter((waits) => waits <= version).sort((a, b) => a - b);
    for (const next of ready) {
      const waiter = waiting.get(next);
      waiting.delete(next);
      if (waiter) this.wake(waiter.item);
    }
    if (waiting.size === 0) this.aggregates.delete(aggregate);
  }
}
