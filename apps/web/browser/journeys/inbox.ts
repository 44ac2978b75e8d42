import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { INBOX_PATH } from '../../../../libs/contracts/src/notifications/codes.ts';
import { settled, violations } from '../browser.ts';
import { arrowTo, enter, focusProblem, hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** The regisseur's four minutes between two talks: through the list without leaving it. */
export function inboxJourney(stage: () => Stage): void {
  describe('Noor with only a keyboard', () => {
    it('walks through the inbox with j and k, says "seen", takes that back, snoozes and hands over, and takes that back too', async () => {
      const { placeIds } = await stage().cluster('Inbak', 3);
      const clientIds = await stage().housed(['Ada Inbak', 'Bea Inbak', 'Cor Inbak'], placeIds);
      const page = await stage().pageOf('noor', '/');
      for (const name of ['Ada', 'Bea', 'Cor']) await page.getByText(`${name} Inbak is`).first().waitFor();
      // From now on Daan knows these clients too, so that one can be handed to him.
      await stage().guards('daan', { clientIds });
      await settled(page);
      const at = page.url();
      await page.keyboard.press('j');
      const first = await lineWithFocus(page);
      await page.keyboard.press('j');
      const second = await lineWithFocus(page);
      expect(second).not.toBe(first);
      await page.keyboard.press('k');
      expect(await lineWithFocus(page)).toBe(first);

      await page.keyboard.press('e');
      await hears(page, 'Gezien');
      expect(await lineWithFocus(page)).toBe(first);
      expect(await violations(page)).toEqual([]);
      const undo = page.locator(`[data-melding="${first}"]`).getByRole('button', { name: 'Ongedaan maken' });
      await enter(page, undo);
      await undo.waitFor({ state: 'detached' });
      expect(await lineWithFocus(page)).toBe(first);
      const seen = page.locator(`[data-melding="${first}"]`).getByRole('button', { name: /^Gezien/ });
      await enter(page, seen);
      await seen.waitFor({ state: 'detached' });
      expect(await lineWithFocus(page)).toBe(first);

      await page.keyboard.press('j');
      expect(await lineWithFocus(page)).toBe(second);
      await enter(page, page.locator(`[data-melding="${second}"]`).getByRole('button', { name: /^Later/ }));
      expect(await violations(page)).toEqual([]);
      await enter(page, page.getByRole('dialog').locator('button[type="submit"]'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hears(page, 'Komt terug op');
      expect(await lineWithFocus(page)).toBe(second);

      await page.keyboard.press('j');
      const third = await lineWithFocus(page);
      await enter(page, page.locator(`[data-melding="${third}"]`).getByRole('button', { name: /^Overdragen/ }));
      await arrowTo(page, page.getByLabel('Aan wie'), 'Daan Visser');
      expect(await violations(page)).toEqual([]);
      await enter(page, page.getByRole('dialog').locator('button[type="submit"]'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hears(page, 'Daan Visser');
      expect(await lineWithFocus(page)).toBe(third);
      // Daan did nothing with it yet: it can be taken back.
      const takeBack = page.locator(`[data-melding="${third}"]`).getByRole('button', { name: 'Ongedaan maken' });
      await enter(page, takeBack);
      await takeBack.waitFor({ state: 'detached' });
      await hears(page, 'Weer open');
      expect(await lineWithFocus(page)).toBe(third);

      expect(page.url()).toBe(at);
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 60_000);

    it('follows the link in an e-mail, signs in, and arrives at her meldingen', async () => {
      const context = await stage().people.window();
      const page = await context.newPage();
      await page.goto(INBOX_PATH);
      await page.getByRole('link', { name: 'Inloggen' }).press('Enter');
      await page.getByRole('button', { name: /Noor Bakker/ }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Vandaag' }).waitFor();
      await context.close();
    }, 30_000);
  });
}

/** Which melding has the focus, on the line itself; that has to be seen too. */
async function lineWithFocus(page: Page): Promise<string> {
  // What was pressed goes away first, and the focus comes back with the answer.
  await page.waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 2_000 });
  expect(await focusProblem(page)).toBeUndefined();
  const id = await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['melding'] : undefined,
  );
  if (id === undefined) throw new Error('no line of the list has the focus');
  return id;
}
