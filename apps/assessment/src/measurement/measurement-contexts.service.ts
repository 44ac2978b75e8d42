import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { Tx } from '#persistence/unit-of-work.js';
import type { SeenClient } from '../directory/client-access.service.js';
import { VersionMapping } from '../matrix/mapping.js';
import { ProgressSettingsRepository } from '../progress/progress-settings.repository.js';
import type { Measurement, MeasurementContext } from './measurement-types.js';
import { MeasurementsRepository } from './measurements.repository.js';

/** Brings together what a decision about a ZRM needs to know. */
@Injectable()
export class MeasurementContexts {
  constructor(
    private readonly measurements: MeasurementsRepository,
    private readonly settings: ProgressSettingsRepository,
    private readonly matrix: VersionMapping,
    private readonly clock: Clock,
  ) {}

  /** @param measurement the ZRM that it is about; a new one belongs to the record that was asked for */
  async of(
    { client, records }: SeenClient,
    measurement: Pick<Measurement, 'measurementId' | 'clientId'>,
    caller: Caller,
    tx?: Tx,
  ): Promise<MeasurementContext> {
    const { measurementId, clientId } = measurement;
    const others = await this.measurements.submittedOf(records, tx);
    const { correctionTermDays } = await this.settings.current(tx);
    return {
      measurementId,
      clientId,
      now: this.clock.now(),
      by: caller.personId,
      matrix: this.matrix,
      presence: client.known.presence,
      others: others.map((other) => ({ measurementId: other.measurementId, content: other.content })),
      correctionTermDays,
    };
  }
}
