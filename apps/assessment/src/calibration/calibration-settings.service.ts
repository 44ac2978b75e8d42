import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type {
  CalibrationSettingsInForce,
  UpdateCalibrationSettings,
} from '#contracts/assessment/calibration-settings.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { CalibrationSettingsRepository, type CalibrationSettingsState } from './calibration-settings.repository.js';

/** From how much on figures of calibration are shown: read by who sees them, changed by an operator. */
@Injectable()
export class CalibrationSettingsService {
  constructor(
    private readonly settings: CalibrationSettingsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<CalibrationSettingsInForce> {
    return viewOf(await this.settings.current());
  }

  async history(): Promise<CalibrationSettingsInForce[]> {
    return (await this.settings.history()).map(viewOf);
  }

  /** Holds for what is asked from now on; nothing is stored that was reckoned by it. @throws Refusal `stale-version` */
  async update(command: UpdateCalibrationSettings, caller: Caller): Promise<CalibrationSettingsInForce> {
    const { expectedVersion: expected, subjects, clients } = command;
    const changed = await this.unitOfWork.run(async (tx) => {
      const before = await this.settings.current(tx);
      const actual = before.version;
      if (expected !== undefined && expected !== actual) {
        throw Refusal.of('stale-version', { params: { actual, expected } });
      }
      const after: CalibrationSettingsState = {
        minimums: {
          subjects: subjects ?? before.minimums.subjects,
          clients: clients ?? before.minimums.clients,
        },
        version: actual + 1,
        changedBy: caller.personId,
        changedAt: this.clock.now(),
      };
      await this.settings.add(tx, after);
      return after;
    });
    return viewOf(changed);
  }
}

function viewOf({ minimums, version, changedBy, changedAt }: CalibrationSettingsState): CalibrationSettingsInForce {
  return { minimums, version, ...(changedAt === null ? {} : { changedAt: changedAt.toISOString(), changedBy }) };
}
