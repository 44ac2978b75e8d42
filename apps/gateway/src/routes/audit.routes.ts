import { listClientAccess, listPersonAccess, verifyLog } from '#contracts/audit/access-log.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'audit';
const entry = {
  entryId: '1042',
  at: '2026-03-01T09:12:44.310Z',
  actorId: '0192f6a8-0000-7000-8000-00000000b001',
  actorKind: 'person',
  actorRoles: ['trajectregisseur'],
  action: 'read' as const,
  operation: 'registration.clients.get',
  emergency: false,
};
const ofClient = {
  method: 'GET' as const,
  request: listClientAccess,
  tag,
  withNames: true,
  examples: { reply: { items: [{ ...entry, ground: 'own-caseload' }] } },
};

/** Who saw or changed what (NEN 7513). */
export const auditRoutes: AnyRoute[] = [
  route({ ...ofClient, path: '/v1/clients/{clientId}/access-log', summary: 'Who looked at or changed this client' }),
  route({
    ...ofClient,
    path: '/v1/audit/clients/{clientId}',
    summary: 'The same, from the log’s side; also by period',
  }),
  route({
    method: 'GET',
    path: '/v1/audit/people/{personId}',
    request: listPersonAccess,
    tag,
    summary: 'What a person looked at or changed: one’s own, or for an operator anybody’s without the clients',
    withNames: true,
    examples: { reply: { items: [{ ...entry, clientCount: 1 }] } },
  }),
  route({
    method: 'POST',
    path: '/v1/audit/verify',
    request: verifyLog,
    tag,
    summary: 'Walk the chain of the log; `next` tells where to go on when it is long',
    examples: {
      body: {},
      reply: { intact: true, entries: 1042, verifiedUntil: 1042, verifiedAt: '2026-03-01T09:15:00.000Z' },
    },
  }),
];
