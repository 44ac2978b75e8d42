import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { inDays } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { arrowTo, attend, enter, focusProblem, hasFocus, hears, tabTo, typeDate } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** Everything that a clientmanager does to a client and a board, without touching a mouse. */
export function keyboardJourney(stage: () => Stage): void {
  describe('Samira with only a keyboard', () => {
    it('signs in, finds a client with /, records a whole stay, takes back the last step and reads the history', async () => {
      const { placeIds } = await stage().cluster('Toets', 2);
      await stage().client('Kiki', 'Toetsenbord');
      expect(placeIds).toHaveLength(2);
      const page = await signInByKeyboard(stage());
      await page.keyboard.press('/');
      const search = page.getByRole('combobox', { name: 'Zoek een cliënt' });
      expect(await hasFocus(search)).toBe(true);
      await page.keyboard.type('toetsenb');
      await page.getByRole('option', { name: /Kiki Toetsenbord/ }).waitFor();
      await hears(page, '1 cliënt gevonden');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const title = page.getByRole('heading', { level: 1, name: 'Kiki Toetsenbord' });
      await title.waitFor();
      await settled(page);
      expect(await hasFocus(title)).toBe(true);

      await record(page, 'Aankomst vastleggen', 'Aankomst vastgelegd.', async (panel) => {
        await typeDate(page, panel.getByLabel('Eerste dag', { exact: true }), inDays(-10));
        await arrowTo(page, panel.getByLabel('Plek', { exact: true }), 'Toets 1');
      });
      await record(page, 'Verhuizen', 'Verhuizing vastgelegd.', async (panel) => {
        await typeDate(page, panel.getByLabel('Op welke dag'), inDays(-8));
        await arrowTo(page, panel.getByLabel('Plek', { exact: true }), 'Toets 2');
      });
      await record(page, 'Met verlof', 'Verlof vastgelegd.', async (panel) => {
        await typeDate(page, panel.getByLabel('Weg vanaf'), inDays(-6));
        await arrowTo(page, panel.getByLabel('Reden'), 'Bij familie');
      });
      await record(page, 'Terug van verlof', 'Terugkomst vastgelegd.', async (panel) => {
        await typeDate(page, panel.getByLabel('Op welke dag'), inDays(-4));
      });
      await failToRefresh(page);
      await record(page, 'Vertrek', 'Vertrek vastgelegd.', async (panel) => {
        await typeDate(page, panel.getByLabel('Op welke dag'), inDays(-1));
        await arrowTo(page, panel.getByLabel('Reden'), 'Eigen keuze');
        await arrowTo(page, panel.getByLabel('Waar gaat de cliënt naartoe'), 'Familie');
      });
      // What has the focus goes when the answer comes; so does the focus, to the title.
      await enter(page, page.getByRole('button', { name: 'Opnieuw proberen' }));
      await page.getByRole('button', { name: 'Opnieuw proberen' }).waitFor({ state: 'detached' });
      expect(await hasFocus(title)).toBe(true);
      await page.getByText('Is vertrokken.').waitFor();

      await page.keyboard.press('Control+z');
      await hears(page, 'Ongedaan gemaakt.');
      await page.getByText(/Woont nu op .*Toets 2/).waitFor();
      expect(await focusProblem(page)).not.toBe('nothing has the focus');

      const history = page.getByText(/Toon alles wat is vastgelegd/);
      await enter(page, history);
      const lines = page.locator('.d-history__item');
      await lines.first().waitFor();
      expect((await lines.locator('strong').allTextContents()).toSorted()).toEqual(
        ['Aankomst', 'Ongedaan gemaakt', 'Terug van verlof', 'Verhuizing', 'Verlof', 'Vertrek'].toSorted(),
      );
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 90_000);

    it('moves a client on the board, and takes it back', async () => {
      const { placeIds, clusterId } = await stage().cluster('Bord', 3);
      await stage().housed(['Bo Bordeaux'], placeIds);
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await settled(page);
      const bar = page.getByRole('button', { name: /^Bo Bordeaux, Bord 1/ });
      await tabTo(page, bar);
      await page.keyboard.press('m');
      await hears(page, 'Kies met pijltje omhoog of omlaag een andere plek.');
      await page.keyboard.press('ArrowDown');
      await hears(page, 'Bo Bordeaux verhuist vandaag naar Bord 2.');
      await page.keyboard.press('ArrowDown');
      await hears(page, 'Bo Bordeaux verhuist vandaag naar Bord 3.');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await hears(page, 'Bo Bordeaux is verhuisd naar Bord 3.');
      await page.getByRole('button', { name: /^Bo Bordeaux, Bord 3/ }).waitFor();
      expect(await focusProblem(page)).toBeUndefined();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Control+z');
      await hears(page, 'Ongedaan gemaakt.');
      await page.getByRole('button', { name: /^Bo Bordeaux, Bord 3/ }).waitFor({ state: 'detached' });
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await page.context().close();
    }, 60_000);
  });
}

async function signInByKeyboard(stage: Stage): Promise<Page> {
  const context = await stage.people.window();
  await attend(context);
  const page = await context.newPage();
  await page.goto('/');
  await enter(page, page.getByRole('link', { name: 'Inloggen' }));
  await enter(page, page.getByRole('button', { name: /Samira el Idrissi/ }));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  return page;
}

/** After the next change the file cannot be asked for how the client is housed, once; it shows what it knew, and why. */
async function failToRefresh(page: Page): Promise<void> {
  const once = { times: 1 };
  await page.route(
    '**/housing-changes',
    async (change) => {
      await page.route('**/v1/clients/*/housing', (question) => question.fulfill({ status: 500 }), once);
      await change.continue();
    },
    once,
  );
}

/** Opens a panel of the file, fills it in, sends it; hears that it is done and is back at a place to go on from. */
async function record(
  page: Page,
  action: string,
  done: string,
  fill: (panel: Locator) => Promise<void>,
): Promise<void> {
  await enter(page, page.locator('main').getByRole('button', { name: action, exact: true }));
  const panel = page.getByRole('dialog');
  await panel.waitFor();
  expect(await panel.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await fill(panel);
  expect(await violations(page)).toEqual([]);
  await enter(page, panel.locator('button[type="submit"]'));
  await panel.waitFor({ state: 'detached' });
  await hears(page, done);
  // Back at the button, or at the title when that button has nothing to do any more.
  const isAtTitle = await hasFocus(page.getByRole('heading', { level: 1 }));
  expect(isAtTitle ? undefined : await focusProblem(page)).toBeUndefined();
  expect(await violations(page)).toEqual([]);
}
