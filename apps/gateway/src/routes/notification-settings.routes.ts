import { getNotificationPreferences, putNotificationPreferences } from '#contracts/notifications/preferences.js';
import {
  getNotificationSettings,
  listRules,
  updateNotificationSettings,
  updateRule,
} from '#contracts/notifications/rules.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'notification settings';

/** How somebody is told, and by which rules a region tells whom. */
export const notificationSettingsRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/me/notification-preferences',
    request: getNotificationPreferences,
    tag,
    summary: 'How you want to be told',
    etag: 'version',
  }),
  route({
    method: 'PUT',
    path: '/v1/me/notification-preferences',
    request: putNotificationPreferences,
    tag,
    summary: 'Choose e-mail at once, a daily digest or none, and quiet hours',
    etag: 'version',
    examples: {
      body: {
        email: { address: 'anna@ggd.example', mode: 'immediate', digestAt: '08:00' },
        quietHours: { from: '20:00', until: '07:00', exceptHigh: true },
        language: 'nl',
      },
    },
  }),
  route({
    method: 'GET',
    path: '/v1/notification-rules',
    request: listRules,
    tag,
    summary: 'The rules: from which event to whom, how urgent',
  }),
  route({
    method: 'PUT',
    path: '/v1/notification-rules/{ruleId}',
    request: updateRule,
    tag,
    summary: 'Change a rule; one that must reach the regisseur cannot be switched off',
    etag: 'version',
    examples: { body: { urgency: 'high', expectedAction: 'discuss' } },
  }),
  route({
    method: 'GET',
    path: '/v1/notification-settings',
    request: getNotificationSettings,
    tag,
    summary: 'Fallback, escalation times, grouping',
    etag: 'version',
    withNames: true,
  }),
  route({
    method: 'PUT',
    path: '/v1/notification-settings',
    request: updateNotificationSettings,
    tag,
    summary: 'Change fallback, escalation times, grouping',
    etag: 'version',
    withNames: true,
    examples: {
      body: {
        fallbackPersonId: '0192f6a8-0000-7000-8000-00000000a003',
        groupingMinutes: 10,
        escalateTo: ['colleague', 'coordinator', 'fallback'],
      },
    },
  }),
];
