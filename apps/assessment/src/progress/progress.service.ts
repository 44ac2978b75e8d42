import { Injectable } from '@nestjs/common';
import { groundFor, visibleClients } from '#access/client-access-rules.js';
import { Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { GetProgress, ListZrmClients, ProgressOfClient, ZrmClient } from '#contracts/assessment/clients.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import { afterPosition, pageOf, type Position, positionIn } from '#persistence/list-position.js';
import { ClientAccess } from '../directory/client-access.service.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { VersionMapping } from '../matrix/mapping.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import { ProgressSettingsRepository } from './progress-settings.repository.js';
import { progressOf } from './progress.js';
import { conditionsFor, orderOf } from './worklist-conditions.js';

/** Does the client move between baseline and target, and which clients need looking at (domain.md §4). */
@Injectable()
export class ProgressService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
    private readonly settings: ProgressSettingsRepository,
    private readonly access: ClientAccess,
    private readonly matrix: VersionMapping,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` */
  async get({ clientId, asOf }: GetProgress, caller: Caller): Promise<Protected<ProgressOfClient>> {
    const { records, ground } = await this.access.seen(clientId, caller);
    const [history, settings] = await Promise.all([this.measurements.submittedOf(records), this.settings.current()]);
    const progress = progressOf(history, this.matrix, settings.rules, asOf);
    const shown = { ...progress, clientId, settingsVersion: settings.version };
    return new Protected('read', [{ clientId, ground }], shown);
  }

  /** A page of the clients in the chain whom the caller may see and who fit the list. */
  async list(query: ListZrmClients, caller: Caller): Promise<Protected<Page<ZrmClient>>> {
    const position = positionIn(query.cursor);
    const conditions = conditionsFor(query, visibleClients(caller));
    if (conditions === undefined) return new Protected('read', [], { items: [] });
    const order = orderOf(query);
    const from = position === undefined ? [] : [afterPosition(order, position)];
    const found = await this.clients.inChain(this.clock.today(), [...conditions, ...from], order, query.limit);
    const page = pageOf(found, query.limit, (client) => positionOf(client, query), shownOf);
    const shown = new Set(page.items.map(({ clientId }) => clientId));
    const subjects = found.flatMap(({ known }) => {
      const ground = shown.has(known.clientId) ? groundFor(caller, known) : undefined;
      return ground === undefined ? [] : [{ clientId: known.clientId, ground }];
    });
    return new Protected('search', subjects, page);
  }
}

function positionOf({ known, standing }: ClientRecord, { list }: ListZrmClients): Position {
  const value = list === 'changed' ? standing.latest?.date : standing.place?.since;
  return value === undefined ? { id: known.clientId } : { id: known.clientId, value };
}

function shownOf({ known: { clientId }, standing }: ClientRecord): ZrmClient {
  const { place, lacks, latest, hasParticulars, direction, position, targetsSet, targetsReached, findings } = standing;
  if (place === undefined) throw new Error('a client in the chain is somewhere');
  return {
    clientId,
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
  };
}
