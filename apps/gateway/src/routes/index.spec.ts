import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../http/payload-fields.js';
import type { AnyRoute } from '../http/route.js';
import { pathParameters } from '../http/route-paths.js';
import { allRoutes } from './index.js';

const keyOf = ({ method, path }: AnyRoute) => `${method} ${path}`;

describe('the route tables', () => {
  it('are all in the index', async () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.routes.ts'));
    const tables = await Promise.all(
      files.map(async (file) => (await import(join(import.meta.dirname, file))) as Record<string, AnyRoute[]>),
    );
    const inTables = tables.flatMap((exported) => Object.values(exported).flat().map(keyOf));
    expect(allRoutes.map(keyOf).sort()).toEqual(inTables.sort());
  });

  it('name every operation once', () => {
    expect(new Set(allRoutes.map(keyOf)).size).toBe(allRoutes.length);
  });

  it.each(allRoutes.map((route) => [keyOf(route), route] as const))('%s fits its contract', (_key, route) => {
    expect(route.request.allow.length).toBeGreaterThan(0);
    expect(route.path).toMatch(/^\/v1(\/[a-z-]+|\/\{[a-zA-Z]+\})+$/);
    expect(route.summary).toMatch(/^[A-Z].*[^.]$/);
    for (const name of pathParameters(route.path)) {
      expect([...fieldsOf(route.request.payload).keys()]).toContain(name);
    }
  });
});
