import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import { Browser } from '../test-support/browser.js';
import { type GatewayHarness, startHarness } from '../test-support/gateway-harness.js';

let harness: GatewayHarness;

beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness.close(), 30_000);

async function signedIn(role: 'beheerder' | 'clientmanager' = 'beheerder', returnTo = '/'): Promise<Browser> {
  const browser = new Browser(harness.url);
  await browser.signIn(harness.keyOf(role), returnTo);
  return browser;
}

const drop = '/v1/dead-letters/notifications/event-1/drop';
const bodyOf = async (response: Response): Promise<Record<string, unknown>> =>
  (await response.json()) as Record<string, unknown>;

describe('signing in', () => {
  it('brings the person back to the page that was asked for, and tells who they are', async () => {
    const browser = await signedIn('beheerder', '/meldingen?status=open');
    expect(browser.trail.at(-1)).toEqual({ status: 303, location: '/meldingen?status=open' });
    const me = await browser.send('/v1/me');
    expect(await bodyOf(me)).toMatchObject({
      roles: ['beheerder'],
      demo: false,
      locale: 'nl',
      organisationName: 'De Haven',
    });
  });

  it('keeps the session in a cookie that scripts cannot read', async () => {
    const browser = new Browser(harness.url);
    const begin = await browser.walk('/auth/sign-in');
    const chosen = await browser.send(begin.url, {
      method: 'POST',
      body: new URLSearchParams({ person: harness.keyOf('beheerder') }),
    });
    const back = await browser.send(new URL(chosen.headers.get('location')!, begin.url).href);
    const callback = await browser.send(back.headers.get('location')!);
    const cookie = callback.headers.getSetCookie().find((line) => line.startsWith('ds_session='));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
  });

  it('never takes over a session value that the browser brought along', async () => {
    const browser = new Browser(harness.url);
    browser.cookies.set('ds_session', 'planted-by-somebody-else');
    await browser.signIn(harness.keyOf('beheerder'));
    expect(browser.cookies.get('ds_session')).not.toBe('planted-by-somebody-else');
    const before = browser.cookies.get('ds_session')!;
    await browser.signIn(harness.keyOf('beheerder'));
    expect(browser.cookies.get('ds_session')).not.toBe(before);
    const thief = new Browser(harness.url);
    thief.cookies.set('ds_session', before);
    expect(await bodyOf(await thief.send('/v1/me'))).toMatchObject({ status: 401, code: 'session-expired' });
  });

  it.each([
    '//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/auth/sign-in',
    'javascript:alert(1)',
  ])('does not send anybody to %s', async (returnTo) => {
    const browser = await signedIn('beheerder', returnTo);
    expect(browser.trail.at(-1)?.location).toBe('/');
  });

  it('refuses an answer of the issuer that belongs to another sign-in', async () => {
    const browser = new Browser(harness.url);
    await browser.send('/auth/sign-in');
    const answer = await browser.send('/auth/callback?code=abc&state=of-somebody-else');
    expect(answer.headers.get('location')).toBe('/inloggen?fout=1');
    expect(browser.cookies.has('ds_session')).toBe(false);
    const without = await new Browser(harness.url).send('/auth/callback?code=abc&state=x');
    expect(without.headers.get('location')).toBe('/inloggen?fout=1');
  });

  it('shows a clear page to somebody whom the directory does not know, and opens no session', async () => {
    const subject = `demo-${harness.keyOf('beleid')}`;
    const person = harness.behind.people.get(subject)!;
    harness.behind.people.delete(subject);
    const browser = new Browser(harness.url);
    const page = await browser.signIn(harness.keyOf('beleid'));
    expect(browser.trail.at(-1)?.status).toBe(403);
    expect(await page.text()).toContain('Doorstroom kent je nog niet');
    expect(browser.cookies.has('ds_session')).toBe(false);
    harness.behind.people.set(subject, person);
  });

  it('ends the session here and names the sign-out of the issuer', async () => {
    const browser = await signedIn();
    const session = browser.cookies.get('ds_session')!;
    const answer = await bodyOf(await browser.change('/auth/sign-out', {}));
    expect(answer['signOutUrl']).toMatch(new RegExp(`^${harness.issuerUrl}/session/end\\?`));
    expect(browser.cookies.has('ds_session')).toBe(false);
    browser.cookies.set('ds_session', session);
    expect((await browser.send('/v1/me')).status).toBe(401);
  });
});

