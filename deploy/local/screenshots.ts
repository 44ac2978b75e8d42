import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildServer, buildWeb } from './build.ts';
import { findChromium } from './chromium.ts';
import { repositoryRoot } from './paths.ts';
import { Problem, runMain } from './problem.ts';
import { Progress } from './progress.ts';

/**
 * `npm run screenshots [-- <part of a name>]`: pictures of every page in three widths, light and dark, empty and full, in
 * `screenshots/` with an index.html. Needs no running system and leaves nothing else behind.
 */
async function screenshots(): Promise<void> {
  const folder = join(repositoryRoot, 'screenshots');
  const progress = new Progress();
  const chromium = await progress.step('find Chromium', (say) => findChromium(say));
  if (chromium === undefined) throw new Problem('Without Chromium there are no pictures.');
  await progress.step('build the services', () => buildServer());
  await progress.step('build the web app', () => buildWeb());
  const program = join(repositoryRoot, 'apps/web/browser/take-screenshots.ts');
  const child = spawn(process.execPath, [program, folder, process.argv[2] ?? ''], {
    env: { ...process.env, CHROMIUM_PATH: chromium },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Problem('The pictures were not finished; what went wrong stands above.');
}

await runMain(screenshots);
