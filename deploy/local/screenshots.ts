import { join } from 'node:path';
import { takeScreenshots } from '../../apps/web/browser/screenshots.ts';
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
  process.env['CHROMIUM_PATH'] = chromium;
  await progress.step('build the services', () => buildServer());
  await progress.step('build the web app', () => buildWeb());
  const count = await progress.step('take pictures', (say) => takeScreenshots(folder, process.argv[2] ?? '', say));
  console.log(`\n${count} pictures: open ${join(folder, 'index.html')}`);
}

await runMain(screenshots);
