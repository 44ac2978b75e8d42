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
