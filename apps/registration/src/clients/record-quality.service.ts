import { Injectable } from '@nestjs/common';
import { type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { DataQualityCheck } from '#contracts/codes.js';
import type { Page } from '#contracts/paging.js';
import type { DataQuality, DataQualityLine, DataQualityShare } from '#contracts/registration/client-shapes.js';
import type { DataQualityShares, ListDataQuality } from '#contracts/registration/clients.js';
import { type Condition, pageOf, type Position, positionIn, readLimit } from '#persistence/list-position.js';
import { NamesReader } from '../names/names-reader.js';
import { organisationOf } from './client-views.js';
import { ClientsRepository, type QualityFields, visibleCondition } from './clients.repository.js';
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
   * Clients whom the caller sees and whose record misses something, by name. The first page says for all that the caller
   * sees how many they are, with the share per institution: counted record by record, so that the memory it takes does
   * not grow with the chain. Further pages read no further than they show. A clientmanager gets the clients who are
   * counted with the own institution.
   */
  async list(query: ListDataQuality, caller: Caller): Promise<Protected<DataQuality>> {
    const visible = visibleCondition(caller);
    if (visible === undefined) return new Protected('read', [], { items: [], total: 0, organisations: [] });
    const organisationId = query.organisationId ?? ownInstitution(caller);
    const after = positionIn(query.cursor);
    const limit = readLimit(query.limit);
    const count = new ShareCount();
    const found: Found[] = [];
    let total = 0;
    for await (const client of this.repository.eachByName({ $and: [visible, { mergedInto: null }] }, after)) {
      const checked = this.check(client);
      if (organisationId !== undefined && checked.organisationId !== organisationId) continue;
      count.add(checked);
      const missing = toMend(checked);
      if (missing.length === 0 || (query.missing !== undefined && !missing.includes(query.missing))) continue;
      total += 1;
      if (found.length < limit) found.push(foundIn(client, checked, missing, caller));
      if (after !== undefined && found.length === limit) break;
    }
    const names = await this.names.organisations([
      ...count.organisationIds(),
      ...found.map(({ line }) => line.organisationId),
    ]);
    const subjects: AccessSubject[] = [];
    const page = pageOf(found, query.limit, positionOf, ({ line, subject }) => {
      subjects.push(subject);
      return { ...line, organisationName: names.get(line.organisationId) ?? '' };
    });
    const overAll = after === undefined ? { total, organisations: count.shares(names) } : { organisations: [] };
    return new Protected('read', subjects, { ...page, ...overAll });
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

  private check(client: QualityFields): CheckedRecord {
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

function foundIn(
  client: QualityFields,
  { organisationId }: CheckedRecord,
  missing: DataQualityCheck[],
  caller: Caller,
): Found {
  const clientId = client._id;
  return {
    line: { clientId, clientName: displayName(client.details), organisationId, missing },
    nameKey: client.nameKey,
    subject: { clientId, ground: groundOf(client, caller) },
  };
}

function positionOf({ line, nameKey }: Found): Required<Position> {
  return { id: line.clientId, value: nameKey };
}
