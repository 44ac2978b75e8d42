/** How long what changes seldom may be remembered, milliseconds: another process may have changed it meanwhile. */
const REMEMBER_MS = 1_000;

/**
 * Something that is asked with every event and changes seldom: looked up once a second at most, by all who ask at the
 * same time together. Whoever changes it forgets it here at once; other processes see the change within a second.
 */
export class Remembered<T> {
  private value: { promise: Promise<T>; until: number } | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  get(): Promise<T> {
    const now = performance.now();
    if (this.value && this.value.until > now) return this.value.promise;
    // A query runs again for each who waits for it; a promise does not.
    const promise = (async () => await this.load())();
    this.value = { promise, until: now + REMEMBER_MS };
    promise.catch(() => this.forget());
    return promise;
  }

  /** The next who asks looks again; a look that is under way is not kept. */
  forget(): void {
    this.value = undefined;
  }
}
