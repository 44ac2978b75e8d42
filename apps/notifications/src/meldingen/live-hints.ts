import { Injectable } from '@nestjs/common';
import type { LiveHint } from '#contracts/notifications/live-hint.js';
import { collectIds, idLists } from '#contracts/registration/referenced-ids.js';
import { Nats } from '#messaging/nats.js';
import type { Tx } from '#persistence/unit-of-work.js';
import type { MeldingState } from './melding-state.js';
import { meldingView } from './melding-view.js';

/** A melding of many parts refers to much; its names are asked when it is shown. */
const MOST_PARTS = 10;

/**
 * Tells open pages that an inbox changed: a message on core NATS that may be lost or come twice. Whoever hears it asks
 * what changed (`notifications.meldingen.since`), and asks from time to time without having heard anything.
 */
@Injectable()
export class LiveHints {
  constructor(private readonly nats: Nats) {}

  /** Hints after the commit of a unit of work. */
  afterCommit(tx: Tx, melding: MeldingState): void {
    tx.afterCommit(() => {
      const { _id: meldingId, personId, parts, updatedAt } = melding;
      const refers = parts.length <= MOST_PARTS ? { refers: idLists(collectIds(meldingView(melding, updatedAt))) } : {};
      const hint: LiveHint = { meldingId, ...refers };
      this.publish(`live.meldingen.${personId}`, hint);
    });
  }

  /** Hints that somebody has another caseload, or replaces somebody else, than before: what they may see changed. */
  relationsChanged(tx: Tx, personIds: readonly string[]): void {
    tx.afterCommit(() => {
      for (const personId of new Set(personIds)) this.publish(`live.relations.${personId}`, {});
    });
  }

  private publish(subject: string, body: object): void {
    try {
      this.nats.connection.publish(subject, JSON.stringify(body));
    } catch {
      // The broker is away for the moment: the pages ask by themselves within seconds.
    }
  }
}
