import { Injectable } from '@nestjs/common';
import { type CivilDate, parseCivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { startOfDayInAmsterdam } from '#calendar/time-zone.js';
import type {
  CalibrationFigures,
  GetCalibrationFigures,
  GetLevelDistributions,
  InstitutionDistribution,
  LevelDistributions,
} from '#contracts/assessment/calibration-figures.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { VersionMapping } from '../matrix/mapping.js';
import { coreVersion } from '../matrix/version-of.js';
import { presenceOn } from '../measurement/content-rules.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import type { Fixed } from '../quarters/fixed-figures.repository.js';
import { FixedFigures, type Reckoning } from '../quarters/fixed-figures.service.js';
import { lastFixed, type Period } from '../quarters/quarters.js';
import {
  agreementOfOrganisations,
  LevelCollector,
  type RatingFor,
  withoutNumbers,
  withoutSmallCounts,
} from './calibration-figures.js';
import { blindRatingsOf } from './calibration-views.js';
import { CalibrationSettingsRepository } from './calibration-settings.repository.js';
import { CalibrationRepository } from './calibration.repository.js';

/** Clients whose ZRMs are read at once. */
const BATCH = 500;
const BEGINNING = parseCivilDate('1900-01-01');

/** The institutions of a version of the ZRM, by its code. */
type LevelsByVersion = Record<string, InstitutionDistribution[]>;

/** Figures about how the ZRM is used, without any client (domain.md §4, IJking). */
@Injectable()
export class CalibrationFiguresService {
  private readonly fixedLevels: (quarter: Period) => Promise<Fixed<LevelsByVersion>>;

  constructor(
    private readonly sessions: CalibrationRepository,
    private readonly settings: CalibrationSettingsRepository,
    private readonly clients: ClientsRepository,
    private readonly measurements: MeasurementsRepository,
    private readonly matrix: VersionMapping,
    private readonly clock: Clock,
    figures: FixedFigures,
  ) {
    this.fixedLevels = figures.register('levels', (_quarter, today) => this.levelsToFix(today));
  }

  /** How far each organisation agrees with the others, over closed sessions. @throws Refusal `zrm-version-unknown`, `date-order` */
  async figures({ matrixVersion, from, until }: GetCalibrationFigures, caller: Caller): Promise<CalibrationFigures> {
    const { code } = this.version(matrixVersion);
    if (from !== undefined && until !== undefined && until <= from) {
      throw Refusal.of('date-order', { fields: ['until'] });
    }
    const filter = {
      matrixVersion: code,
      ...(from === undefined ? {} : { from: startOfDayInAmsterdam(from).toISOString() }),
      ...(until === undefined ? {} : { until: startOfDayInAmsterdam(until).toISOString() }),
    };
    const ratings: RatingFor[] = [];
    let sessions = 0;
    for await (const session of this.sessions.closed(filter)) {
      sessions += 1;
      for (const rating of blindRatingsOf(session)) ratings.push(rating);
    }
    const { minimums } = await this.settings.current();
    const items = agreementOfOrganisations(ratings, minimums);
    return { matrixVersion: code, sessions, items: seesCounts(caller) ? items : items.map(withoutNumbersOf) };
  }

  /**
   * How each institution uses the levels, by the latest ZRM of each client; for who sees no counts as it was at the last quarter
   * that was fixed. Of two answers that differ by a day, or by a day in `since`, what is left would be the ZRM of one client.
   * @throws Refusal `zrm-version-unknown`, `zrm-levels-fixed`
   */
  async distributions({ matrixVersion, since }: GetLevelDistributions, caller: Caller): Promise<LevelDistributions> {
    const version = this.version(matrixVersion);
    if (seesCounts(caller)) {
      const items = (await this.levels([version], since)).get(version.code) ?? [];
      return { matrixVersion: version.code, ...(since === undefined ? {} : { since }), items };
    }
    if (since !== undefined) throw Refusal.of('zrm-levels-fixed', { fields: ['since'] });
    const { asOf, view } = await this.fixedLevels(lastFixed(this.clock.today()));
    return { matrixVersion: version.code, asOf, items: view[version.code] ?? [] };
  }

  private async levelsToFix(asOf: CivilDate): Promise<Reckoning<LevelsByVersion>> {
    const fixedAt = this.clock.now();
    const levels = await this.levels(this.matrix.codes('core').map((code) => this.version(code)));
    const view = Object.fromEntries([...levels].map(([code, items]) => [code, withoutSmallCounts(items)]));
    return { asOf, fixedAt, view, isEmpty: [...levels.values()].every((items) => items.length === 0) };
  }

  /** Per version, by its code, of the clients whose latest ZRM is of it; in one pass over the clients. */
  private async levels(
    versions: readonly MatrixVersion[],
    since = BEGINNING,
  ): Promise<ReadonlyMap<string, InstitutionDistribution[]>> {
    const collectors = new Map(versions.map(({ code }) => [code, new LevelCollector()]));
    let batch: ClientRecord[] = [];
    for await (const client of this.clients.withLatestSince(since)) {
      batch.push(client);
      if (batch.length < BATCH) continue;
      await this.collect(batch, collectors);
      batch = [];
    }
    await this.collect(batch, collectors);
    const { minimums } = await this.settings.current();
    return new Map(
      versions.map(({ code, domains }) => {
        const codes = domains.map((domain) => domain.code);
        return [code, collectors.get(code)?.result(codes, minimums) ?? []];
      }),
    );
  }

  private async collect(batch: readonly ClientRecord[], collectors: ReadonlyMap<string, LevelCollector>) {
    const ids = batch.flatMap(({ standing }) => standing.latest?.measurementId ?? []);
    const latest = new Map((await this.measurements.submitted(ids)).map((one) => [one.measurementId, one.content]));
    for (const { known, standing } of batch) {
      const content = latest.get(standing.latest?.measurementId ?? '');
      const collector = content && collectors.get(content.matrixVersion);
      if (!content || !collector) continue;
      // A ZRM that came with a record that was merged in may be about a day elsewhere.
      const place = presenceOn(content.date, known.presence) ?? standing.place;
      if (place === undefined) continue;
      const { organisationId } = place;
      collector.add({ clientId: known.clientId, organisationId, scores: content.scores });
    }
  }

  /** The current one when none was asked for. */
  private version(code: string | undefined): MatrixVersion {
    return coreVersion(code ?? this.matrix.codes('core').at(-1) ?? '', this.matrix);
  }
}

/** Who only makes policy sees no counts under five (domain.md §2). */
function seesCounts({ roles }: Caller): boolean {
  return roles.includes('trajectregisseur');
}

function withoutNumbersOf({ organisationId, domains }: CalibrationFigures['items'][number]) {
  return {
    organisationId,
    domains: domains.map(({ domain, agreement }) => ({ domain, agreement: withoutNumbers(agreement) })),
  };
}
