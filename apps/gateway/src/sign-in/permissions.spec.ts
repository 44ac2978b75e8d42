import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { type Role, roles } from '#contracts/codes.js';
import { permissionOperations } from '#contracts/permissions.js';
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

  it('are given to exactly the roles that the operation admits', () => {
    const operations = [
      ...allRoutes.map(({ method, path, request }) => ({ key: `${method} ${path}`, allow: request.allow })),
      ...ownRoutes.map(({ method, path, allow }) => ({ key: `${method} ${path}`, allow })),
    ];
    for (const permission of permissions) {
      const allow = operations.find(({ key }) => key === permissionOperations[permission])?.allow ?? [];
      const admitted = roles.filter((role) => allow === 'public' || allow.includes(role));
      expect([permission, roles.filter((role) => of(role).includes(permission))]).toEqual([permission, admitted]);
    }
  });

  it('show free places to everybody whom the contract lets see them, without the rest of Plekken', () => {
    for (const role of ['ttcj_member', 'procesregisseur', 'beheerder'] as const) {
      expect(of(role)).toContain('vacancies:read');
      expect(of(role)).not.toContain('occupancy:read');
    }
    expect(of('beleid')).toEqual(expect.arrayContaining(['vacancies:read', 'bed-nights:read']));
    expect(of('corporatie')).not.toContain('vacancies:read');
  });

  it('follow from the roles that contracts admit', () => {
    expect(of('beheerder')).toEqual(expect.arrayContaining(['organisations:write', 'dead-letters:write']));
    expect(of('beheerder')).not.toContain('clients:read');
    expect(of('clientmanager')).toEqual(expect.arrayContaining(['clients:write', 'housing:write', 'imports:write']));
    expect(of('clientmanager')).not.toContain('organisations:write');
    expect(of()).toEqual([]);
  });
});
