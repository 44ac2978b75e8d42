import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { roles } from '../../../libs/contracts/src/codes.js';
import { waitFor } from '../../../libs/testing/src/wait-for.js';
import { freePort } from '../ports.js';
import { repositoryRoot } from '../paths.js';
import { DEMO_PEOPLE } from './demo-people.js';

const CLIENT_SECRET = 'secret-of-this-test-run';
let url: string;
let port: number;
let dataDir: string;
let issuer: ChildProcess;
let output = '';

async function start(): Promise<void> {
  issuer = spawn(process.execPath, ['deploy/local/issuer/main.ts'], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      SERVICE_PORT: String(port),
      OIDC_ISSUER: url,
      OIDC_CLIENT_ID: 'doorstroom-web',
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      PUBLIC_URL: 'http://localhost:3000',
      DATA_DIR: dataDir,
    },
  });
  for (const stream of [issuer.stdout, issuer.stderr])
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  await waitFor(async () => (await fetch(`${url}/.well-known/openid-configuration`)).ok, {
    timeout: 20_000,
    what: 'the issuer',
  });
}

async function stop(): Promise<number | null> {
  const ended = once(issuer, 'exit') as Promise<[number | null]>;
  issuer.kill('SIGTERM');
  return (await ended)[0];
}

/** Runs the token command. */
function token(name: string, from = url): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], OIDC_ISSUER: from, OIDC_CLIENT_SECRET: CLIENT_SECRET };
  return new Promise((resolve) => {
    execFile(process.execPath, ['deploy/local/token.ts', name], { cwd: repositoryRoot, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'doorstroom-issuer-'));
  port = await freePort();
  url = `http://localhost:${port}`;
  await start();
}, 30_000);
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the demo persons', () => {
  it('have every role between them, and names and subjects of their own', () => {
    expect(new Set(DEMO_PEOPLE.flatMap((person) => person.roles))).toEqual(new Set(roles));
    for (const field of ['key', 'subject', 'name'] as const) {
      expect(new Set(DEMO_PEOPLE.map((person) => person[field])).size).toBe(DEMO_PEOPLE.length);
    }
  });
});

describe('the local issuer', () => {
  it('says what it is, so that production can refuse it', async () => {
    const discovery = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({
      issuer: url,
      doorstroom_local_issuer: true,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('needs PKCE, and sends nobody to an address that it does not know', async () => {
    const ask = (changes: Record<string, string>) =>
      fetch(
        `${url}/auth?${new URLSearchParams({
          client_id: 'doorstroom-web',
          response_type: 'code',
          scope: 'openid',
          redirect_uri: 'http://localhost:3000/auth/callback',
          ...changes,
        }).toString()}`,
        { redirect: 'manual' },
      );
    const withoutPkce = new URL((await ask({})).headers.get('location')!);
    expect(withoutPkce.searchParams.get('error')).toBe('invalid_request');
    const elsewhere = await ask({ redirect_uri: 'https://evil.example/' });
    expect(elsewhere.status).toBe(400);
    expect(await elsewhere.text()).toContain('Inloggen lukte niet');
  });

  it('is quiet: one line, which warns', () => {
    expect(output.trim().split('\n')).toEqual([
      `local issuer on ${url}: for demonstration only, anyone who reaches it can sign in`,
    ]);
  });

  it('keeps its keys to itself and over a restart, so that tokens stay valid', async () => {
    const keys = async () => (await (await fetch(`${url}/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
    const before = await keys();
    expect(before.keys[0]!.d).toBeUndefined();
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(await stop()).toBe(0);
    await start();
    expect(await keys()).toEqual(before);
  }, 40_000);
});

describe('the token command', () => {
  it('prints an access token for our interface and nothing else', async () => {
    const { code, stdout, stderr } = await token('noor');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(stdout.trim())).toMatchObject({ iss: url, sub: 'demo-noor', aud: 'urn:doorstroom:api' });
    expect(decodeJwt((await token('e-vita-demo')).stdout.trim())).toMatchObject({ sub: 'e-vita-demo' });
  });

  it('says in one line who there are, or that nothing runs', async () => {
    const unknown = await token('piet');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr.trim()).toMatch(/^There is no demo person "piet"; there are: noor, .*, e-vita-demo\.$/);
    const away = await token('noor', `http://localhost:${await freePort()}`);
    expect(away.stderr.trim()).toMatch(/^No issuer answers on .*; is Doorstroom running \(npm start\)\?$/);
  });
});
