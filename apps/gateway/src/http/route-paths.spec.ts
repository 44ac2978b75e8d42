import { describe, expect, it } from '@jest/globals';
import { fillPath, pathParameters, PathMethods, routerPath } from './route-paths.js';

describe('paths', () => {
  const path = '/v1/clients/{clientId}/merge';

  it('are read and filled in', () => {
    expect(routerPath(path)).toBe('/v1/clients/:clientId/merge');
    expect(pathParameters(path)).toEqual(['clientId']);
    expect(fillPath(path, { clientId: 'a/b' })).toBe('/v1/clients/a%2Fb/merge');
    expect(fillPath(path, {})).toBe(path);
  });

  it('know their methods', () => {
    const shared = { tag: 't', summary: 's' };
    const known = new PathMethods([
      { ...shared, method: 'GET', path: '/v1/clients/{clientId}' },
      { ...shared, method: 'PATCH', path: '/v1/clients/{clientId}' },
      { ...shared, method: 'GET', path: '/v1/openapi.json' },
    ]);
    expect(known.of('/v1/clients/1')).toEqual(['GET', 'PATCH']);
    expect(known.of('/v1/clients/1/merge')).toEqual([]);
    expect(known.of('/v1/openapixjson')).toEqual([]);
  });
});
