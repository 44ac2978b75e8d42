import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { type Role, roles } from '#contracts/codes.js';
import { ownRoutesOf } from '../own-routes.js';
import { allRoutes } from '../routes/index.js';
import { permissions, permissionsOf } from './permissions.js';

/** Descriptions of operations need nothing of what answers them. */
const ownRoutes = ownRoutesOf(<T>(type: Type<T>) => Object.create(type.prototype as object) as T);

function of(...given: Role[]): string[] {
  const caller = { kind: 'person' as const, personId: 'p', roles: given, clusterIds: [], clientIds: [] };
  return permissionsOf({ caller }, allRoutes, ownRoutes);
}

describe('permissions', () => {
  it('each stand for an operation that exists', () => {
    expect(of(...roles).sort()).toEqual([...permissions].sort());
  });

  it('follow from the roles that contracts admit', () => {
    expect(of('beheerder')).toEqual(expect.arrayContaining(['organisations:write', 'dead-letters:write']));
    expect(of('beheerder')).not.toContain('clients:read');
    expect(of('clientmanager')).toEqual(expect.arrayContaining(['clients:write', 'housing:write', 'imports:write']));
    expect(of('clientmanager')).not.toContain('organisations:write');
    expect(of()).toEqual([]);
  });
});
