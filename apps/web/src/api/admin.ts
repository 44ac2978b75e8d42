import { queryOptions } from '@tanstack/react-query';

import type {
  NotificationRule,
  NotificationSettings,
  Rules,
  UpdateNotificationSettings,
  UpdateRule,
} from '#contracts/notifications/rules.js';

import { api } from './http.js';

export type { NotificationRule, NotificationSettings };

export const ruleKeys = { rules: ['notification-rules'] as const, settings: ['notification-settings'] as const };

export const rulesQuery = queryOptions({
  queryKey: ruleKeys.rules,
  queryFn: ({ signal }) => api.get<Rules>('/v1/notification-rules', { signal }),
});

export type RuleChanges = Omit<UpdateRule, 'ruleId' | 'expectedVersion'>;

export const saveRule = (rule: NotificationRule, body: RuleChanges): Promise<NotificationRule> =>
  api.put(`/v1/notification-rules/${rule.ruleId}`, { body, version: rule.version });

export const settingsQuery = queryOptions({
  queryKey: ruleKeys.settings,
  queryFn: ({ signal }) => api.get<NotificationSettings>('/v1/notification-settings', { signal }),
});

export type SettingsChanges = Omit<UpdateNotificationSettings, 'expectedVersion'>;

export const saveSettings = (version: number, body: SettingsChanges): Promise<NotificationSettings> =>
  api.put('/v1/notification-settings', { body, version });
