import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { freePort, isPortFree } from './ports.ts';

const SCRIPT = `
  const { freePort } = await import(${JSON.stringify(join(import.meta.dirname, 'ports.ts'))});
  const ports = [];
  for (let count = 0; count < 30; count += 1) ports.push(await freePort());
  console.log(JSON.stringify(ports));
  // Alive until all others have asked as well.
  process.stdin.once('data', () => process.exit());
`;

describe('free ports', () => {
  it('are given to one process only, also when several ask at once', async () => {
    const run = promisify(execFile);
    const asking = Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '--eval', SCRIPT]));
    const answers = Promise.all(
      asking.map(({ child }) => new Promise<string>((resolve) => child.stdout?.once('data', resolve))),
    );
    const ports = (await answers).flatMap((answer) => JSON.parse(answer) as number[]);
    for (const { child } of asking) child.stdin?.end('done\n');
    await Promise.all(asking);
    expect(ports).toHaveLength(180);
    expect(new Set(ports).size).toBe(180);
  });

  it('are given again and again, past those that somebody listens on', async () => {
    const first = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(first, '127.0.0.1', resolve));
    const ports: number[] = [];
    for (let count = 0; count < 150; count += 1) ports.push(await freePort());
    expect(ports).not.toContain(first);
    expect(await isPortFree(first)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(first)).toBe(true);
  });
});
