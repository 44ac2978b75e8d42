import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GatewayHarness, startHarness } from '../test-support/gateway-harness.js';

const METRICS_TOKEN = 'a-token-for-the-collector';
let harness: GatewayHarness;
let webDir: string;

beforeAll(async () => {
  webDir = mkdtempSync(join(tmpdir(), 'doorstroom-web-'));
  mkdirSync(join(webDir, 'assets'));
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Doorstroom</title>');
  writeFileSync(join(webDir, 'assets/app-1a2b3c.js'), `console.log(${JSON.stringify('x'.repeat(3_000))})`);
  writeFileSync(join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  harness = await startHarness({
    RATE_LIMIT_PER_MINUTE: 5,
    ANONYMOUS_LIMIT_PER_MINUTE: 40,
    METRICS_TOKEN,
    WEB_DIR: webDir,
  });
}, 60_000);
afterAll(async () => {
  await harness.close();
  rmSync(webDir, { recursive: true, force: true });
}, 30_000);

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${harness.url}${path}`, { headers });
const bearer = async (who: Parameters<GatewayHarness['tokenOf']>[0]) => ({
  authorization: `Bearer ${await harness.tokenOf(who)}`,
});

describe('the web app', () => {
  it('is one page for every address of its own, never from a cache', async () => {
    for (const path of ['/', '/meldingen', '/clienten/123?tab=plek']) {
      const page = await ask(path, { accept: 'text/html' });
      expect([path, page.status, page.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
      expect(await page.text()).toContain('<title>Doorstroom</title>');
    }
  });

  it('has files with a hash in their name for ever, and others looked after', async () => {
    const script = await ask('/assets/app-1a2b3c.js', { 'accept-encoding': 'gzip' });
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect((await ask('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/assets/gone.js', '/v1/gone', '/auth/gone', '/../package.json', '/assets/%2e%2e/%2e%2e/secrets.json'])(
    'is not the answer to %s',
    async (path) => {
      const answer = await ask(path, { accept: 'text/html' });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});

describe('metrics', () => {
  it('need their token, where there is one', async () => {
    expect((await ask('/metrics')).status).toBe(404);
    expect((await ask('/metrics', { authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(200);
  });
});

describe('the rate limit', () => {
  it('counts per caller, and says when to come back', async () => {
    const headers = await bearer('beleid');
    for (let index = 0; index < 5; index += 1) expect((await ask('/v1/me', headers)).status).toBe(200);
    const answer = await ask('/v1/me', headers);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests', correlationId: expect.any(String) });
    expect((await ask('/v1/me', await bearer('gemeente'))).status).toBe(200);
  });

  it('gives a system more', async () => {
    const headers = await bearer('system');
    for (let index = 0; index < 20; index += 1) expect((await ask('/v1/me', headers)).status).toBe(200);
  });

  it('counts what is not there as well', async () => {
    const headers = await bearer('wijkteam');
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask('/v1/gone', headers)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
  });

  it('counts who did not sign in by address, and leaves the probes alone', async () => {
    const statuses = new Set<number>();
    for (let index = 0; index < 45; index += 1) statuses.add((await ask('/v1/me')).status);
    expect([...statuses].sort()).toEqual([401, 429]);
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('hands out the parts of the app to everybody behind that address', async () => {
    for (let index = 0; index < 45; index += 1) await ask('/v1/me');
    expect((await ask('/v1/me')).status).toBe(429);
    expect((await ask('/assets/app-1a2b3c.js')).status).toBe(200);
  });
});
