import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { VersionMapping } from '../matrix/mapping.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import { ProgressSettingsRepository } from './progress-settings.repository.js';
import { type Standing, standingOf } from './standing.js';

/** Keeps how each client stands in line with what is known of them. */
@Injectable()
export class StandingsService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
    private readonly settings: ProgressSettingsRepository,
    private readonly matrix: VersionMapping,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Writes a client with the standing that follows from what is known and submitted by now, in the unit of work that
   * changed it.
   */
  async write(tx: Tx, client: ClientRecord): Promise<void> {
    await this.clients.save(tx, { ...client, standing: await this.standingNow(tx, client) });
  }

  /** How the client stands by what is stored in the unit of work so far. */
  async standingNow(tx: Tx, { known }: ClientRecord): Promise<Standing> {
    const records = await this.clients.recordsUnder(known.clientId, tx);
    const measurements = await this.measurements.submittedOf(records, tx);
    return standingOf(known, measurements, this.matrix, await this.settings.current(tx));
  }

  /** Brings one client in line, as a unit of work of its own. */
  async renew(clientId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const client = await this.clients.find(clientId, tx);
      if (client) await this.write(tx, client);
    });
  }
}
