import { Injectable } from '@nestjs/common';
import { type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import type { DataQuality, DataQualityLine, DataQualityShare } from '#contracts/registration/client-shapes.js';
import type { DataQualityShares, ListDataQuality } from '#contracts/registration/clients.js';
import { type Condition, pageOf, type Position, positionIn, readLimit } from '../list-position.js';
import { NamesReader } from '../names/names-reader.js';
import { organisationOf } from './client-views.js';
import type { ClientDocument } from './client.schema.js';
import { ClientsRepository, visibleCondition } from './clients.repository.js';
import { groundOf } from './clients.service.js';
import { missingOf } from './data-quality.js';
import { displayName } from './display-name.js';
import { statusToday } from './housing-today.js';
import { type CheckedRecord, ShareCount, suppressed, toMend } from './quality-scope.js';

/** One client of the list, before it is shown. */
interface Found {
  line: Omit<DataQualityLine, 'organisationName'>;
  nameKey: string;
  subject: AccessSubject;
}

/** Which clients miss what, and the share per institution that counts as registered (domain.md §3). */
@Injectable()
export class RecordQualityService {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly names: NamesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Clients whom the caller sees and whose record misses something, by name, with the shares over all that the caller
   * sees. A clientmanager gets the clients who are counted with the own institution.
   */
  async list(query: ListDataQuality, caller: Caller): Promise<Protected<DataQuality>> {
    const visible = visibleCondition(caller);
    if (visible === undefined) return new Protected('read', [], { items: [], total: 0, organisations: [] });
    const organisationId = query.organisationId ?? ownInstitution(caller);
    const count = new ShareCount();
    const found: Found[] = [];
    for await (const client of this.repository.each({ $and: [visible, { mergedInto: null }] })) {
      const checked = this.check(client);
      if (organisationId !== undefined && checked.organisationId !== organisationId) continue;
      count.add(checked);
      const missing = toMend(checked);
      if (missing.length === 0 || (query.missing !== undefined && !missing.includes(query.missing))) continue;
      found.push({
        line: {
          clientId: client._id,
          clientName: displayName(client.details),
          organisationId: checked.organisationId,
          missing,
        },
        nameKey: client.nameKey,
        subject: { clientId: client._id, ground: groundOf(client, caller) },
      });
    }
    const names = await this.names.organisations([
      ...count.organisationIds(),
      ...found.map(({ line }) => line.organisationId),
    ]);
    const read = pageFrom(found, positionIn(query.cursor)).slice(0, readLimit(query.limit));
    const subjects: AccessSubject[] = [];
    const page = pageOf(read, query.limit, positionOf, ({ line, subject }) => {
      subjects.push(subject);
      return { ...line, organisationName: names.get(line.organisationId) ?? '' };
    });
    return new Protected('read', subjects, { ...page, total: found.length, organisations: count.shares(names) });
  }

  /** Shares without any client, with small counts suppressed. */
  async shares({ organisationId }: DataQualityShares): Promise<Page<DataQualityShare>> {
    const condition: Condition = { mergedInto: null };
    const count = new ShareCount();
    for await (const client of this.repository.each(condition)) {
      const checked = this.check(client);
      if (organisationId === undefined || checked.organisationId === organisationId) count.add(checked);
    }
    const names = await this.names.organisations(count.organisationIds());
    return { items: count.shares(names).map(suppressed) };
  }

  private check(client: ClientDocument): CheckedRecord {
    const today = this.clock.today();
    return {
      organisationId: organisationOf(client),
      status: statusToday(client.housing, today),
      missing: missingOf({ details: client.details, stays: client.ledger.stays, today }),
    };
  }
}

/** An institution is told about the clients counted with it, not about those it only expects. */
function ownInstitution(caller: Caller): string | undefined {
  return caller.roles.includes('trajectregisseur') ? undefined : caller.organisationId;
}

function pageFrom(found: readonly Found[], after: Position | undefined): Found[] {
  const sorted = [...found].sort((a, b) => comparePositions(positionOf(a), positionOf(b)));
  return after === undefined ? sorted : sorted.filter((item) => comparePositions(positionOf(item), after) > 0);
}

function positionOf({ line, nameKey }: Found): Required<Position> {
  return { id: line.clientId, value: nameKey };
}

function comparePositions(a: Position, b: Position): number {
  const [first, second] = [a.value ?? '', b.value ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
