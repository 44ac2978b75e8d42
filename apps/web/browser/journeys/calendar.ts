import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '#testing/wait-for.js';
import { settled, violations } from '../browser.ts';
import { enter, hasFocus, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** A day is typed the way people write it, or chosen from the calendar; both without a mouse. */
export function calendarJourney(stage: () => Stage): void {
  describe('Samira chooses a day with only a keyboard', () => {
    it('types 22-11-26, and the field makes the whole date of it', async () => {
      const { page, field } = await openArrival(stage(), 'Dagmar Datum');
      await field.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('22-11-26');
      await page.keyboard.press('Tab');
      expect(await field.inputValue()).toBe('22-11-2026');
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 60_000);

    it('walks the open calendar with arrows and Page Up and Down, leaves it with Escape, chooses with Enter', async () => {
      const { page, field } = await openArrival(stage(), 'Karel Kalender');
      await field.fill('31-03-2026');
      const button = page
        .getByRole('dialog')
        .getByRole('button', { name: /kalender|31 maart 2026/i })
        .first();
      await enter(page, button);
      const calendar = page.getByRole('dialog', { name: 'Kies een dag' });
      await calendar.getByRole('grid').waitFor();
      await expectDay(page, /31 maart 2026/);
      expect(await violations(page)).toEqual([]);
      for (const [key, day] of [
        ['ArrowLeft', /30 maart 2026/],
        ['ArrowUp', /23 maart 2026/],
        ['ArrowRight', /24 maart 2026/],
        ['ArrowDown', /31 maart 2026/],
        ['PageUp', /28 februari 2026/],
        ['PageDown', /28 maart 2026/],
      ] as const) {
        await page.keyboard.press(key);
        await expectDay(page, day);
      }
      // Leaves the calendar, not the window that it belongs to; nothing was chosen.
      await page.keyboard.press('Escape');
      await calendar.waitFor({ state: 'detached' });
      expect(await hasFocus(button)).toBe(true);
      expect(await field.inputValue()).toBe('31-03-2026');

      await page.keyboard.press('Enter');
      await expectDay(page, /31 maart 2026/);
      await page.keyboard.press('ArrowLeft');
      await expectDay(page, /30 maart 2026/);
      await page.keyboard.press('Enter');
      await calendar.waitFor({ state: 'detached' });
      expect(await field.inputValue()).toBe('30-03-2026');
      expect(await hasFocus(button)).toBe(true);
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 60_000);
  });
}

/** The window in which an arrival is recorded, reached with the keyboard. */
async function openArrival(stage: Stage, name: string): Promise<{ page: Page; field: Locator }> {
  const [givenNames = '', familyName = ''] = name.split(' ');
  const clientId = await stage.client(givenNames, familyName);
  const page = await stage.pageOf('samira', `/clienten/${clientId}`);
  await settled(page);
  await enter(page, page.getByRole('button', { name: 'Aankomst vastleggen' }));
  const field = page.getByRole('dialog').getByLabel('Eerste dag', { exact: true });
  await tabTo(page, field);
  return { page, field };
}

/** The day of the calendar that has the focus, in words; empty when the focus is elsewhere. */
const dayWithFocus = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('[role="grid"] button')?.getAttribute('aria-label') ?? '');

/** The focus follows a key a moment later, when another month has to be drawn first. */
async function expectDay(page: Page, day: RegExp): Promise<void> {
  await waitFor(async () => day.test(await dayWithFocus(page)), { timeout: 5_000, interval: 50, what: day.source });
}
