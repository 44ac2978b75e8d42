import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import { Protected } from '#access/protected.js';
import type { ListZrmHistory, ZrmInHistory, ZrmsOfClient } from '#contracts/assessment/zrm-history.js';
import type { Caller } from '#contracts/caller.js';
import { encodeCursor, type Page } from '#contracts/paging.js';
import { pageOf, positionIn } from '#persistence/list-position.js';
import { fittingPage } from '#persistence/page-size.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import type { SubmittedMeasurement } from './measurement-types.js';
import { MeasurementsRepository } from './measurements.repository.js';

/** The ZRMs of an institution's clients, to take along. */
@Injectable()
export class ZrmHistoryService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
  ) {}

  /**
   * A page of the clients of the caller's institution, each with what was submitted about a day in the period: as many of
   * them as one message carries, for histories may be long.
   */
  async list(query: ListZrmHistory, caller: Caller): Promise<Protected<Page<ZrmsOfClient>>> {
    const { organisationId } = caller;
    if (organisationId === undefined) return new Protected('export', [], { items: [] });
    const found = await this.clients.ofInstitution(organisationId, positionIn(query.cursor)?.id, query.limit);
    const page = pageOf(
      found,
      query.limit,
      ({ known: { clientId: id } }) => ({ id }),
      (client) => client,
    );
    const ids = page.items.map(({ known }) => known.clientId);
    const merged = await this.clients.mergedInto(ids);
    const submitted = await this.measurements.submittedOf([...ids, ...merged.keys()]);
    const byClient = Map.groupBy(submitted.filter(isIn(query)), ({ clientId }) => merged.get(clientId) ?? clientId);
    const asManager: Caller = { ...caller, roles: ['clientmanager'] };
    const items = page.items.flatMap(({ known }) => {
      const zrms = byClient.get(known.clientId);
      const ground = groundFor(asManager, known);
      return zrms === undefined || ground === undefined ? [] : [{ clientId: known.clientId, ground, zrms }];
    });
    const { shown, told } = fittingPage(
      { ...page, items },
      ({ clientId, zrms }): ZrmsOfClient => {
        return { clientId, zrms: zrms.map(inHistory).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)) };
      },
      ({ clientId: id }) => encodeCursor({ id }),
    );
    return new Protected(
      'export',
      told.map(({ clientId, ground }) => ({ clientId, ground })),
      shown,
    );
  }
}

function isIn({ from, until }: ListZrmHistory): (measurement: SubmittedMeasurement) => boolean {
  return ({ content: { date } }) => (from === undefined || date >= from) && (until === undefined || date < until);
}

function inHistory({ measurementId, content, submittedAt }: SubmittedMeasurement): ZrmInHistory {
  const { kind, date, matrixVersion, scores } = content;
  return {
    measurementId,
    kind,
    date,
    matrixVersion,
    submittedAt,
    scores: scores.map(({ domain, score, clientScore }) => {
      return { domain, score, ...(clientScore === undefined ? {} : { clientScore }) };
    }),
  };
}

function orderOf({ date, measurementId }: ZrmInHistory): string {
  return `${date} ${measurementId}`;
}
