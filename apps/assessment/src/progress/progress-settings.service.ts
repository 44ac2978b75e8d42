import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { ProgressSettingsInForce, UpdateProgressSettings } from '#contracts/assessment/progress-settings.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { VersionMapping } from '../matrix/mapping.js';
import { readRules } from './progress-settings-rules.js';
import { ProgressSettingsRepository, type ProgressSettingsState } from './progress-settings.repository.js';
import { StandingsRenewal } from './standings-renewal.service.js';

/** The region's rules about findings and corrections: read and changed by an operator. */
@Injectable()
export class ProgressSettingsService {
  constructor(
    private readonly settings: ProgressSettingsRepository,
    private readonly renewal: StandingsRenewal,
    private readonly matrix: VersionMapping,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<ProgressSettingsInForce> {
    return viewOf(await this.settings.current());
  }

  async history(): Promise<ProgressSettingsInForce[]> {
    return (await this.settings.history()).map(viewOf);
  }

  /**
   * The standing of every client follows within minutes; nothing is told of findings that come or go by it.
   * @throws Refusal `stale-version`, and by field what is wrong with a rule
   */
  async update(command: UpdateProgressSettings, caller: Caller): Promise<ProgressSettingsInForce> {
    const { expectedVersion: expected, rules, correctionTermDays } = command;
    const read = rules === undefined ? {} : { rules: readRules(rules, this.matrix) };
    const changed = await this.unitOfWork.run(async (tx) => {
      const before = await this.settings.current(tx);
      const actual = before.version;
      if (expected !== undefined && expected !== actual) {
        throw Refusal.of('stale-version', { params: { actual, expected } });
      }
      const after: ProgressSettingsState = {
        ...before,
        ...read,
        ...(correctionTermDays === undefined ? {} : { correctionTermDays }),
        version: actual + 1,
        changedBy: caller.personId,
        changedAt: this.clock.now(),
      };
      await this.settings.add(tx, after);
      tx.afterCommit(() => this.renewal.soon());
      return after;
    });
    return viewOf(changed);
  }
}

function viewOf({ rules, correctionTermDays, version, changedBy, changedAt }: ProgressSettingsState) {
  return {
    rules,
    correctionTermDays,
    version,
    ...(changedAt === null ? {} : { changedAt: changedAt.toISOString(), changedBy }),
  };
}
