import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { today } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { enter, hasFocus, hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** Who needs Noor now, why, and what she does about it: the urgent first, and the whole story beside the list. */
export function attentionJourney(stage: () => Stage): void {
  describe('Noor sees what asks for attention', () => {
    it('finds the urgent above the rest, walks there with the arrows, reads it beside the list and says "seen" there', async () => {
      const { placeIds } = await stage().cluster('Blik', 2);
      const [gone = ''] = await stage().housed(['Wim Weggelopen', 'Bob Blijft'], placeIds);
      const samira = await stage().world.as('samira');
      const left = { kind: 'departure', date: today(), reason: 'left-without-notice', destination: 'unknown' };
      await samira.post(`/v1/clients/${gone}/housing-changes`, left, { key: 'blik-departure' });
      const page = await stage().pageOf('noor', '/');
      const urgent = page.getByRole('region', { name: 'Dringend' });
      const normal = page.getByRole('region', { name: 'Gewoon' });
      const wim = urgent.locator('[data-melding]').filter({ hasText: 'Wim Weggelopen' });
      const bob = normal.locator('[data-melding]').filter({ hasText: 'Bob Blijft' });
      await wim.waitFor();
      await bob.waitFor();
      await settled(page);
      expect(await topOf(urgent)).toBeLessThan(await topOf(normal));
      expect(await violations(page)).toEqual([]);

      // From line to line, also over a heading; not from a button on the line, where the arrows scroll.
      await bob.focus();
      for (let pressed = 0; pressed < 40 && !(await hasFocus(wim)); pressed += 1) await page.keyboard.press('ArrowUp');
      expect(await hasFocus(wim)).toBe(true);
      await page.keyboard.press('ArrowDown');
      expect(await hasFocus(wim)).toBe(false);
      await page.keyboard.press('ArrowUp');
      expect(await hasFocus(wim)).toBe(true);
      const seen = wim.getByRole('button', { name: /^Gezien/ });
      await seen.focus();
      await page.keyboard.press('ArrowDown');
      expect(await hasFocus(seen)).toBe(true);

      await wim.focus();
      await page.keyboard.press('Enter');
      const detail = page.getByRole('complementary', { name: 'Wim Weggelopen' });
      await detail.getByRole('heading', { name: /^Waar het om gaat \(\d+ punten\)$/ }).waitFor();
      await settled(page);
      expect(await hasFocus(detail.getByRole('heading', { level: 2 }))).toBe(true);
      expect(await page.getByRole('dialog').count()).toBe(0);
      // Which rule, on which facts, and what was done with it.
      await detail
        .getByText(/Regel “/)
        .first()
        .waitFor();
      await detail.getByText('Gelezen door jou.').waitFor();
      expect(await detail.getByRole('definition').allTextContents()).toEqual(
        expect.arrayContaining([expect.stringContaining('Samira'), 'Onbekend']),
      );
      expect(await violations(page)).toEqual([]);

      await page.keyboard.press('e');
      await hears(page, 'Gezien.');
      await detail.getByText('Gezien door jou.').waitFor();
      await wim.getByRole('button', { name: 'Ongedaan maken' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await detail.waitFor({ state: 'detached' });
      expect(await hasFocus(wim)).toBe(true);
      await enter(page, wim.getByRole('button', { name: 'Ongedaan maken' }));
      await hears(page, 'Weer open');
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 60_000);

    it('opens it by its address, and as a window over the list on a narrow screen', async () => {
      const page = await stage().pageOf('noor', '/');
      const wim = page.locator('[data-melding]').filter({ hasText: 'Wim Weggelopen' });
      await wim.getByRole('link', { name: 'Melding over Wim Weggelopen' }).click();
      await page.getByRole('complementary', { name: 'Wim Weggelopen' }).waitFor();
      await page.reload();
      await page.getByRole('complementary', { name: 'Wim Weggelopen' }).waitFor();
      await page.setViewportSize({ width: 1000, height: 860 });
      const window = page.getByRole('dialog', { name: 'Wim Weggelopen' });
      await window.waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await window.waitFor({ state: 'detached' });
      await wim.getByRole('link', { name: 'Dossier van Wim Weggelopen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Wim Weggelopen' }).waitFor();
      await page.context().close();
    }, 60_000);
  });
}

async function topOf(part: Locator): Promise<number> {
  return (await part.boundingBox())?.y ?? Number.NaN;
}
