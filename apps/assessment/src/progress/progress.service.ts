import { Injectable } from '@nestjs/common';
import { Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { GetProgress, ProgressOfClient } from '#contracts/assessment/clients.js';
import type { Caller } from '#contracts/caller.js';
import { ClientAccess } from '../directory/client-access.service.js';
import { lastPresence } from '../directory/known-client.js';
import { dueOnDay } from '../due/client-due.js';
import { VersionMapping } from '../matrix/mapping.js';
import { coreVersion } from '../matrix/version-of.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import { ProgressSettingsRepository } from './progress-settings.repository.js';
import { progressOf } from './progress.js';

/** Does the client move between baseline and target (domain.md §4), and what is waited for. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly measurements: MeasurementsRepository,
    private readonly settings: ProgressSettingsRepository,
    private readonly access: ClientAccess,
    private readonly matrix: VersionMapping,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, and `zrm-version-unknown` by field */
  async get({ clientId, ...view }: GetProgress, caller: Caller): Promise<Protected<ProgressOfClient>> {
    const { matrixVersion } = view;
    if (matrixVersion !== undefined) coreVersion(matrixVersion, this.matrix);
    const { client, records, ground } = await this.access.seen(clientId, caller);
    const [history, settings] = await Promise.all([this.measurements.submittedOf(records), this.settings.current()]);
    const progress = progressOf(history, this.matrix, settings.rules, view);
    const { known, standing, due } = client;
    const shown = {
      ...progress,
      clientId,
      lacks: [...standing.lacks],
      due: dueOnDay(due, lastPresence(known), this.clock.today()),
      settingsVersion: settings.version,
    };
    return new Protected('read', [{ clientId, ground }], shown);
  }
}
