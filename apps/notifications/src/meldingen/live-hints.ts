import { Injectable } from '@nestjs/common';
import { Nats } from '#messaging/nats.js';
import type { Tx } from '#persistence/unit-of-work.js';

/**
 * Tells open pages that an inbox changed: a message on core NATS that may be lost or come twice. Whoever hears it asks
 * what changed (`notifications.meldingen.since`), and asks from time to time without having heard anything.
 */
@Injectable()
export class LiveHints {
  constructor(private readonly nats: Nats) {}

  /** Hints after the commit of a unit of work. */
  afterCommit(tx: Tx, personId: string, meldingId: string): void {
    tx.afterCommit(() => {
      try {
        this.nats.connection.publish(`live.meldingen.${personId}`, JSON.stringify({ meldingId }));
      } catch {
        // The broker is away for the moment: the pages ask by themselves within seconds.
      }
    });
  }
}
