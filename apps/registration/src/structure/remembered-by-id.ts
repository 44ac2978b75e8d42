/** How long something is remembered, milliseconds: another process may have changed it meanwhile. */
const REMEMBER_MS = 1_000;
const MOST = 5_000;

interface Known<T> {
  /** Under way or found; undefined when there is no such thing. */
  promise: Promise<T | undefined>;
  until: number;
}

/**
 * Looks things up by id, each once a second at most, and together those that are asked together. What does not exist is
 * not remembered: it may be made the next moment.
 */
export class RememberedById<T extends { _id: string }> {
  private readonly known = new Map<string, Known<T>>();

  /** @param load gives those that exist, in any order */
  constructor(private readonly load: (ids: string[]) => Promise<T[]>) {}

  /** Those that exist, each once. */
  async get(ids: readonly string[]): Promise<T[]> {
    const wanted = [...new Set(ids)];
    const now = performance.now();
    const isFresh = (id: string): boolean => (this.known.get(id)?.until ?? 0) > now;
    const fresh = wanted.filter(isFresh).map((id) => this.known.get(id)?.promise);
    const missing = wanted.filter((id) => !isFresh(id));
    const found = await Promise.all([...fresh, ...(missing.length > 0 ? this.look(missing, now) : [])]);
    return found.filter((one) => one !== undefined);
  }

  /** The next who asks looks again; a look that is under way is not kept. */
  forget(id: string): void {
    this.known.delete(id);
  }

  private look(ids: string[], now: number): Promise<T | undefined>[] {
    // More than the memory holds were in use within a second: then it would help nobody.
    if (this.known.size + ids.length > MOST) this.known.clear();
    const loading = this.load(ids).then((found) => new Map(found.map((one) => [one._id, one])));
    return ids.map((id) => {
      const promise = loading.then((found) => found.get(id));
      const entry = { promise, until: now + REMEMBER_MS };
      this.known.set(id, entry);
      const drop = (): void => {
        if (this.known.get(id) === entry) this.known.delete(id);
      };
      promise.then((one) => {
        if (one === undefined) drop();
      }, drop);
      return promise;
    });
  }
}
