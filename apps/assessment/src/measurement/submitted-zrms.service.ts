import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { MeasurementOrigin } from '#contracts/assessment/codes.js';
import { zrmSubmitted, type ZrmSubmitted } from '#contracts/assessment/facts.js';
import { Outbox } from '#messaging/outbox.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { DueRefresh } from '../due/due-refresh.service.js';
import { DueSettingsRepository } from '../due/due-settings.repository.js';
import { isNews, untold } from '../progress/findings-told.js';
import type { Standing } from '../progress/standing.js';
import { StandingsService } from '../progress/standings.service.js';
import type { Measurement, SubmittedMeasurement } from './measurement-types.js';

/** What follows from a ZRM that was submitted or corrected: how the client stands, the fact that others hear, and what is due next. */
@Injectable()
export class SubmittedZrms {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly standings: StandingsService,
    private readonly outbox: Outbox,
    private readonly due: DueRefresh,
    private readonly dueSettings: DueSettingsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * In the unit of work that stored the ZRM, after it.
   * @param client as it was read in it
   * @param origin how what is stored now came in: of a file only what is recent is told
   */
  async took(
    tx: Tx,
    client: ClientRecord,
    before: Measurement | undefined,
    measurement: SubmittedMeasurement,
    origin: MeasurementOrigin = 'form',
  ): Promise<void> {
    const standing = await this.standings.standingNow(tx, client);
    const { findings, told } = untold(standing, client.findingsTold);
    const isTold = origin === 'form' || (await this.isNews(tx, measurement, standing));
    const version = client.factsTold + 1;
    // Writing the client is what makes two units of work about one client wait for each other.
    await this.clients.save(tx, { ...client, standing, findingsTold: told, factsTold: version });
    const { clientId } = client.known;
    const { place } = standing;
    const where = place && { clusterId: place.clusterId, organisationId: place.organisationId };
    const data: ZrmSubmitted = {
      clientId,
      measurementId: measurement.measurementId,
      ...entryOf(measurement),
      origin,
      kind: measurement.content.kind,
      date: measurement.content.date,
      ...where,
      particulars: isTold && hasNewParticulars(before, measurement),
      findings: isTold ? findings : [],
      version,
    };
    this.outbox.add(tx, zrmSubmitted, data, { key: clientId, version });
    await this.due.clientChanged(tx, clientId);
  }

  private async isNews(tx: Tx, { measurementId, content }: SubmittedMeasurement, standing: Standing): Promise<boolean> {
    const { settings } = await this.dueSettings.current(tx);
    return isNews({ measurementId, date: content.date }, standing, settings, this.clock.today());
  }
}

function entryOf(measurement: SubmittedMeasurement): Pick<ZrmSubmitted, 'change' | 'recordedAt' | 'recordedBy'> {
  return measurement.state === 'submitted'
    ? { change: 'submitted', recordedAt: measurement.submittedAt, recordedBy: measurement.submittedBy }
    : { change: 'corrected', recordedAt: measurement.correctedAt, recordedBy: measurement.correctedBy };
}

/** Remarks of a draft were told to nobody yet. */
function hasNewParticulars(before: Measurement | undefined, { content }: SubmittedMeasurement): boolean {
  if (content.particulars === undefined) return false;
  return before === undefined || before.state === 'draft' || before.content.particulars !== content.particulars;
}
