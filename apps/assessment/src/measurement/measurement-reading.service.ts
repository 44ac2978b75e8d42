import { Injectable } from '@nestjs/common';
import { Protected } from '#access/protected.js';
import type {
  ListMeasurements,
  MeasurementById,
  MeasurementListed,
  MeasurementView,
} from '#contracts/assessment/measurements.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { pageOf, positionIn } from '#persistence/list-position.js';
import { ClientAccess } from '../directory/client-access.service.js';
import { MeasurementContexts } from './measurement-contexts.service.js';
import { listedOf, viewOf } from './measurement-views.js';
import { MeasurementsRepository, positionOf } from './measurements.repository.js';

/** Reading ZRMs. A draft is seen by who fills in alone: it says what nobody stands for yet. */
@Injectable()
export class MeasurementReading {
  constructor(
    private readonly measurements: MeasurementsRepository,
    private readonly contexts: MeasurementContexts,
    private readonly access: ClientAccess,
  ) {}

  /** @throws Refusal `not-found` */
  async get({ clientId, measurementId }: MeasurementById, caller: Caller): Promise<Protected<MeasurementView>> {
    const seen = await this.access.seen(clientId, caller);
    const measurement = await this.measurements.find(measurementId);
    const isSeen =
      measurement !== undefined &&
      seen.records.includes(measurement.clientId) &&
      (measurement.state !== 'draft' || seen.mayFillIn);
    if (!isSeen) throw Refusal.of('not-found', { fields: ['measurementId'] });
    const context = await this.contexts.of(seen, measurement, caller);
    const copies = seen.mayFillIn ? await this.measurements.copiesOf(measurementId) : [];
    return new Protected('read', [{ clientId, ground: seen.ground }], viewOf(measurement, copies, context));
  }

  /** @throws Refusal `not-found` */
  async list(query: ListMeasurements, caller: Caller): Promise<Protected<Page<MeasurementListed>>> {
    const { clientId, kind, state, cursor, limit } = query;
    const { records, ground, mayFillIn } = await this.access.seen(clientId, caller);
    const filter = {
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
      withDrafts: mayFillIn,
    };
    const found = await this.measurements.list(records, filter, positionIn(cursor), limit);
    const page = pageOf(found, limit, (one) => ({ id: one.measurementId, value: positionOf(one) }), listedOf);
    return new Protected('read', [{ clientId, ground }], page);
  }
}
