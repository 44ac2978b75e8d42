import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { type Role, roles } from '#contracts/codes.js';
import type { Asker } from '#contracts/request.js';
import type { OwnRoute } from './http/route.js';
import { fillPath, pathParameters } from './http/route-paths.js';
import { needAdmissionOfAll, Registrar } from './http/registrar.js';
import { ownRoutesOf } from './own-routes.js';
import { allRoutes } from './routes/index.js';
import { Browser } from './test-support/browser.js';
import { type GatewayHarness, startHarness } from './test-support/gateway-harness.js';

let harness: GatewayHarness;
let operations: { method: string; path: string; allow: readonly Asker[] | 'public' }[];

beforeAll(async () => {
  harness = await startHarness({ RATE_LIMIT_PER_MINUTE: 100_000, ANONYMOUS_LIMIT_PER_MINUTE: 100_000 });
  const own: OwnRoute[] = ownRoutesOf((type) => harness.gateway.app.get(type));
  operations = [
    ...allRoutes.map(({ method, path, request }) => ({ method, path, allow: request.allow })),
    ...own.map(({ method, path, allow }) => ({ method, path, allow })),
  ];
}, 60_000);
afterAll(() => harness.close(), 30_000);

const ownRoute: OwnRoute = { method: 'GET', path: '/v1/own', tag: 't', summary: 's', allow: [], handle: () => null };

async function statusOf(method: string, path: string, token?: string): Promise<number> {
  const address = fillPath(path, Object.fromEntries(pathParameters(path).map((name) => [name, 'some-id'])));
  const aborter = new AbortController();
  const response = await fetch(`${harness.url}${address}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: aborter.signal,
  });
  // A live stream has no end; the status is all that is asked.
  aborter.abort();
  return response.status;
}

/** Operations that answer somebody otherwise than the contract says. */
async function wrongFor(who: Role | 'system'): Promise<string[]> {
  const token = await harness.tokenOf(who);
  const wrong: string[] = [];
  for (const { method, path, allow } of operations) {
    const isAllowed = allow === 'public' || allow.includes(who);
    const status = await statusOf(method, path, token);
    if ((status === 403) === isAllowed || status === 401) wrong.push(`${method} ${path} gave ${who} ${status}`);
  }
  return wrong;
}

describe('every operation', () => {
  it('says whom it admits', () => {
    expect(operations.length).toBeGreaterThan(20);
    expect(operations.filter(({ allow }) => allow.length === 0)).toEqual([]);
    // What needs no sign-in is said here too, so that nothing becomes public by accident.
    const open = operations.filter(({ allow }) => allow === 'public').map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual(['GET /v1/asyncapi.json', 'GET /v1/openapi.json']);
  });

  it('is in a table: a route that says nothing about whom it admits stops the start', () => {
    const loose = fastify();
    needAdmissionOfAll(loose);
    expect(() => loose.get('/v1/loose', () => 'everything')).toThrow('GET /v1/loose is in no route table');
    expect(() => harness.gateway.app.get(Registrar).register(loose, [], [{ ...ownRoute, allow: [] }])).toThrow(
      'GET /v1/own admits nobody',
    );
  });

  it('asks who it is, when nobody signed in', async () => {
    const wrong: string[] = [];
    for (const { method, path, allow } of operations) {
      if (allow === 'public') continue;
      const status = await statusOf(method, path);
      if (status !== 401) wrong.push(`${method} ${path} gave nobody ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that changes something needs a page of ours, when somebody signed in by cookie', async () => {
    const browser = new Browser(harness.url);
    await browser.signIn(harness.keyOf('beheerder'));
    const wrong: string[] = [];
    const changing = operations.filter(({ method }) => method !== 'GET');
    expect(changing.length).toBeGreaterThan(30);
    for (const { method, path } of changing) {
      const address = fillPath(path, Object.fromEntries(pathParameters(path).map((name) => [name, 'some-id'])));
      // What a form of another site can send along with the cookie.
      const body = new FormData();
      body.set('kind', 'clients');
      for (const init of [{ method }, { method, body }]) {
        const answer = await browser.send(address, init);
        const { code } = (await answer.json()) as { code?: string };
        if (code !== 'csrf-token-wrong') wrong.push(`${method} ${path} gave ${answer.status} ${String(code)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([...roles, 'system' as const])('admits a %s where its contract says so, and nowhere else', async (who) => {
    expect(await wrongFor(who)).toEqual([]);
  });
});
