import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../libs/testing/src/temporary-folder.js';
import { waitFor } from '../../libs/testing/src/wait-for.js';
import { ManagedProcess, type ProcessSpec } from './managed-process.js';
import { isAlive } from './pid-lock.js';
import { createReaper } from './reaper.js';

const reaper = createReaper(0);

function managed(script: string, more: Partial<ProcessSpec> = {}): ManagedProcess {
  let lines = 0;
  const spec: ProcessSpec = {
    name: 'thing',
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: '/',
    isReady: () => Promise.resolve(lines > 0),
    readyWithin: 5_000,
    stopWithin: 200,
    onLine: () => (lines += 1),
    ...more,
  };
  return new ManagedProcess(spec, reaper);
}

describe('a managed process', () => {
  it('quotes its last words when it ends before it is ready', async () => {
    const thing = managed('echo "no such option" >&2; exit 7', { isReady: () => Promise.resolve(false) });
    await expect(thing.start()).rejects.toThrow(/thing ended with code 7.\n.*thing \| no such option/);
    expect(thing.pid).toBeUndefined();
  });

  it('says that a program is not there', async () => {
    await expect(managed('', { command: 'no-such-program' }).start()).rejects.toThrow('ENOENT');
  });

  it('is ended when it does not become ready in time', async () => {
    const thing = managed('echo busy; sleep 60', { isReady: () => Promise.resolve(false), readyWithin: 100 });
    await expect(thing.start()).rejects.toThrow('thing was not ready within 0.1 s');
    expect(thing.pid).toBeUndefined();
  });

  it('stops when asked, or else is killed', async () => {
    const deaf = managed(`trap '' TERM; echo up; while :; do sleep 0.05; done`);
    await deaf.start();
    const pid = deaf.pid!;
    await deaf.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('tells of an end that nobody asked for, and not of others', async () => {
    const told: string[] = [];
    const thing = managed('echo up; exec sleep 60', { onCrash: (_, how) => told.push(how) });
    await thing.start();
    process.kill(thing.pid!, 'SIGKILL');
    await waitFor(() => told.length === 1);
    expect(told).toEqual(['was ended by SIGKILL']);
    await thing.restart();
    await waitFor(() => thing.lines.length === 2);
    await thing.kill9();
    expect(told).toHaveLength(1);
    expect(thing.lines).toEqual(['up', 'up']);
  });
});

describe('the reaper', () => {
  it('ends processes and removes folders when the one that it watches for is killed', async () => {
    const around = temporaryFolder('reaper');
    const [folder, kept] = [join(around.path, 'with a blank'), join(around.path, 'kept')];
    mkdirSync(folder);
    mkdirSync(kept);
    const script = `
      import { spawn } from 'node:child_process';
      import { createReaper } from ${JSON.stringify(join(import.meta.dirname, 'reaper.ts'))};
      const reaper = createReaper(0.3);
      const sleepers = [1, 2, 3].map(() => spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }));
      for (const { pid } of sleepers) reaper.addProcess(pid);
      reaper.removeProcess(sleepers[1].pid);
      for (const folder of ${JSON.stringify([folder, kept])}) reaper.addFolder(folder);
      reaper.removeFolder(${JSON.stringify(kept)});
      console.log(sleepers.map(({ pid }) => pid).join(' '));
      setTimeout(() => undefined, 60_000);
    `;
    const watched = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
    let output = '';
    watched.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
    await waitFor(() => output.includes('\n'), { timeout: 10_000 });
    const [first = 0, released = 0, last = 0] = output.trim().split(' ').map(Number);
    expect([first, released, last].map(isAlive)).toEqual([true, true, true]);

    watched.kill('SIGKILL');
    await waitFor(() => !isAlive(first) && !isAlive(last) && !existsSync(folder), { timeout: 10_000 });
    expect(isAlive(released)).toBe(true);
    expect(existsSync(kept)).toBe(true);
    process.kill(released, 'SIGKILL');
    around.remove();
  });
});
