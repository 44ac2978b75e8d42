import { describe, expect, it } from '@jest/globals';
import { settled, violations } from '../browser.ts';
import { enter, hasFocus, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** A client opens beside the list on a wide screen, and as a page of its own on a narrower one (ui.md, Frame). */
export function besideJourney(stage: () => Stage): void {
  describe('Samira looks at clients beside the list', () => {
    it('opens one with Enter, records an arrival there, goes back to the list with Escape, opens the next', async () => {
      const { placeIds } = await stage().cluster('Naast', 2);
      expect(placeIds).toHaveLength(2);
      await stage().client('Nel', 'Naastelaar');
      await stage().client('Nol', 'Naastelaar');
      const page = await stage().pageOf('samira', '/clienten');
      await page.getByLabel('Naam of geboortedatum').fill('Naastelaar');
      const [nel, nol] = [
        page.getByRole('link', { name: 'Nel Naastelaar' }),
        page.getByRole('link', { name: 'Nol Naastelaar' }),
      ];
      await page.getByText('2 cliënten').waitFor();
      await enter(page, nel);
      const detail = page.getByRole('complementary', { name: 'Nel Naastelaar' });
      await detail.getByRole('button', { name: 'Aankomst vastleggen' }).waitFor();
      await settled(page);
      expect(await hasFocus(detail.getByRole('heading', { level: 2 }))).toBe(true);
      // No window: the list beside it stays within reach.
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await violations(page)).toEqual([]);

      // Escape closes what is on top only.
      await enter(page, detail.getByRole('button', { name: 'Aankomst vastleggen' }));
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await hasFocus(detail.getByRole('button', { name: 'Aankomst vastleggen' }))).toBe(true);
      await page.keyboard.press('Escape');
      await detail.waitFor({ state: 'detached' });
      expect(await hasFocus(nel)).toBe(true);

      await tabTo(page, nol);
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Nol Naastelaar' }).waitFor();
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 60_000);

    it('gets a window over the list when the screen becomes narrower, and the file itself from there on', async () => {
      const page = await stage().pageOf('samira', '/clienten');
      await page.getByLabel('Naam of geboortedatum').fill('Naastelaar');
      await page.getByText('2 cliënten').waitFor();
      await page.getByRole('link', { name: 'Nel Naastelaar' }).click();
      await page.getByRole('complementary', { name: 'Nel Naastelaar' }).waitFor();
      await page.setViewportSize({ width: 1000, height: 860 });
      const window = page.getByRole('dialog', { name: 'Nel Naastelaar' });
      await window.waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await window.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Nel Naastelaar' }).click();
      await page.getByRole('heading', { level: 1, name: 'Nel Naastelaar' }).waitFor();
      await page.context().close();
    }, 60_000);
  });
}
