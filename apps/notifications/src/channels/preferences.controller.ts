import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import {
  getNotificationPreferences,
  type NotificationPreferences,
  putNotificationPreferences,
  type QuietHours,
  PutNotificationPreferences,
} from '#contracts/notifications/preferences.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { Handles } from '#platform/handles.js';
import { Mailer } from './mailer.js';
import { PreferencesRepository, type PreferencesState } from './preferences.repository.js';
import type { Quiet } from './quiet-hours-rules.js';

/** Everybody sets their own; nobody sets another's. */
@Controller()
export class PreferencesController {
  constructor(
    private readonly preferences: PreferencesRepository,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Handles(getNotificationPreferences)
  async get(_query: NoQuestion, caller: Caller): Promise<NotificationPreferences> {
    return this.view(await this.preferences.find(caller.personId));
  }

  @Handles(putNotificationPreferences)
  async put(command: PutNotificationPreferences, caller: Caller): Promise<NotificationPreferences> {
    const { email, quietHours, language, expectedVersion: expected } = command;
    const stored = await this.unitOfWork.run(async (tx) => {
      const before = await this.preferences.find(caller.personId, tx);
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      const address = email.address === undefined ? before.address : email.address;
      if (email.mode !== 'off' && address === null) {
        throw Refusal.of('email-address-missing', { fields: ['email.address'] });
      }
      const after: PreferencesState = {
        _id: caller.personId,
        address,
        mode: email.mode,
        digestAt: email.digestAt,
        quietHours: quietHours === undefined ? before.quietHours : quietHours && quietOf(quietHours),
        language: language ?? before.language,
        version: before.version + 1,
        failingSince: address === before.address ? before.failingSince : null,
      };
      await this.preferences.save(tx, before, after);
      return after;
    });
    return this.view(stored);
  }

  private view(state: PreferencesState): NotificationPreferences {
    const { _id, address, mode, digestAt, quietHours, language, version, failingSince } = state;
    return {
      personId: _id,
      inApp: true,
      email: { mode, digestAt, ...(address === null ? {} : { address }) },
      quietHours,
      language,
      version,
      emailAvailable: this.mailer.isAvailable,
      ...(failingSince === null ? {} : { emailFailingSince: failingSince.toISOString() }),
    };
  }
}

function quietOf({ from, until, exceptHigh }: QuietHours): Quiet {
  return { from, until, exceptHigh };
}
