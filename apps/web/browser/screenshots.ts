import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSystem, type TestSystem } from '../../../libs/testing/src/system.ts';
import { makeWorld } from '../../../test/support/world.ts';
import { People, settled } from './browser.ts';
import { furnish, type Subject } from './scene.ts';
import { VIEWS, type View } from './views.ts';

const WIDTHS = [1280, 768, 320] as const;
/** Of a long list the first part tells enough, and stays readable. */
const LONGEST = 1800;
const THEMES = ['light', 'dark'] as const;
/** Dark is the same page with other colours: one width shows them. */
const isTaken = (width: number, theme: string): boolean => theme === 'light' || width === WIDTHS[0];

/** One picture that was taken; `error` says why there is none. */
export interface Picture {
  readonly fill: Fill;
  readonly view: string;
  readonly file?: string;
  readonly width?: number;
  readonly theme?: string;
  readonly error?: string;
}

export type Fill = 'vol' | 'leeg';

/**
 * Takes pictures of every page and state, in Dutch, in three widths, light and dark, with the demo data and without,
 * and writes an index.html to look through them.
 * @param only takes pictures of views whose name contains this
 */
export async function takeScreenshots(folder: string, only: string, say: (line: string) => void): Promise<number> {
  const views = VIEWS.filter(({ name }) => name.includes(only));
  if (only === '') rmSync(folder, { recursive: true, force: true });
  const pictures: Picture[] = [];
  for (const fill of ['vol', 'leeg'] as const) {
    mkdirSync(join(folder, fill), { recursive: true });
    say(fill === 'vol' ? 'a system with the demo data' : 'a system without data');
    const system = await startSystem({ logLevel: 'warn', demoData: fill === 'vol' });
    try {
      const subject = fill === 'vol' ? await furnish(system) : await subjectOfNothing(system);
      pictures.push(...(await takeAll(system.publicUrl, { folder, fill, views, subject, say })));
    } finally {
      await system.close();
    }
  }
  writeFileSync(join(folder, 'index.html'), indexOf(pictures));
  return pictures.filter(({ file }) => file !== undefined).length;
}

/** Only people, organisations, an empty cluster, and one client about whom nothing is known. */
async function subjectOfNothing(system: TestSystem): Promise<Subject> {
  const world = await makeWorld(system, { places: 0, clients: 1 });
  return { clientId: world.clientIds[0] ?? '', clusterId: world.clusterId, importId: 'geen', calibrationId: 'geen' };
}

export interface Session {
  readonly folder: string;
  readonly fill: Fill;
  readonly views: readonly View[];
  readonly subject: Subject;
  readonly say: (line: string) => void;
}

/** Pictures of the views in a running system, of two people at a time; a view that cannot be reached is told and passed over. */
export async function takeAll(publicUrl: string, session: Session): Promise<Picture[]> {
  const people = await People.open(publicUrl);
  const taken = new Map<View, Picture[]>();
  const waiting = Map.groupBy(session.views, ({ person }) => person).entries();
  const takeNext = async (): Promise<void> => {
    for (const [person, views] of waiting) {
      const page = await people.signIn(person);
      for (const view of views) taken.set(view, await takeView(page, view, session));
      await page.context().close();
    }
  };
  try {
    await Promise.all([takeNext(), takeNext()]);
  } finally {
    await people.close();
  }
  return session.views.flatMap((view) => taken.get(view) ?? []);
}

async function takeView(page: Page, view: View, { folder, fill, subject, say }: Session): Promise<Picture[]> {
  const taken: Picture[] = [];
  const path = view.path
    .replace('{client}', subject.clientId)
    .replace('{cluster}', subject.clusterId)
    .replace('{import}', subject.importId)
    .replace('{calibration}', subject.calibrationId);
  try {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 320 ? 640 : 860 });
      // A page alone follows the width of its window; what was opened on it may not.
      if (width === WIDTHS[0] || view.prepare !== undefined) await page.goto(path);
      await settled(page);
      if (view.prepare !== undefined) {
        await view.prepare(page);
        await settled(page);
      }
      for (const theme of THEMES.filter((one) => isTaken(width, one))) {
        await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
        const file = `${fill}/${view.name}-${width}-${theme}.png`;
        await takePicture(page, join(folder, file));
        taken.push({ fill, view: view.name, file, width, theme });
      }
      await page.evaluate(() => delete document.documentElement.dataset['theme']);
    }
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    // Without data some states cannot be reached; with data each that cannot is worth knowing.
    if (fill === 'vol') say(`${view.name}: ${text}`);
    taken.push({ fill, view: view.name, error: text });
  }
  return taken;
}

/** The whole page as far as it stays readable; of an open window what is on the screen. */
async function takePicture(page: Page, path: string): Promise<void> {
  const isWindowOpen = (await page.locator('dialog[open]').count()) > 0;
  const size = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const clip = { x: 0, y: 0, width: size.width, height: Math.min(size.height, LONGEST) };
  await page.screenshot({ path, animations: 'disabled', ...(isWindowOpen ? {} : { fullPage: true, clip }) });
}

/** All pictures under each other, per view, with keys to show one width, theme or state only. */
function indexOf(pictures: readonly Picture[]): string {
  const views = [...new Set(pictures.map(({ view }) => view))];
  const figures = views.map((view) => {
    const shown = pictures
      .filter((picture) => picture.view === view)
      .map(({ fill, file, width, theme, error }) =>
        file === undefined
          ? `<p class="${fill}">${fill}: ${escape(error ?? '')}</p>`
          : `<figure class="${fill} w${width} ${theme}"><figcaption>${fill} · ${width} · ${theme}</figcaption>` +
            `<a href="${file}"><img loading="lazy" alt="${view}, ${fill}, ${width}, ${theme}" src="${file}"></a></figure>`,
      );
    return `<section id="${view}"><h2>${view}</h2><div>${shown.join('\n')}</div></section>`;
  });
  const filters = ['vol', 'leeg', 'w1280', 'w768', 'w320', ...THEMES].map(
    (name) => `<label><input type="checkbox" checked data-shows="${name}"> ${name}</label>`,
  );
  return `<!doctype html>
<html lang="nl"><meta charset="utf-8"><title>Doorstroom in beeld</title>
<style>
  body { font: 16px/1.5 system-ui; margin: 1rem; background: #eee; }
  header { position: sticky; top: 0; background: #eee; padding: .5rem 0; }
  section > div { display: flex; gap: 1rem; overflow-x: auto; align-items: start; }
  figure { margin: 0; } img { max-height: 30rem; border: 1px solid #999; }
</style>
<header>${filters.join(' ')}</header>
${figures.join('\n')}
<script>
  const style = document.head.appendChild(document.createElement('style'));
  const boxes = [...document.querySelectorAll('[data-shows]')];
  addEventListener('change', () => {
    style.textContent = boxes.filter((b) => !b.checked).map((b) => '.' + b.dataset.shows + '{display:none}').join('');
  });
</script>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
