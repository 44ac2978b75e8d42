import { Injectable } from '@nestjs/common';
import { AccessLog } from '#access/access-log.js';
import { type ClientRelations, groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { type WaitingListChanged, waitingListChanged } from '#contracts/registration/facts.js';
import type { WaitingEntryChanged } from '#contracts/registration/waiting-list.js';
import { Outbox } from '#messaging/outbox.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { StaysRepository } from '../stays/stays.repository.js';
import type { WaitingDecision } from './waiting-list-rules.js';
import { defaultWaitingSettings, type Offer, type WaitingContext, type WaitingEntry } from './waiting-list-types.js';
import { entryOf, type WaitingEntryDocument, WaitingListRepository } from './waiting-list.repository.js';

/** What happens to an entry, for the fact and the access log. */
export interface EntryEvent {
  readonly change: WaitingListChanged['change'];
  /** The offer concerned. */
  readonly offer?: Offer;
  readonly operation: string;
}

/** An entry as it was read in a unit of work. */
export interface LoadedEntry {
  readonly entry: WaitingEntry;
  readonly document: WaitingEntryDocument;
  readonly client: ClientRelations;
}

/** Reads and writes entries of the waiting list in a unit of work, with the fact and the access-log entry. */
@Injectable()
export class WaitingListWriter {
  constructor(
    private readonly repository: WaitingListRepository,
    private readonly housing: StaysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly accessLog: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** Runs a change of one entry. @throws Refusal `unknown-waiting-entry`, and what `change` refuses */
  run<T>(entryId: string, change: (tx: Tx, loaded: LoadedEntry) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      const document = await this.repository.find(entryId, tx.session);
      if (document === null) throw Refusal.of('unknown-waiting-entry', { fields: ['entryId'] });
      const clients = await this.housing.findRelations([document.clientId], tx.session);
      const client = clients.get(document.clientId);
      if (client === undefined) throw new Error(`waiting entry ${entryId} without its client`);
      return change(tx, { entry: entryOf(document), document, client });
    });
  }

  /** Writes an entry, and the place when its offer changed, and tells of it. */
  async save(
    tx: Tx,
    { entry, place }: WaitingDecision,
    { document }: LoadedEntry,
    event: EntryEvent,
    by: { caller: Caller; ground: AccessGround; eventId?: string },
  ): Promise<void> {
    await this.repository.save(entry, document.requestHash, tx.session);
    if (place !== undefined) await this.housing.savePlace(place, tx.session);
    this.tell(tx, entry, event);
    this.log(tx, entry, event, by);
  }

  /** Adds the fact of a change. */
  tell(tx: Tx, { entryId, clientId, version }: WaitingEntry, { change, offer }: EntryEvent): void {
    const { placeId, clusterId, organisationId, answerBy } = offer ?? {};
    const about = { placeId, clusterId, organisationId, answerBy };
    this.outbox.add(
      tx,
      waitingListChanged,
      { entryId, clientId, change, version, ...about },
      { key: entryId, version },
    );
  }

  /** Adds the access-log entry of a change. */
  log(
    tx: Tx,
    { clientId }: WaitingEntry,
    { operation }: EntryEvent,
    { caller, ground, eventId }: { caller: Caller; ground: AccessGround; eventId?: string },
  ): void {
    this.accessLog.record(tx, caller, 'update', operation, [{ clientId, ground }], eventId);
  }

  contextFor(caller: Caller, id: string): WaitingContext {
    return {
      now: this.clock.now(),
      today: this.clock.today(),
      personId: caller.personId,
      newIdFor: () => id,
      settings: defaultWaitingSettings,
    };
  }
}

/** The answer to a change of an own client's entry. */
export function changedOf(
  entry: WaitingEntry,
  more: { offerId?: string; changeId?: string } = {},
): WaitingEntryChanged {
  const { entryId, clientId, status, version } = entry;
  return { entryId, clientId, status, version, ...more };
}

/** The answer to who offers a place: the client is named only when they are the caller's own. */
export function offeredOf(
  entry: WaitingEntry,
  offerId: string,
  caller: Caller,
  client: ClientRelations,
): WaitingEntryChanged {
  const { clientId, ...answer } = changedOf(entry, { offerId });
  return groundFor(caller, client) === undefined ? answer : { ...answer, clientId };
}
