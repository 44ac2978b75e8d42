import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { today } from '../../../../test/support/days.ts';
import { settled, sideways, violations } from '../browser.ts';
import { enter, hears, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** The last of all: from here on it is another day for everybody. */
export function demoDateJourney(stage: () => Stage): void {
  describe('Samira moves the date of the demo', () => {
    it('by keyboard, and Noor sees that day and what it brings on the page that she has open', async () => {
      const { placeIds } = await stage().cluster('Datum', 1);
      await stage().housed(['Dina Datum'], placeIds, today());
      const noor = await stage().pageOf('noor', '/');
      await noor.getByText('Dina Datum').first().waitFor();
      await day(noor, today()).waitFor();
      const samira = await stage().pageOf('samira', '/clienten');
      await settled(samira);

      await tabTo(samira, day(samira, today()));
      await samira.keyboard.press('Enter');
      const later = samira.getByRole('button', { name: '3 maanden later' });
      await later.waitFor();
      await settled(samira);
      expect(await violations(samira)).toEqual([]);
      await enter(samira, later);
      const { today: moved } = await afterMove(stage, today());
      await day(samira, moved).waitFor();
      await hears(samira, `Het is nu ${written(moved)}.`);
      expect(await samira.evaluate(() => window.presses)).toBe(0);

      await day(noor, moved).waitFor();
      await hears(noor, `Het is nu ${written(moved)}.`);
      // Nobody filled in a ZRM for three months.
      const row = noor.locator('[data-melding]').filter({ hasText: 'Dina Datum' }).filter({ hasText: 'ZRM' });
      await row.first().waitFor({ timeout: 20_000 });

      // Escape closes it and gives the focus back; on a phone it fits.
      await samira.keyboard.press('Escape');
      await later.waitFor({ state: 'hidden' });
      await samira.setViewportSize({ width: 320, height: 640 });
      await samira.keyboard.press('Enter');
      await later.waitFor();
      await settled(samira);
      expect([await violations(samira), Math.max(0, await sideways(samira))]).toEqual([[], 0]);
      await samira.context().close();
      await noor.context().close();
    }, 120_000);

    it('to a day of her choice, not one that is over; and hears it when somebody was quicker', async () => {
      const page = await stage().pageOf('samira', '/clienten');
      const { today: before, version } = await (await stage().world.as('samira')).get<Shown>('/v1/demo-clock');
      await day(page, before).click();
      const form = page.locator('.d-demo__date form');
      await form.getByLabel('Of kies een dag').fill('1-1-2026');
      await form.getByRole('button', { name: 'Ga naar deze dag' }).click();
      await form.locator('[aria-invalid="true"]').waitFor();
      await form.getByLabel('Of kies een dag').fill('morgen');
      await page.keyboard.press('Tab');
      await form.getByRole('button', { name: 'Ga naar deze dag' }).click();
      const { today: chosen } = await afterMove(stage, before);
      await day(page, chosen).waitFor();

      // Noor presses between her press and the answer.
      const noor = await stage().world.as('noor');
      let theirs = chosen;
      await page.route('**/v1/demo-clock/move', async (route) => {
        const moved = await noor.post<Shown>('/v1/demo-clock/move', { days: 1 }, { version: version + 1 });
        theirs = moved.today;
        await route.continue();
      });
      await page.getByRole('button', { name: '1 dag later' }).click();
      await page.getByText('Iemand anders heeft de datum net verzet.').waitFor();
      await day(page, theirs).waitFor();
      expect(theirs > chosen).toBe(true);
      await page.context().close();
    }, 90_000);
  });
}

/** The date as the interface tells it. */
interface Shown {
  today: string;
  version: number;
}

const day = (page: Page, date: string) =>
  page.locator('.d-demo__date summary').filter({ hasText: `Vandaag is het ${written(date)} (demo)` });

function written(date: string): string {
  return new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}

/** The date once it is another than before. */
async function afterMove(stage: () => Stage, before: string): Promise<Shown> {
  const api = await stage().world.as('samira');
  for (;;) {
    const now = await api.get<Shown>('/v1/demo-clock');
    if (now.today !== before) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
