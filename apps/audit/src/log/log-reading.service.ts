import { Injectable } from '@nestjs/common';
import { type AccessGround, type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type {
  AccessEntry,
  ClientAccess,
  ListClientAccess,
  ListPersonAccess,
  PersonAccess,
} from '#contracts/audit/access-log.js';
import { ACCESS_ACTIONS, type AccessActionCode, accessLogged } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { Outbox } from '#messaging/outbox.js';
import { currentTrace } from '#messaging/trace.js';
import { fittingPage } from '#persistence/page-size.js';
import { readableBy } from '../relations/relation-rules.js';
import { RelationsRepository } from '../relations/relations.repository.js';
import { type EntryQuery, LogRepository } from './log.repository.js';
import type { EntryDocument } from './log.schema.js';

const DAY_MS = 86_400_000;
/** First period that is searched for a page; it doubles until the page is full. */
const FIRST_PERIOD_DAYS = 30;

type Range = Pick<ListClientAccess, 'from' | 'until' | 'cursor' | 'limit'>;

/** Reads the log, for those who may; reading it is an access too and is logged as one. */
@Injectable()
export class LogReading {
  constructor(
    private readonly repository: LogRepository,
    private readonly relations: RelationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Who looked at or changed a client, records merged into it included; for who had to do with the client before, what
   * was done in that time and by their own side.
   * @throws Refusal `not-found` when the caller has nothing to do with the client.
   */
  async ofClient(query: ListClientAccess, caller: Caller): Promise<Protected<Page<ClientAccess>>> {
    const told = await this.relations.of(query.clientId);
    const readable = readableBy(caller, told ?? { clientId: query.clientId, parts: [], undone: [], states: [] });
    if (readable === undefined) throw Refusal.of('not-found');
    const { ground, only } = readable;
    const clientIds = [query.clientId, ...(told?.mergedFrom ?? [])];
    const page = await this.page({ clientIds, ...(only && { only }) }, query);
    const items = page.items.map((entry) => ({ ...toEntry(entry), ground: groundIn(entry, clientIds) }));
    return new Protected('read', [{ clientId: query.clientId, ground }], { ...page, items });
  }

  /**
   * What a person did. The person sees which clients; an operator sees how many.
   * @throws Refusal `not-permitted` for somebody else who is no operator.
   */
  async ofPerson(query: ListPersonAccess, caller: Caller): Promise<Protected<Page<PersonAccess>>> {
    const own = caller.personId === query.personId;
    if (!own && !caller.roles.includes('beheerder')) throw Refusal.of('not-permitted');
    const page = await this.page({ actorId: query.personId }, query);
    if (!own) await this.logReadingAbout(query.personId, caller);
    const view = (entry: EntryDocument): PersonAccess => ({
      ...toEntry(entry),
      clientCount: entry.subjects.length,
      ...(own ? { clientIds: entry.subjects.map(({ clientId }) => clientId) } : {}),
    });
    const { shown, told } = fittingPage(page, view, cursorAfter);
    return new Protected('read', own ? subjectsIn(told) : [], shown);
  }

  /** One's own log names clients and is logged per client by its seal; this logs the reading about a colleague. */
  private async logReadingAbout(personId: string, caller: Caller): Promise<void> {
    const correlationId = currentTrace()?.correlationId;
    const data = {
      at: this.clock.now().toISOString(),
      actorId: caller.personId,
      actorKind: caller.kind,
      actorRoles: caller.roles,
      ...(caller.organisationId ? { actorOrganisationId: caller.organisationId } : {}),
      action: 'read' as const,
      operation: 'audit.people.list',
      subjects: [],
      aboutPersonId: personId,
      emergency: false,
      ...(correlationId ? { correlationId } : {}),
    };
    await this.outbox.store(accessLogged, [{ data, meta: { key: personId, version: 0 } }]);
  }

  /** Walks back in growing periods until the page is full: a long history costs what is shown of it. */
  private async page(
    whose: Pick<EntryQuery, 'clientIds' | 'actorId' | 'only'>,
    { from, until, cursor, limit = DEFAULT_PAGE_SIZE }: Range,
  ): Promise<Page<EntryDocument>> {
    const before = positionOf(cursor);
    const beginning = await this.repository.beginning();
    // Clocks of services differ a little: the first entry need not be the earliest.
    const earliest = Math.max(from ? Date.parse(from) : 0, (beginning?.getTime() ?? Infinity) - DAY_MS);
    let end = Math.min(
      until ? Date.parse(until) : this.clock.now().getTime() + DAY_MS,
      before ? before.at.getTime() + 1 : Infinity,
    );
    const found: EntryDocument[] = [];
    for (let days = FIRST_PERIOD_DAYS; end > earliest && found.length <= limit; days *= 2) {
      const start = Math.max(earliest, end - days * DAY_MS);
      const period = { ...whose, from: new Date(start), until: new Date(end), ...(before ? { before } : {}) };
      found.push(...(await this.repository.list(period, limit + 1 - found.length)));
      end = start;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last ? { items, nextCursor: cursorAfter(last) } : { items };
  }
}

function cursorAfter({ _id: sequence, at }: EntryDocument): string {
  return encodeCursor({ at: at.getTime(), sequence });
}

function positionOf(cursor: string | undefined): { at: Date; sequence: number } | undefined {
  const position = decodeCursor(cursor);
  const at = position?.['at'];
  const sequence = position?.['sequence'];
  return typeof at === 'number' && typeof sequence === 'number' ? { at: new Date(at), sequence } : undefined;
}

function toEntry(entry: EntryDocument): AccessEntry {
  const { actorOrganisationId, correlationId } = entry;
  return {
    entryId: String(entry._id),
    at: entry.at.toISOString(),
    actorId: entry.actorId,
    actorKind: entry.actorKind,
    actorRoles: entry.actorRoles,
    ...(actorOrganisationId ? { actorOrganisationId } : {}),
    action: actionOf(entry.action),
    operation: entry.operation,
    emergency: entry.emergency,
    ...(correlationId ? { correlationId } : {}),
  };
}

function actionOf(text: string): AccessActionCode {
  return ACCESS_ACTIONS.find((action) => action === text) ?? 'read';
}

function groundIn(entry: EntryDocument, clientIds: readonly string[]): string {
  return entry.subjects.find(({ clientId }) => clientIds.includes(clientId))?.ground ?? '';
}

/** The clients in somebody's own log, each once, on the ground of the access that is shown. */
function subjectsIn(entries: readonly EntryDocument[]): AccessSubject[] {
  const grounds = new Map<string, AccessGround>();
  for (const { subjects } of entries) {
    for (const { clientId } of subjects) grounds.set(clientId, 'own-access');
  }
  return [...grounds].map(([clientId, ground]) => ({ clientId, ground }));
}
