/**
 * Gathers what comes within a moment, or while an earlier batch is being stored, and stores it together: many small
 * appends would all contend for the head of the chain.
 */
export class Batches<T> {
  private waiting: { item: T; stored: () => void; failed: (error: unknown) => void }[] = [];
  /** Of all that wait. */
  private weight = 0;
  private storing = false;
  /** Ends the gathering: a batch is full. */
  private enough: () => void = () => undefined;

  /**
   * @param store stores items together or not at all
   * @param largest what one batch may weigh; a single item that weighs more goes by itself
   * @param gatherMs how long the first item of a batch waits for others
   * @param mayBeOfOne whether a failure may be the fault of a single item; otherwise trying each would only take long
   * @param weigh what an item adds to its batch
   */
  constructor(
    private readonly store: (items: T[]) => Promise<void>,
    private readonly largest: number,
    private readonly gatherMs: number,
    private readonly mayBeOfOne: (error: unknown) => boolean = () => true,
    private readonly weigh: (item: T) => number = () => 1,
  ) {}

  /** Resolves when the item was stored. */
  add(item: T): Promise<void> {
    return new Promise((stored, failed) => {
      this.waiting.push({ item, stored, failed });
      this.weight += this.weigh(item);
      if (this.weight >= this.largest) this.enough();
      if (!this.storing) void this.storeWaiting();
    });
  }

  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      await this.gather();
      const batch = this.takeBatch();
      try {
        await this.store(batch.map(({ item }) => item));
        for (const { stored } of batch) stored();
      } catch (error) {
        // A single one that cannot be stored is found by being alone at last.
        if (batch.length > 1 && this.mayBeOfOne(error)) await this.storeOneByOne(batch);
        else for (const { failed } of batch) failed(error);
      }
    }
    this.storing = false;
  }

  /** From the front, as many as fit; one at least. */
  private takeBatch(): typeof this.waiting {
    let count = 0;
    let weight = 0;
    for (const { item } of this.waiting) {
      const heavier = weight + this.weigh(item);
      if (count > 0 && heavier > this.largest) break;
      weight = heavier;
      count += 1;
    }
    this.weight -= weight;
    return this.waiting.splice(0, count);
  }

  private async gather(): Promise<void> {
    if (this.weight >= this.largest) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.gatherMs);
      this.enough = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async storeOneByOne(batch: typeof this.waiting): Promise<void> {
    for (const { item, stored, failed } of batch) {
      try {
        await this.store([item]);
        stored();
      } catch (error) {
        failed(error);
      }
    }
  }
}
