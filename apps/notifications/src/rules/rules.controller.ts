import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import {
  getNotificationSettings,
  listRules,
  ListRules,
  type NotificationRule,
  type NotificationSettings,
  type Rules,
  updateNotificationSettings,
  UpdateNotificationSettings,
  updateRule,
  UpdateRule,
} from '#contracts/notifications/rules.js';
import { Handles } from '#platform/handles.js';
import { RulesService } from './rules.service.js';

@Controller()
export class RulesController {
  constructor(private readonly rules: RulesService) {}

  @Handles(listRules)
  async list(query: ListRules, _caller: Caller): Promise<Rules> {
    return { items: await this.rules.list(query) };
  }

  @Handles(updateRule)
  update(command: UpdateRule, caller: Caller): Promise<NotificationRule> {
    return this.rules.update(caller, command);
  }

  @Handles(getNotificationSettings)
  settings(_query: NoQuestion, _caller: Caller): Promise<NotificationSettings> {
    return this.rules.get();
  }

  @Handles(updateNotificationSettings)
  updateSettings(command: UpdateNotificationSettings, caller: Caller): Promise<NotificationSettings> {
    return this.rules.updateSettings(caller, command);
  }
}