describe('an open session', () => {
  it('has the roles that the directory gives now, and none when the person was closed out', async () => {
    const subject = `demo-${harness.keyOf('beheerder')}`;
    const person = harness.behind.people.get(subject)!;
    const browser = await signedIn();
    const isRefused = (status: number) => async () =>
      (await browser.change(drop, { reason: 'dubbel' })).status === status;
    await waitFor(isRefused(503), { what: 'the operator to be let through' });
    harness.behind.people.set(subject, { ...person, roles: ['beleid'], version: 2 });
    await waitFor(isRefused(403), { timeout: 10_000, what: 'the role to be gone' });
    harness.behind.people.set(subject, { ...person, active: false, version: 3 });
    await waitFor(async () => (await browser.send('/v1/me')).status === 403, {
      timeout: 10_000,
      what: 'the door to close',
    });
    harness.behind.people.set(subject, person);
    await waitFor(isRefused(503), { timeout: 10_000, what: 'the operator to be back' });
  }, 40_000);
});

describe('a change by cookie', () => {
  it('passes with the token of the session', async () => {
    const browser = await signedIn();
    const answer = await browser.change(drop, { reason: 'dubbel' });
    expect((await bodyOf(answer))['code']).toBe('service-unavailable');
  });

  it.each([
    ['without a token', { 'x-csrf-token': '' }],
    ['with the token of another session', { 'x-csrf-token': 'x'.repeat(43) }],
    ['from another origin', { origin: 'https://evil.example' }],
  ])('is refused %s', async (_what, headers) => {
    const browser = await signedIn();
    const answer = await browser.change(drop, { reason: 'dubbel' }, headers);
    expect(answer.status).toBe(403);
    expect(await bodyOf(answer)).toMatchObject({ code: 'csrf-token-wrong' });
  });

  it('does not sign anybody out without the token', async () => {
    const browser = await signedIn();
    expect((await browser.send('/auth/sign-out', { method: 'POST' })).status).toBe(403);
    expect((await browser.send('/v1/me')).status).toBe(200);
  });
});

describe('an access token', () => {
  const ask = (authorization: string) => fetch(`${harness.url}/v1/me`, { headers: { authorization } });

  it('proves a person, and a system, without a CSRF token', async () => {
    const person = await ask(`Bearer ${await harness.tokenOf('trajectregisseur')}`);
    expect(await bodyOf(person)).toMatchObject({ roles: ['trajectregisseur'], csrfToken: '' });
    const system = await ask(`Bearer ${await harness.tokenOf('system')}`);
    expect(await bodyOf(system)).toMatchObject({ name: 'e-Vita (demo)', roles: [] });
  });

  it.each([
    ['malformed', () => Promise.resolve('Bearer nonsense')],
    ['of another scheme', () => Promise.resolve('Basic YTpi')],
    ['altered', async () => `Bearer ${(await harness.tokenOf('beheerder')).slice(0, -4)}AAAA`],
    ['without a signature', async () => `Bearer ${unsigned(await harness.tokenOf('beheerder'))}`],
  ])('that is %s is refused', async (_what, authorization) => {
    const answer = await ask(await authorization());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    expect(await bodyOf(answer)).toMatchObject({ code: 'token-invalid' });
  });

  it('goes before a cookie, which then proves nothing', async () => {
    const browser = await signedIn();
    const answer = await browser.send('/v1/me', { headers: { authorization: 'Bearer nonsense' } });
    expect(answer.status).toBe(401);
  });
});

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  return `${header}.${token.split('.')[1]!}.AAAA`;
}
