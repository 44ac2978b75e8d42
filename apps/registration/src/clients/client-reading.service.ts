import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import { type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import type { ClientFile, ClientSummary, ClientVersion } from '#contracts/registration/client-shapes.js';
import type { ClientSort, ListClientVersions, SearchClients } from '#contracts/registration/clients.js';
import {
  type Condition,
  type ListOrder,
  pageOf,
  type Position,
  positionIn,
  readLimit,
} from '#persistence/list-position.js';
import { fittingPage } from '#persistence/page-size.js';
import { NamesReader } from '../names/names-reader.js';
import { withoutNothing } from '../without-nothing.js';
import { BsnCipher } from './bsn-cipher.js';
import { parseBsn } from './bsn.js';
import {
  detailsView,
  fileView,
  type MergeNames,
  type NamesAround,
  organisationOf,
  summaryView,
} from './client-views.js';
import { ClientWriting } from './client-writing.js';
import type { ClientDocument } from './client.schema.js';
import type { ClientVersionDocument } from './client-version.schema.js';
import { ClientsRepository, visibleCondition } from './clients.repository.js';
import { groundOf } from './clients.service.js';
import { displayName } from './display-name.js';
import { statusCondition } from './housing-today.js';
import { changesBetween, type FieldChange } from './record-changes.js';
import { readSearchText } from './search-text-rules.js';

/** Shows client records to those who may see them; everything leaves sealed, to be logged first. */
@Injectable()
export class ClientReadingService {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly writing: ClientWriting,
    private readonly cipher: BsnCipher,
    private readonly names: NamesReader,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` also when the caller may not see the client */
  async file(clientId: string, caller: Caller): Promise<Protected<ClientFile>> {
    // What was merged into it is asked beside it, and looked at when the caller may see it.
    const [{ client, subject }, mergedFrom] = await Promise.all([
      this.visible(clientId, caller),
      this.repository.mergedInto(clientId),
    ]);
    const [names, merges] = await Promise.all([this.namesAround([client]), this.mergesOf(client, mergedFrom, caller)]);
    const bsn = this.writing.bsnOf(client);
    const subjects = [subject, ...merges.subjects];
    return new Protected(
      'read',
      subjects,
      fileView(client, { names, today: this.clock.today(), bsn, merges: merges.names }),
    );
  }

  /** The whole BSN. @throws Refusal `not-found` also when the caller may not see the client */
  async bsn(clientId: string, caller: Caller): Promise<Protected<{ bsn?: string }>> {
    const { client, subject } = await this.visible(clientId, caller);
    const bsn = this.writing.bsnOf(client);
    return new Protected('read', [subject], bsn === undefined ? {} : { bsn });
  }

  /** Versions of the record, newest first. @throws Refusal `not-found` also when the caller may not see the client */
  async versions(query: ListClientVersions, caller: Caller): Promise<Protected<Page<ClientVersion>>> {
    const { clientId, cursor, limit } = query;
    const { subject } = await this.visible(clientId, caller);
    const before = positionIn(cursor)?.value;
    const read = await this.repository.versionsOf(
      clientId,
      before === undefined ? undefined : Number(before),
      readLimit(limit),
    );
    const people = await this.names.people(read.map(({ by }) => by));
    const positionOf = ({ version }: ClientVersionDocument): Position => ({ id: clientId, value: String(version) });
    const page = pageOf(read, limit, positionOf, (version) => version);
    const view = (version: ClientVersionDocument) =>
      this.versionView(
        version,
        read.find((other) => other.version === version.version - 1),
        people,
      );
    // A record takes tens of kilobytes with all the contact persons that it can have, and a version shows it twice.
    const { shown } = fittingPage(page, view, (version) => encodeCursor({ ...positionOf(version) }));
    return new Protected('read', [subject], shown);
  }

  /** Clients that the caller may see, with how many there are. @throws Refusal `bsn-invalid` */
  async search(query: SearchClients, caller: Caller): Promise<Protected<Page<ClientSummary>>> {
    const visible = visibleCondition(caller);
    if (visible === undefined) return new Protected('search', [], { items: [], total: 0 });
    const condition = { $and: [visible, this.wanted(query)] };
    const order = orderOf(query.sort ?? 'name');
    const [read, total] = await Promise.all([
      this.repository.list(condition, order, positionIn(query.cursor), readLimit(query.limit)),
      this.repository.count(condition),
    ]);
    const names = await this.namesAround(read);
    const subjects: AccessSubject[] = [];
    const today = this.clock.today();
    const page = pageOf(read, query.limit, positionBy(query.sort ?? 'name'), (client) => {
      subjects.push({ clientId: client._id, ground: groundOf(client, caller) });
      return summaryView(client, names, today);
    });
    return new Protected('search', subjects, { ...page, total });
  }

  private wanted(query: SearchClients): Condition {
    const typed = readSearchText(query.text ?? '');
    const bsn = query.bsn ? parseBsn(query.bsn) : typed.bsn;
    const parts: Condition[] = [{ mergedInto: null }];
    if (typed.terms.length > 0) parts.push({ searchKeys: { $all: typed.terms } });
    const birthDate = query.birthDate ?? typed.birthDate;
    if (birthDate !== undefined) parts.push({ 'details.birthDate': birthDate });
    if (bsn !== undefined) parts.push({ bsnHash: this.cipher.hash(bsn) });
    if (query.organisationId) parts.push({ relatedOrganisationIds: query.organisationId });
    if (query.clusterId) parts.push({ relatedClusterIds: query.clusterId });
    if (query.zwaarte) parts.push({ 'details.zwaarte': query.zwaarte });
    if (query.housing) parts.push(statusCondition(query.housing, this.clock.today()));
    return { $and: parts };
  }

  private async visible(clientId: string, caller: Caller): Promise<{ client: ClientDocument; subject: AccessSubject }> {
    const client = await this.repository.find(clientId);
    if (!client) throw Refusal.of('not-found');
    return { client, subject: { clientId, ground: groundOf(client, caller) } };
  }

  private async namesAround(clients: readonly ClientDocument[]): Promise<NamesAround> {
    const [places, organisations] = await Promise.all([
      this.names.places(clients.flatMap(({ housing: { placeId } }) => (placeId === undefined ? [] : [placeId]))),
      this.names.organisations(clients.map(organisationOf)),
    ]);
    return { places, organisations };
  }

  /** Records joined with this one. Of one that the caller may not see, the name stays away. */
  private async mergesOf(
    client: ClientDocument,
    from: readonly ClientDocument[],
    caller: Caller,
  ): Promise<{ names: MergeNames; subjects: AccessSubject[] }> {
    const subjects: AccessSubject[] = [];
    const nameFor = (other: ClientDocument | null): string => {
      if (!other) return '';
      const { _id: clientId, relatedOrganisationIds, relatedClusterIds } = other;
      const ground = groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds });
      if (ground === undefined) return '';
      subjects.push({ clientId, ground });
      return displayName(other.details);
    };
    const mergedFrom = from.map((other) => ({
      clientId: other._id,
      name: nameFor(other),
      mergedAt: other.mergedInto?.at.toISOString() ?? '',
    }));
    const { mergedInto } = client;
    if (!mergedInto) return { names: { mergedFrom }, subjects };
    const name = nameFor(await this.repository.find(mergedInto.clientId));
    const into = { clientId: mergedInto.clientId, name, mergedAt: mergedInto.at.toISOString() };
    return { names: { mergedInto: into, mergedFrom }, subjects };
  }

  private versionView(
    version: ClientVersionDocument,
    previous: ClientVersionDocument | undefined,
    people: ReadonlyMap<string, string>,
  ): ClientVersion {
    const { change, at, by, reason, details } = version;
    return withoutNothing<ClientVersion>({
      version: version.version,
      change,
      changedAt: at.toISOString(),
      changedBy: by,
      changedByName: people.get(by),
      reason,
      changes: [...changesBetween(previous?.details, details), ...this.bsnChange(version, previous)],
      details: detailsView(details),
    });
  }

  private bsnChange(version: ClientVersionDocument, previous: ClientVersionDocument | undefined): FieldChange[] {
    const shown = (of: ClientVersionDocument | undefined) => {
      const bsn = of && this.writing.bsnOf({ _id: of.clientId, bsn: of.bsn });
      return bsn === undefined ? undefined : `••••••${bsn.slice(-3)}`;
    };
    if (!version.fields.includes('bsn')) return [];
    return [withoutNothing<FieldChange>({ field: 'bsn', before: shown(previous), after: shown(version) })];
  }
}

const sortFields = { name: 'nameKey', birthDate: 'details.birthDate', since: 'housing.since' } as const;

function sortKey(sort: ClientSort): keyof typeof sortFields {
  return sort === '-name' ? 'name' : sort === '-birthDate' ? 'birthDate' : sort === '-since' ? 'since' : sort;
}

function orderOf(sort: ClientSort): ListOrder {
  return { field: sortFields[sortKey(sort)], direction: sort.startsWith('-') ? -1 : 1 };
}

/** Where a client stands in an order. */
function positionBy(sort: ClientSort): (client: ClientDocument) => Position {
  const valueOf = {
    name: ({ nameKey }: ClientDocument) => nameKey,
    birthDate: ({ details }: ClientDocument) => details.birthDate,
    since: ({ housing }: ClientDocument) => housing.since,
  }[sortKey(sort)];
  return (client) => withoutNothing<Position>({ id: client._id, value: valueOf(client) });
}
