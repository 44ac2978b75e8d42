import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import { type AccessGround, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { WaitingEntryStatus } from '#contracts/codes.js';
import { DEFAULT_PAGE_SIZE, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import {
  type ListWaiting,
  type RegisterWaiting,
  registerWaiting,
  type WaitingEntryChanged,
  type WaitingEntryView,
  type WithdrawWaiting,
  withdrawWaiting,
} from '#contracts/registration/waiting-list.js';
import { Creations } from '../creations.js';
import { pageOf, positionIn, readLimit } from '#persistence/list-position.js';
import { StaysRepository } from '../stays/stays.repository.js';
import { checkOwnClient } from './waiting-list-access-rules.js';
import { compareEntries, isOfferOverdue, openOfferOf, positionsOf, register, withdraw } from './waiting-list-rules.js';
import type { WaitingEntry } from './waiting-list-types.js';
import { entryView } from './waiting-list-view.js';
import { changedOf, type LoadedEntry, WaitingListWriter } from './waiting-list-writer.js';
import { entryOf, type WaitingEntryDocument, WaitingListRepository } from './waiting-list.repository.js';

const OPEN: readonly WaitingEntryStatus[] = ['waiting', 'offered'];

/** The waiting list per kind of place and zwaarte (domain.md §3). Offers are in offers.service.ts. */
@Injectable()
export class WaitingListService {
  constructor(
    private readonly repository: WaitingListRepository,
    private readonly writer: WaitingListWriter,
    private readonly housing: StaysRepository,
    private readonly creations: Creations,
    private readonly clock: Clock,
  ) {}

  /**
   * The row, in the order in which it is served. Positions count everybody; who they are is told of own clients only.
   * Closed entries, and a question about one client, give own clients only.
   */
  async list(query: ListWaiting, caller: Caller): Promise<Protected<Page<WaitingEntryView>>> {
    const today = this.clock.today();
    const { entries, positions } = await this.entriesFor(query);
    const clients = await this.housing.findRelations([...new Set(entries.map(({ clientId }) => clientId))]);
    const groundOf = ({ clientId }: WaitingEntry): AccessGround | undefined => {
      const client = clients.get(clientId);
      return client && groundFor(caller, client);
    };
    const isRow = query.clientId === undefined && (query.status === undefined || OPEN.includes(query.status));
    const shown = isRow ? entries : entries.filter((entry) => groundOf(entry) !== undefined);
    const after = positionIn(query.cursor);
    const start = after === undefined ? 0 : shown.findIndex(({ entryId }) => entryId === after.id) + 1;
    const read = shown.slice(start, start + readLimit(query.limit));
    const page = pageOf(
      read,
      query.limit,
      ({ entryId }) => ({ id: entryId }),
      (entry) =>
        entryView(entry, today, { position: positions.get(entry.entryId), isOwn: groundOf(entry) !== undefined }),
    );
    const subjects = read.slice(0, query.limit ?? DEFAULT_PAGE_SIZE).flatMap((entry) => {
      const ground = groundOf(entry);
      return ground === undefined ? [] : [{ clientId: entry.clientId, ground }];
    });
    return new Protected('read', subjects, { ...page, total: shown.length });
  }

  private async entriesFor({ kind, zwaarte, status, clientId }: ListWaiting) {
    const today = this.clock.today();
    const row = { ...(kind && { kind }), ...(zwaarte && { zwaarte }) };
    const open = await this.repository.where({ ...row, statuses: OPEN });
    const isClosed = status !== undefined && !OPEN.includes(status);
    const found = isClosed ? await this.repository.where({ ...row, statuses: [status] }) : open;
    const statusNow = (entry: WaitingEntry) => (isOfferOverdue(entry, today) ? 'waiting' : entry.status);
    const entries = found
      .filter((entry) => status === undefined || statusNow(entry) === status)
      .filter((entry) => clientId === undefined || entry.clientId === clientId)
      .sort(compareEntries);
    return { entries, positions: positionsOf(open) };
  }

  /** @throws Refusal `not-found`, `already-waiting`, `waiting-since-in-future`, `idempotency-key-reused` */
  async register(request: RegisterWaiting, caller: Caller): Promise<WaitingEntryChanged> {
    const { clientId, kind, zwaarte, urgency, since } = request;
    const operation = registerWaiting.subject;
    const scope = `person:${caller.personId}`;
    const document = await this.creations.once<WaitingEntryDocument>('waiting-entry', scope, request, {
      find: (id, session) => this.repository.find(id, session),
      make: async (tx, { id, requestHash }) => {
        const clients = await this.housing.findRelations([clientId], tx.session);
        const ground = checkOwnClient(caller, clients.get(clientId), 'clientId');
        const others = await this.repository.ofClient(clientId, tx.session);
        const command = { clientId, kind, zwaarte, urgency, ...(since && { since }) };
        const entry = register(command, others, this.writer.contextFor(caller, id));
        this.writer.tell(tx, entry, { change: 'registered', operation });
        this.writer.log(tx, entry, { change: 'registered', operation }, { caller, ground });
        return this.repository.insert(entry, requestHash, tx.session);
      },
      // Two requests for the same client at the same moment: the unique key let one of them through.
      taken: () => Refusal.of('already-waiting', { fields: ['kind', 'zwaarte'] }),
    });
    return changedOf(entryOf(document));
  }

  /** Takes a client off the list; an open offer is withdrawn with it. */
  withdraw({ entryId, reason, expectedVersion }: WithdrawWaiting, caller: Caller): Promise<WaitingEntryChanged> {
    return this.writer.run(entryId, async (tx, loaded: LoadedEntry) => {
      const ground = checkOwnClient(caller, loaded.client, 'entryId');
      const offer = openOfferOf(loaded.entry);
      const [place] = offer === undefined ? [] : await this.housing.findPlaces([offer.placeId], tx.session);
      const context = this.writer.contextFor(caller, '');
      const decision = withdraw({ reason, expectedVersion }, loaded.entry, place, context);
      const event = { change: 'withdrawn', operation: withdrawWaiting.subject, ...(offer && { offer }) } as const;
      await this.writer.save(tx, decision, loaded, event, { caller, ground });
      return changedOf(decision.entry);
    });
  }
}
