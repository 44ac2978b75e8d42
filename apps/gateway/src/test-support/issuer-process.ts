import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '#testing/wait-for.js';

export const TEST_CLIENT_ID = 'doorstroom-web';
export const TEST_CLIENT_SECRET = 'a-secret-of-this-test-run-only';

/** The local issuer as a real process of its own. */
export interface IssuerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  server.close();
  await once(server, 'close');
  return address.port;
}

/** Starts the local issuer for a gateway on `publicUrl`. */
export async function startIssuerProcess(publicUrl: string): Promise<IssuerProcess> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'doorstroom-issuer-'));
  const child: ChildProcess = spawn(process.execPath, ['deploy/local/issuer/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      SERVICE_PORT: String(port),
      OIDC_ISSUER: url,
      OIDC_CLIENT_ID: TEST_CLIENT_ID,
      OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
      PUBLIC_URL: publicUrl,
      DATA_DIR: dataDir,
    },
  });
  // Also when the spec breaks off: nothing may be left behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  await waitFor(async () => (await fetch(`${url}/.well-known/openid-configuration`)).ok, {
    timeout: 20_000,
    what: 'the issuer',
  });
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      process.off('exit', kill);
      kill();
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
