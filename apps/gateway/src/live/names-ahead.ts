import { collectIds, idKinds, type Ids } from '#contracts/registration/referenced-ids.js';
import type { Names, NamesBeside } from '../http/names.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';

/** How long names that were asked ahead may be used, milliseconds: until the melding they were asked for is here. */
const USED_WITHIN_MS = 1_000;
/** A page that is told much at once asks when it shows it. */
const MOST = 4;

interface Asked {
  ids: Ids;
  caller: SignedInCaller['caller'];
  beside: Promise<NamesBeside>;
  at: number;
}

/**
 * Asks names while the melding that needs them is still being asked: each of the two waits for a line of the access log to
 * be stored, and neither needs the other.
 */
export class NamesAhead {
  private asked: Asked[] = [];

  constructor(private readonly names: Pick<Names, 'of' | 'addToEach'>) {}

  /** Begins to ask. */
  expect(ids: Ids, caller: SignedInCaller): void {
    this.forgetOld();
    if (this.asked.length >= MOST) return;
    const beside = this.names.of(ids, caller);
    // Whoever uses it meets its failure; when nobody does, nobody misses it.
    beside.catch(() => undefined);
    this.asked.push({ ids, caller: caller.caller, beside, at: performance.now() });
  }

  /** Each thing with its names beside it: those that were asked ahead when they are all there, else asked now. */
  addToEach(items: readonly object[], caller: SignedInCaller): Promise<unknown[]> {
    this.forgetOld();
    const ids = collectIds(items);
    // Only for the same caller: whoever lost a caseload a moment ago gets no names by it.
    const ahead = this.asked.find((one) => one.caller === caller.caller && covers(one.ids, ids));
    if (ahead) this.asked = this.asked.filter((one) => one !== ahead);
    return this.names.addToEach(items, caller, ahead?.beside);
  }

  private forgetOld(): void {
    const since = performance.now() - USED_WITHIN_MS;
    this.asked = this.asked.filter(({ at }) => at > since);
  }
}

function covers(asked: Ids, wanted: Ids): boolean {
  return idKinds.every((kind) => [...wanted[kind]].every((id) => asked[kind].has(id)));
}
