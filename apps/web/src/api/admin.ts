import { queryOptions } from '@tanstack/react-query';

import type { RuleEvent } from '#contracts/notifications/rule-catalogue.js';
import type {
  CreateRule,
  RuleDraft as DraftRequest,
  RulePreview as PreviewReply,
  RuleVersion,
} from '#contracts/notifications/rule-drafts.js';
import type {
  NotificationRule,
  NotificationSettings,
  Rules,
  UpdateNotificationSettings,
  UpdateRule,
} from '#contracts/notifications/rules.js';

import { api } from './http.js';
import type { Beside } from './joined.js';

export type { NotificationRule, NotificationSettings, RuleEvent };

/** What a rule says, as a plain object. */
export type RuleDraft = Pick<DraftRequest, keyof DraftRequest>;

/** What a rule would have done, with the names of who would have had a melding. */
export type RulePreview = Beside<PreviewReply>;

export const ruleKeys = { rules: ['notification-rules'] as const, settings: ['notification-settings'] as const };

export const rulesQuery = queryOptions({
  queryKey: ruleKeys.rules,
  queryFn: ({ signal }) => api.get<Rules>('/v1/notification-rules', { signal }),
});

export type RuleChanges = Omit<UpdateRule, 'ruleId' | 'expectedVersion'>;

export const saveRule = (rule: NotificationRule, body: RuleChanges): Promise<NotificationRule> =>
  api.put(`/v1/notification-rules/${rule.ruleId}`, { body, version: rule.version });

export const ruleCatalogueQuery = queryOptions({
  queryKey: [...ruleKeys.rules, 'catalogue'],
  queryFn: ({ signal }) => api.get<{ items: RuleEvent[] }>('/v1/notification-rules/catalogue', { signal }),
});

export const ruleHistoryQuery = (ruleId: string) =>
  queryOptions({
    queryKey: [...ruleKeys.rules, ruleId, 'history'],
    queryFn: ({ signal }) =>
      api.get<Beside<{ items: RuleVersion[] }>>(`/v1/notification-rules/${ruleId}/history`, { signal }),
  });

export const createRule = (
  body: Omit<CreateRule, 'idempotencyKey'>,
  idempotencyKey: string,
): Promise<NotificationRule> => api.post('/v1/notification-rules', { body, idempotencyKey });

/** What a rule would have done with the last events; nothing is sent. */
export const previewRule = (body: RuleDraft): Promise<RulePreview> =>
  api.post('/v1/notification-rules/preview', { body });

export const removeRule = ({ ruleId, version }: NotificationRule): Promise<unknown> =>
  api.delete(`/v1/notification-rules/${ruleId}`, { version });

export const settingsQuery = queryOptions({
  queryKey: ruleKeys.settings,
  queryFn: ({ signal }) => api.get<NotificationSettings>('/v1/notification-settings', { signal }),
});

export type SettingsChanges = Omit<UpdateNotificationSettings, 'expectedVersion'>;

export const saveSettings = (version: number, body: SettingsChanges): Promise<NotificationSettings> =>
  api.put('/v1/notification-settings', { body, version });
