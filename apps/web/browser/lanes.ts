/**
 * Begins the same work for each of several things, in their order and a few at once; who waits for one of them waits for
 * no more than those before it. What fails fails for whoever waits for it, and stops nothing else.
 */
export function begin<Thing, Outcome>(
  things: readonly Thing[],
  lanes: number,
  work: (thing: Thing) => Promise<Outcome>,
): Map<Thing, Promise<Outcome>> {
  const begun = new Map<Thing, Promise<Outcome>>();
  const ends: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  for (const [index, thing] of things.entries()) {
    const lane = index % lanes;
    const outcome = (ends[lane] ?? Promise.resolve()).then(() => work(thing));
    // Nobody may be waiting yet when it fails.
    ends[lane] = outcome.catch(() => undefined);
    begun.set(thing, outcome);
  }
  return begun;
}
