import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder, type TemporaryFolder } from '../../libs/testing/src/temporary-folder.js';
import { waitFor } from '../../libs/testing/src/wait-for.js';
import { repositoryRoot } from './paths.js';
import { isAlive } from './pid-lock.js';
import { freePort, isPortFree } from './ports.js';

/** A service that is ready at once, tells its environment and can be made to crash. */
const SERVICE = `
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  response.end(JSON.stringify({ pid: process.pid, env: process.env }));
}).listen(Number(process.env.SERVICE_PORT ?? process.env.PORT), '127.0.0.1');
console.log('listening as ' + process.env.SERVICE_NAME);
process.on('SIGTERM', () => { console.log('drained'); process.exit(0); });
`;
const NAMES = ['registration', 'assessment', 'notifications', 'audit', 'gateway'];

/** A copy of the launcher around services of a few lines: what is tried here is the launcher. */
function writeRepository(root: string): void {
  cpSync(join(repositoryRoot, 'deploy/local'), join(root, 'deploy/local'), { recursive: true });
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  cpSync(join(repositoryRoot, 'package-lock.json'), join(root, 'package-lock.json'));
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', scripts: { 'build:server': 'true', 'build:web': 'true' } }),
    'examples/load.ts': `console.log('loading into ' + process.env.PUBLIC_URL);`,
    'deploy/local/issuer/main.ts': SERVICE,
    ...Object.fromEntries(NAMES.map((name) => [`dist/apps/${name}/src/main.js`, SERVICE])),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

describe('npm start', () => {
  let folder: TemporaryFolder;
  let root: string;
  let port: number;
  let running: Run[] = [];

  const start = (env: Record<string, string> = {}): Run => {
    const child = spawn(process.execPath, ['deploy/local/bootstrap.mjs', 'start'], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) folder.reaper.addProcess(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const run = { child, output: () => output, ended };
    running.push(run);
    return run;
  };
  const ready = (run: Run) =>
    waitFor(() => run.output().includes(`\nDoorstroom is ready on http://localhost:${port}\n`), {
      timeout: 60_000,
      what: 'the line that Doorstroom is ready',
    });
  const readService = async (at: number): Promise<{ pid: number; env: Record<string, string> }> =>
    (await (await fetch(`http://127.0.0.1:${at}/`)).json()) as { pid: number; env: Record<string, string> };

  beforeAll(() => {
    folder = temporaryFolder('start');
    root = folder.path;
    writeRepository(root);
  });
  beforeEach(async () => {
    do port = await freePort();
    while (!(await isPortFree(port + 1)));
  });
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGTERM');
    await Promise.all(running.map(({ ended }) => ended));
    running = [];
  }, 60_000);
  afterAll(() => {
    folder.remove();
  });

  it('comes up, loads the demo once, restarts what crashes, refuses a second start, and stops as a whole', async () => {
    const first = start();
    await ready(first);
    expect(first.output()).toContain(`loading into http://localhost:${port}`);
    expect(first.output()).toContain('notifications | listening as notifications');
    expect(statSync(join(root, '.data/secrets.json')).mode & 0o777).toBe(0o600);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Doorstroom already runs on http://localhost:${port}`);

    const before = await readService(port);
    await fetch(`http://127.0.0.1:${port}/crash`).catch(() => undefined);
    const after = await waitFor(() => readService(port), { timeout: 10_000, what: 'the restarted gateway' });
    expect(after.pid).not.toBe(before.pid);
    expect(first.output()).toContain('gateway ended with code 3; it starts again in 0.5 s');

    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.output().match(/drained/g)).toHaveLength(NAMES.length + 1);
    expect(await isPortFree(port)).toBe(true);
    expect(await isPortFree(Number(new URL(before.env['NATS_URL']!).port))).toBe(true);

    const again = start();
    await ready(again);
    expect(again.output()).not.toContain('loading into');
    expect((await readService(port)).env['SESSION_SECRET']).toBe(before.env['SESSION_SECRET']);
  }, 120_000);

  it('starts empty with DEMO=0, in another data folder', async () => {
    const empty = start({ DEMO: '0', DATA_DIR: 'elsewhere' });
    await ready(empty);
    expect(empty.output()).not.toContain('loading into');
    expect(existsSync(join(root, 'elsewhere/secrets.json'))).toBe(true);
    expect((await readService(port)).env['DEMO']).toBe('0');
  }, 60_000);

  it('says when the demo data cannot be loaded, runs all the same, and tries again the next time', async () => {
    const load = join(root, 'examples/load.ts');
    const whole = readFileSync(load, 'utf8');
    writeFileSync(load, `throw new Error('no such file: clients.csv');`);
    const first = start({ DATA_DIR: 'half' });
    await ready(first);
    expect(first.output()).toContain(
      'The demo data was not loaded as a whole (no such file: clients.csv); start again to try again, or with DEMO=0 without it.',
    );
    expect(first.output()).not.toMatch(/load\.ts:\d|\n\s+at /);
    first.child.kill('SIGTERM');
    await first.ended;
    writeFileSync(load, whole);
    const second = start({ DATA_DIR: 'half' });
    await ready(second);
    expect(second.output()).toContain('loading into');
  }, 60_000);

  it('leaves no process behind when it is killed itself, and starts again afterwards', async () => {
    const killed = start({ DATA_DIR: 'killed' });
    await ready(killed);
    const { pid } = await readService(port);
    const supervisor = Number(readFileSync(join(root, 'killed/lock'), 'utf8').split('\n')[0]);
    process.kill(supervisor, 'SIGKILL');
    await killed.ended;
    await waitFor(() => !isAlive(pid), { timeout: 15_000, what: 'the end of the gateway' });
    await waitFor(() => isPortFree(port + 1), { timeout: 15_000, what: 'the end of the issuer' });
    const again = start({ DATA_DIR: 'killed' });
    await ready(again);
  }, 60_000);

  it('says in one line that a port is in use', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    const run = start();
    expect(await run.ended).toBe(1);
    expect(run.output().trim()).toBe(`Port ${port} is in use by another program; choose another: PORT=3100 npm start`);
    other.close();
  });

  it('says in one line that the data folder cannot be written', async () => {
    writeFileSync(join(root, 'a-file'), '');
    const run = start({ DATA_DIR: 'a-file' });
    expect(await run.ended).toBe(1);
    expect(run.output().trim()).toMatch(/^No write access to the data folder .*a-file; choose another: DATA_DIR=/);
  });

  it.each([
    [{ PORT: 'http' }, 'PORT is "http"; it must be a whole number from 1 to 65534.'],
    [{ DEMO: 'yes' }, 'DEMO is "yes"; it can be 1 (demo data) or 0 (empty).'],
  ])('says in one line what is wrong with %j', async (env, line) => {
    const run = start(env);
    expect(await run.ended).toBe(1);
    expect(run.output().trim()).toBe(line);
  });

  it('says in one line which tool is missing', async () => {
    const empty = join(root, 'no-tools');
    mkdirSync(empty, { recursive: true });
    const withoutNpm = start({ PATH: empty });
    expect(await withoutNpm.ended).toBe(1);
    expect(withoutNpm.output().trim()).toBe('npm is needed and not on the PATH; it comes with Node.');
    writeFileSync(join(empty, 'npm'), '');
    const withoutPython = start({ PATH: empty });
    expect(await withoutPython.ended).toBe(1);
    expect(withoutPython.output().trim()).toMatch(/^Python 3 is needed/);
  });
});
