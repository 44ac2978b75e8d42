/**
 * Runs pieces of work at the same time, but those that share a key one after the other, in the order in which they came,
 * and never more than `width` together. Work waits for earlier work only, so it cannot lock up. When a piece fails,
 * nothing after it is begun: what comes later may build on it.
 */
export class OrderedWork {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private failure: { readonly reason: unknown } | undefined;

  constructor(private readonly width: number) {}

  /** Queues work behind all earlier work that has one of its keys. */
  run(keys: readonly string[], work: () => Promise<void>): Promise<void> {
    const before = keys.map((key) => this.tails.get(key) ?? Promise.resolve());
    const mine = Promise.allSettled(before).then(() => this.inSlot(work));
    const settled = mine.catch(() => undefined);
    for (const key of keys) this.tails.set(key, settled);
    void settled.then(() => {
      for (const key of keys) if (this.tails.get(key) === settled) this.tails.delete(key);
    });
    return mine;
  }

  private async inSlot(work: () => Promise<void>): Promise<void> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      if (this.failure) throw this.failure.reason;
      await work();
    } catch (error) {
      this.failure ??= { reason: error };
      throw error;
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
