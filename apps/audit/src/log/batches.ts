/**
 * Gathers what comes while an earlier batch is being stored and stores it together: many small appends would all
 * contend for the head of the chain.
 */
export class Batches<T> {
  private waiting: { item: T; stored: () => void; failed: (error: unknown) => void }[] = [];
  private storing = false;

  /** @param store stores items together or not at all; @param largest items of one batch */
  constructor(
    private readonly store: (items: T[]) => Promise<void>,
    private readonly largest: number,
  ) {}

  /** Resolves when the item was stored. */
  add(item: T): Promise<void> {
    return new Promise((stored, failed) => {
      this.waiting.push({ item, stored, failed });
      if (!this.storing) void this.storeWaiting();
    });
  }

  private async storeWaiting(): Promise<void> {
    this.storing = true;
    // What arrives in the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.largest);
      try {
        await this.store(batch.map(({ item }) => item));
        for (const { stored } of batch) stored();
      } catch (error) {
        // Each fails for itself and comes again; a single one that cannot be stored is found by being alone at last.
        if (batch.length === 1) batch[0]?.failed(error);
        else await this.storeOneByOne(batch);
      }
    }
    this.storing = false;
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
