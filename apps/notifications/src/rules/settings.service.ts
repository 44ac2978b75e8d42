import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { NotificationSettings, UpdateNotificationSettings } from '#contracts/notifications/rules.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { PeopleKnown } from '../caseloads/people-known.js';
import { Mailer } from '../channels/mailer.js';
import { AssignmentService } from '../meldingen/assignment.service.js';
import { type SettingsState, SettingsRepository } from './settings.repository.js';

/** The settings of a region: fallback, times, grouping. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly known: PeopleKnown,
    private readonly assignment: AssignmentService,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<NotificationSettings> {
    return this.view(await this.settings.settings());
  }

  /** @throws Refusal `person-unknown`, `stale-version` */
  async update(caller: Caller, command: UpdateNotificationSettings): Promise<NotificationSettings> {
    const { expectedVersion: expected, fallbackPersonId, coordinatorPersonId, ...rest } = command;
    if (fallbackPersonId) await this.known.active(fallbackPersonId, 'fallbackPersonId');
    if (coordinatorPersonId) await this.known.active(coordinatorPersonId, 'coordinatorPersonId');
    const settings = await this.unitOfWork.run(async (tx) => {
      const before = await this.settings.settings(tx);
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      const given = Object.fromEntries(
        Object.entries(rest).filter((entry: [string, unknown]) => entry[1] !== undefined),
      );
      const after: SettingsState = {
        ...before,
        ...given,
        ...(fallbackPersonId === undefined ? {} : { fallbackPersonId }),
        ...(coordinatorPersonId === undefined ? {} : { coordinatorPersonId }),
        version: before.version + 1,
        updatedBy: caller.personId,
        updatedAt: this.clock.now(),
      };
      await this.settings.saveSettings(tx, before, after);
      return after;
    });
    this.assignment.soon();
    return this.view(settings);
  }

  private view(state: SettingsState): NotificationSettings {
    const { fallbackPersonId, coordinatorPersonId, groupingMinutes, escalation, escalateTo, version } = state;
    const { mailBundleSeconds, longestSnoozeDays } = state;
    return {
      ...(fallbackPersonId === null ? {} : { fallbackPersonId }),
      ...(coordinatorPersonId === null ? {} : { coordinatorPersonId }),
      groupingMinutes,
      escalation,
      escalateTo,
      mailBundleSeconds,
      longestSnoozeDays,
      version,
      emailAvailable: this.mailer.isAvailable,
    };
  }
}
