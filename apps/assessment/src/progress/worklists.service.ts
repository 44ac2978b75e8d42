import { Injectable } from '@nestjs/common';
import { groundFor, visibleClients } from '#access/client-access-rules.js';
import { Protected } from '#access/protected.js';
import { addDays } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import type {
  CountZrmClients,
  ListZrmClients,
  ZrmClient,
  ZrmClientCounts,
  ZrmDraftMark,
} from '#contracts/assessment/clients.js';
import { zrmWorklists } from '#contracts/assessment/codes.js';
import type { Caller } from '#contracts/caller.js';
import { encodeCursor, type Page } from '#contracts/paging.js';
import { afterPosition, pageOf, positionIn } from '#persistence/list-position.js';
import { fittingPage } from '#persistence/page-size.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { lastPresence } from '../directory/known-client.js';
import { dueOnDay } from '../due/client-due.js';
import { DueSettingsRepository } from '../due/due-settings.repository.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import { conditionsFor, type DueWindow, orderOf, positionOf } from './worklist-conditions.js';

/** Which clients need looking at, and how many they are (domain.md §4). */
@Injectable()
export class WorklistsService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
    private readonly dueSettings: DueSettingsRepository,
    private readonly clock: Clock,
  ) {}

  /** A page of the clients in the chain whom the caller may see and who fit the list. */
  async list(query: ListZrmClients, caller: Caller): Promise<Protected<Page<ZrmClient>>> {
    const position = positionIn(query.cursor);
    const window = await this.window(query.dueBefore);
    const conditions = conditionsFor(query, visibleClients(caller), window);
    if (conditions === undefined) return new Protected('read', [], { items: [], total: 0 });
    const { today } = window;
    const order = orderOf(query);
    const from = position === undefined ? [] : [afterPosition(order, position)];
    const [found, total] = await Promise.all([
      this.clients.inChain(today, [...conditions, ...from], order, query.limit),
      position === undefined ? this.clients.countInChain(today, conditions) : undefined,
    ]);
    const page = pageOf(
      found,
      query.limit,
      (client) => positionOf(client, query),
      (client) => client,
    );
    const drafts = await this.draftsOf(page.items, caller);
    // Where every domain of everybody stands still, a long page is more than one message carries.
    const { shown, told } = fittingPage(
      page,
      (client) => shownOf(client, drafts.get(client.known.clientId) ?? [], today),
      (client) => encodeCursor({ ...positionOf(client, query) }),
    );
    const subjects = told.flatMap(({ known }) => {
      const ground = groundFor(caller, known);
      return ground === undefined ? [] : [{ clientId: known.clientId, ground }];
    });
    return new Protected('search', subjects, { ...shown, ...(total === undefined ? {} : { total }) });
  }

  /** Each list counted by what it chooses by, so that a count leads to exactly the list that it counts. */
  async counts({ dueBefore, organisationId, clusterId }: CountZrmClients, caller: Caller): Promise<ZrmClientCounts> {
    const window = await this.window(dueBefore);
    const counted = await Promise.all(
      zrmWorklists.map(async (list) => {
        const conditions = conditionsFor({ list, organisationId, clusterId }, visibleClients(caller), window);
        const count = conditions === undefined ? 0 : await this.clients.countInChain(window.today, conditions);
        return [list, count] as const;
      }),
    );
    const nobody: ZrmClientCounts = {
      late: 0,
      due: 0,
      changed: 0,
      incomplete: 0,
      'no-baseline': 0,
      'no-target': 0,
      all: 0,
    };
    return { ...nobody, ...Object.fromEntries(counted) };
  }

  /** What is due soon: as long ahead as the first step of the region's ladder, unless somebody says otherwise. */
  private async window(dueBefore: CivilDate | undefined): Promise<DueWindow> {
    const today = this.clock.today();
    if (dueBefore !== undefined) return { today, dueBefore };
    const { settings } = await this.dueSettings.current();
    const ahead = Math.max(0, ...settings.ladder.map(({ days }) => -days));
    return { today, dueBefore: addDays(today, ahead + 1) };
  }

  /** What was begun for these clients, by client; nobody but who fills in knows of drafts (decision 27). */
  private async draftsOf(
    clients: readonly ClientRecord[],
    caller: Caller,
  ): Promise<ReadonlyMap<string, ZrmDraftMark[]>> {
    const asManager = { ...caller, roles: caller.roles.filter((role) => role === 'clientmanager') };
    const own = clients.filter(({ known }) => groundFor(asManager, known) !== undefined);
    const ids = own.map(({ known }) => known.clientId);
    const drafts = new Map<string, ZrmDraftMark[]>();
    if (ids.length === 0) return drafts;
    const merged = await this.clients.mergedInto(ids);
    for (const { clientId, measurementId, content } of await this.measurements.draftsOf([...ids, ...merged.keys()])) {
      const goesOn = merged.get(clientId) ?? clientId;
      drafts.set(goesOn, [...(drafts.get(goesOn) ?? []), { measurementId, kind: content.kind }]);
    }
    return drafts;
  }
}

function shownOf({ known, standing, due }: ClientRecord, drafts: ZrmDraftMark[], today: CivilDate): ZrmClient {
  const { place, lacks, latest, hasParticulars, direction, position, targetsSet, targetsReached, findings } = standing;
  if (place === undefined) throw new Error('a client in the chain is somewhere');
  return {
    clientId: known.clientId,
    organisationId: place.organisationId,
    clusterId: place.clusterId,
    since: place.since,
    lacks: [...lacks],
    ...(latest === undefined ? {} : { latest }),
    hasParticulars,
    direction,
    ...(position === undefined ? {} : { position }),
    targetsSet,
    targetsReached,
    findings: [...findings],
    due: dueOnDay(due, lastPresence(known), today),
    drafts,
  };
}
