/**
 * Gathers what comes within a moment, or while an earlier batch is being stored, and stores it together: many small
 * appends would all contend for the head of the chain.
 */
export class Batches<T> {
  private waiting: { item: T; stored: () => void; failed: (error: unknown) => void }[] = [];
  private storing = false;
  /** Ends the gathering: a batch is full. */
  private enough: () => void = () => undefined;

  /**
   * @param store stores items together or not at all
   * @param largest items of one batch
   * @param gatherMs how long the first item of a batch waits for others
   * @param mayBeOfOne whether a failure may be the fault of a single item; otherwise trying each would only take long
   */
  constructor(
    private readonly store: (items: T[]) => Promise<void>,
    private readonly largest: number,
    private readonly gatherMs: number,
    private readonly mayBeOfOne: (error: unknown) => boolean = () => true,
  ) {}

  /** Resolves when the item was stored. */
  add(item: T): Promise<void> {
    return new Promise((stored, failed) => {
      this.waiting.push({ item, stored, failed });
      if (this.waiting.length >= this.largest) this.enough();
      if (!this.storing) void this.storeWaiting();
    });
  }

  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      await this.gather();
      const batch = this.waiting.splice(0, this.largest);
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

  private async gather(): Promise<void> {
    if (this.waiting.length >= this.largest) return;
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
