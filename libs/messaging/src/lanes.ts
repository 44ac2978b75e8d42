/**
 * Runs work of one key in the order it came, work of different keys at the same time, and never more than `width`
 * pieces together.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly width: number) {}

  /** Queues work behind earlier work of the same key. The promise never rejects because of other work. */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => this.inSlot(work));
    this.tails.set(key, mine);
    const clear = () => {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    };
    mine.then(clear, clear);
    return mine;
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.allSettled([...this.tails.values()]);
  }

  private async inSlot(work: () => Promise<void>): Promise<void> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      await work();
    } finally {
      const next = this.waiting.shift();
      // The slot goes to the next in line without becoming free in between.
      if (next) next();
      else this.running -= 1;
    }
  }
}

/**
 * The key of a fact: those of one aggregate wait for each other. A fact without an order (sequence 0) waits for nobody, so
 * that many about one client can be handled together.
 */
export function laneOf(fact: { readonly subject: string; readonly seq: number; string(): string }): string {
  // Parsing twice would cost more than a cheap search: the key only decides who waits for whom.
  const [, key, sequence] = /"partitionkey":"([^"]*)","sequence":"(\d+)"/.exec(fact.string()) ?? [];
  if (sequence === '0') return `unordered ${fact.seq}`;
  return key ?? fact.subject;
}
