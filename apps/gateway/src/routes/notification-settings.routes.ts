import { getNotificationPreferences, putNotificationPreferences } from '#contracts/notifications/preferences.js';
import {
  createRule,
  getRuleCatalogue,
  previewRule,
  removeRule,
  ruleHistory,
} from '#contracts/notifications/rule-drafts.js';
import {
  getNotificationSettings,
  listRules,
  updateNotificationSettings,
  updateRule,
} from '#contracts/notifications/rules.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'notification settings';
const draft = {
  eventType: 'nl.doorstroom.registration.housing-situation-changed.v1',
  when: { kinds: ['leave'], codes: ['missing'] },
  recipients: ['coordinator'],
  urgency: 'high',
  expectedAction: 'contact-today',
};

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
    method: 'GET',
    path: '/v1/notification-rules/catalogue',
    request: getRuleCatalogue,
    tag,
    summary: 'What a rule can be about: events, their kinds and codes, and who can be reached',
  }),
  route({
    method: 'POST',
    path: '/v1/notification-rules',
    request: createRule,
    tag,
    summary: 'Add a rule',
    status: 201,
    etag: 'version',
    examples: { body: { ...draft, name: { nl: 'Vermissing naar de coördinator', en: 'Missing to the coordinator' } } },
  }),
  route({
    method: 'POST',
    path: '/v1/notification-rules/preview',
    request: previewRule,
    tag,
    summary: 'What a rule would have done with the last events of its kind; nothing is sent, and no client is named',
    withNames: true,
    examples: { body: { ...draft, events: 100 } },
  }),
  route({
    method: 'GET',
    path: '/v1/notification-rules/{ruleId}/history',
    request: ruleHistory,
    tag,
    summary: 'Versions of a rule, newest first, also after it was removed',
    withNames: true,
  }),
  route({
    method: 'DELETE',
    path: '/v1/notification-rules/{ruleId}',
    request: removeRule,
    tag,
    summary: 'Remove a rule; refused when some housing change would then reach nobody',
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
