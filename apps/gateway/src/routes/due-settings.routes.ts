import { getDueSettings, listDueSettings, updateDueSettings } from '#contracts/assessment/due.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'zrm-due-settings';
const path = '/v1/zrm-due-settings';

/** When ZRMs are due and who is reminded when: settings of the region. */
export const dueSettingsRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path,
    request: getDueSettings,
    tag,
    etag: 'version',
    summary: 'When ZRMs are due and who is reminded when, and how far plans follow the last change',
    withNames: true,
  }),
  route({
    method: 'PUT',
    path,
    request: updateDueSettings,
    tag,
    etag: 'version',
    summary: 'Change when ZRMs are due or who is reminded when; all clients get a new plan',
    withNames: true,
    examples: {
      body: {
        baselineTerm: { months: 1 },
        ladder: [
          { step: 'ahead', days: -14, audience: ['clientmanager'] },
          { step: 'escalated', days: 14, audience: ['clientmanager', 'trajectregisseur'] },
        ],
      },
    },
  }),
  route({
    method: 'GET',
    path: `${path}/history`,
    request: listDueSettings,
    tag,
    summary: 'These settings as they were, newest first',
    withNames: true,
  }),
];
