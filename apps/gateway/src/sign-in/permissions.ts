import { type Permission, permissionOperations } from '#contracts/permissions.js';
import type { AnyRoute, Operation, OwnRoute } from '../http/route.js';
import { isAllowed, type SignedInCaller } from './signed-in-caller.js';

/** The permissions of a caller, from whom the operations behind them admit. */
export function permissionsOf(
  caller: Pick<SignedInCaller, 'caller'>,
  routes: readonly AnyRoute[],
  ownRoutes: readonly OwnRoute[],
): Permission[] {
  const may = new Set([
    ...routes.filter(({ request }) => isAllowed(request.allow, caller)).map(keyOf),
    ...ownRoutes.filter(({ allow }) => isAllowed(allow, caller)).map(keyOf),
  ]);
  return permissions.filter((permission) => may.has(permissionOperations[permission]));
}

/** Every permission that there can be. */
export const permissions = Object.keys(permissionOperations) as Permission[];

function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
