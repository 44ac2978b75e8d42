import type { AnyRoute, Method, Operation, OwnRoute } from '../http/route.js';
import { isAllowed, type SignedInCaller } from './signed-in-caller.js';

/**
 * What a page may offer, each told by the operation that it leads to: who may use the operation has the permission. It
 * is a help to the web app only; the services decide again on every request.
 */
const operationOf: Record<string, [Method, string]> = {
  'meldingen:read': ['GET', '/v1/meldingen'],
  'clients:read': ['GET', '/v1/clients/{clientId}'],
  'clients:write': ['POST', '/v1/clients'],
  'clients:merge': ['POST', '/v1/clients/{clientId}/merge'],
  'access-log:read': ['GET', '/v1/clients/{clientId}/access-log'],
  'housing:write': ['POST', '/v1/clients/{clientId}/housing-changes'],
  'occupancy:read': ['GET', '/v1/occupancy'],
  'waiting-list:read': ['GET', '/v1/waiting-list'],
  'waiting-list:write': ['POST', '/v1/waiting-list'],
  'data-quality:read': ['GET', '/v1/data-quality'],
  'imports:write': ['POST', '/v1/imports'],
  'organisations:write': ['POST', '/v1/organisations'],
  'people:write': ['POST', '/v1/people'],
  'caseloads:write': ['PUT', '/v1/caseloads/{personId}'],
  'rules:write': ['PUT', '/v1/notification-rules/{ruleId}'],
  'webhooks:write': ['POST', '/v1/webhooks'],
  'dead-letters:write': ['GET', '/v1/dead-letters'],
  'system-health:read': ['GET', '/v1/system-health'],
  'audit:verify': ['POST', '/v1/audit/verify'],
};

/** Every permission that there can be. */
export const permissions = Object.keys(operationOf);

/** The permissions of a caller, from the operations that exist. */
export function permissionsOf(
  caller: Pick<SignedInCaller, 'caller'>,
  routes: readonly AnyRoute[],
  ownRoutes: readonly OwnRoute[],
): string[] {
  const may = new Set([
    ...routes.filter(({ request }) => isAllowed(request.allow, caller)).map(keyOf),
    ...ownRoutes.filter(({ allow }) => isAllowed(allow, caller)).map(keyOf),
  ]);
  return Object.entries(operationOf)
    .filter(([, [method, path]]) => may.has(keyOf({ method, path })))
    .map(([permission]) => permission);
}

function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
