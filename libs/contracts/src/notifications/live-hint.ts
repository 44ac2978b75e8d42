import type { IdLists } from '../registration/referenced-ids.js';

/**
 * What notifications says on core NATS, subject `live.meldingen.<personId>`, after each commit that changed an inbox. It may
 * be lost or come twice: it is a reason to ask, and tells which names will be needed for what is found.
 */
export interface LiveHint {
  meldingId: string;
  /** What the melding refers to; absent when that is too much for a hint. */
  refers?: IdLists;
}

/**
 * A unit of work that began earlier may commit after one that began later, and the clocks of two processes differ a
 * little: the live stream looks back so many milliseconds from a position, so that a page that reconnects misses nothing.
 */
export const STREAM_LOOK_BACK_MS = 10_000;
