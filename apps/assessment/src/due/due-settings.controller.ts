import { Controller } from '@nestjs/common';
import {
  type DueSettingsHistory,
  type DueSettingsInForce,
  getDueSettings,
  listDueSettings,
  UpdateDueSettings,
  updateDueSettings,
} from '#contracts/assessment/due.js';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import { Handles } from '#platform/handles.js';
import { DueSettingsService } from './due-settings.service.js';

/** When ZRMs are due and who is reminded when, as an operator sees and changes it. */
@Controller()
export class DueSettingsController {
  constructor(private readonly settings: DueSettingsService) {}

  @Handles(getDueSettings)
  get(_query: NoQuestion): Promise<DueSettingsInForce> {
    return this.settings.get();
  }

  @Handles(updateDueSettings)
  update(command: UpdateDueSettings, caller: Caller): Promise<DueSettingsInForce> {
    return this.settings.update(caller, command);
  }

  @Handles(listDueSettings)
  history(_query: NoQuestion): Promise<DueSettingsHistory> {
    return this.settings.history();
  }
}
