import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled, violations } from '../browser.ts';
import { DutchFinder } from '../dutch.ts';
import { PAGES } from '../pages.ts';
import type { Stage } from '../stage.ts';

/** The whole app in English, for who chooses so. */
export function englishJourney(stage: () => Stage): void {
  describe('in English', () => {
    it('has Dutch on its pages as long as nobody chose otherwise', async () => {
      const finder = await DutchFinder.read();
      expect(finder.size).toBeGreaterThan(500);
      const page = await stage().pageOf('noor', '/');
      await settled(page);
      expect((await finder.on(page)).length).toBeGreaterThan(10);
      await page.context().close();
    }, 60_000);

    it.each(['noor', 'samira', 'beheer'])(
      'leaves no Dutch on the pages of %s, and keeps that choice',
      async (person) => {
        const { world } = stage();
        const finder = await DutchFinder.read();
        // A session of its own, because it ends here.
        const page = await stage().people.signIn(person);
        await chooseEnglish(page);
        const found = new Map<string, string[]>();
        for (const [, name, path] of PAGES.filter(([who]) => who === person)) {
          await page.goto(path.replace('{client}', world.clientIds[0] ?? '').replace('{cluster}', world.clusterId));
          await settled(page);
          expect(await page.locator('html').getAttribute('lang')).toBe('en');
          const dutch = await finder.on(page);
          if (dutch.length > 0) found.set(name, dutch);
        }
        expect(Object.fromEntries(found)).toEqual({});
        expect(await violations(page)).toEqual([]);

        await page.locator('.d-menu--end summary').click();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('link', { name: 'Sign in' }).waitFor();
        expect(await finder.on(page)).toEqual([]);
        await page.context().close();
      },
      120_000,
    );
  });
}

async function chooseEnglish(page: Page): Promise<void> {
  await settled(page);
  await page.locator('.d-menu--end summary').click();
  await page.getByLabel('English').check();
  await page.locator('html[lang="en"]').waitFor();
}
