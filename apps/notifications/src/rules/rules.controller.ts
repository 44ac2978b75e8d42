import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import { type RuleEvent, ruleCatalogue } from '#contracts/notifications/rule-catalogue.js';
import {
  CreateRule,
  createRule,
  getRuleCatalogue,
  PreviewRule,
  previewRule,
  RemoveRule,
  removeRule,
  RuleById,
  ruleHistory,
  type RulePreview,
  type RuleVersion,
} from '#contracts/notifications/rule-drafts.js';
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
import { RulePreviewService } from './rule-preview.service.js';
import { RulesService } from './rules.service.js';
import { SettingsService } from './settings.service.js';

@Controller()
export class RulesController {
  constructor(
    private readonly rules: RulesService,
    private readonly preview: RulePreviewService,
    private readonly settings: SettingsService,
  ) {}

  @Handles(listRules)
  async list(query: ListRules, _caller: Caller): Promise<Rules> {
    return { items: await this.rules.list(query) };
  }

  @Handles(getRuleCatalogue)
  catalogue(_query: NoQuestion, _caller: Caller): Promise<{ items: RuleEvent[] }> {
    return Promise.resolve({ items: [...ruleCatalogue] });
  }

  @Handles(createRule)
  create(command: CreateRule, caller: Caller): Promise<NotificationRule> {
    return this.rules.create(caller, command);
  }

  @Handles(updateRule)
  update(command: UpdateRule, caller: Caller): Promise<NotificationRule> {
    return this.rules.update(caller, command);
  }

  @Handles(removeRule)
  remove(command: RemoveRule, caller: Caller): Promise<{ ruleId: string }> {
    return this.rules.remove(caller, command);
  }

  @Handles(previewRule)
  tryOut(command: PreviewRule, _caller: Caller): Promise<RulePreview> {
    return this.preview.preview(command);
  }

  @Handles(ruleHistory)
  async history(query: RuleById, _caller: Caller): Promise<{ items: RuleVersion[] }> {
    return { items: await this.rules.history(query.ruleId) };
  }

  @Handles(getNotificationSettings)
  getSettings(_query: NoQuestion, _caller: Caller): Promise<NotificationSettings> {
    return this.settings.get();
  }

  @Handles(updateNotificationSettings)
  updateSettings(command: UpdateNotificationSettings, caller: Caller): Promise<NotificationSettings> {
    return this.settings.update(caller, command);
  }
}
