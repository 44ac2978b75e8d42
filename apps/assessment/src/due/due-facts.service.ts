import { Injectable } from '@nestjs/common';
import type { Tx } from '#persistence/unit-of-work.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import type { DueFacts } from './due-facts.js';

/** What due dates follow from, as it stands in a unit of work. */
@Injectable()
export class DueFactsService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
  ) {}

  /** Stays and leaves of the client's record, with the ZRMs of all records that were merged into it. */
  async read(tx: Tx, clientId: string): Promise<{ facts: DueFacts; client: ClientRecord }> {
    const client = await this.clients.load(tx, clientId);
    const { known } = client;
    // Without a stay nothing is due, whatever was filled in.
    const records = known.presence.length === 0 ? [] : await this.clients.recordsUnder(clientId, tx);
    const measurements = records.length === 0 ? [] : await this.measurements.submittedOf(records, tx);
    const facts = {
      presence: known.presence.map(({ stayId: id, knownAt, from, until, isImported = false }) => {
        return {
          id,
          version: 1,
          knownAt: new Date(knownAt),
          isImported,
          from,
          ...(until === undefined ? {} : { until }),
        };
      }),
      leaves: known.leaves.map(({ leaveId: id, knownAt, from, until, isImported = false }) => {
        const end = until === undefined ? {} : { until };
        return { id, version: 1, knownAt: new Date(knownAt), isImported, from, ...end };
      }),
      measurements: measurements.map(({ measurementId: id, version, content: { kind, date }, submittedAt, origin }) => {
        return { id, version, kind, date, submittedAt: new Date(submittedAt), isImported: origin === 'import' };
      }),
    };
    return { facts, client };
  }
}
