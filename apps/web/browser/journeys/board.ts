import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { waitFor } from '#testing/wait-for.js';
import { inDays } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { arrowTo, enter, hasFocus, hears, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** The board of a cluster while others work on it too, and what was reserved for somebody from outside. */
export function boardJourney(stage: () => Stage): void {
  describe('Samira has the board open', () => {
    it('sees what a colleague records by itself, and after being told while she is at work on it', async () => {
      const { placeIds, clusterId } = await stage().cluster('Volg', 3);
      await stage().housed(['Roos Volger'], placeIds);
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await settled(page);
      await page.getByText('Wat anderen wijzigen, verschijnt vanzelf.').waitFor();
      await stage().housed(['Stan Volger'], placeIds.slice(1));
      await barOf(page, 'Stan Volger').waitFor({ timeout: 20_000 });
      await hears(page, 'Er is iets veranderd op dit bord.');

      const roos = barOf(page, 'Roos Volger');
      await roos.focus();
      const before = await roos.boundingBox();
      await stage().housed(['Tara Volger'], placeIds.slice(2));
      await hears(page, 'Er is iets veranderd op dit bord.');
      expect(await hasFocus(roos)).toBe(true);
      expect(await roos.boundingBox()).toEqual(before);
      expect(await barOf(page, 'Tara Volger').count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Tonen' }).click();
      await barOf(page, 'Tara Volger').waitFor();
      await page.getByText('Wat anderen wijzigen, verschijnt vanzelf.').waitFor();
      await page.context().close();
    }, 60_000);

    it('is asked for nothing any more once nobody is there, and at once when she is back', async () => {
      const { clusterId } = await stage().cluster('Rust', 1);
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await page.clock.install();
      await page.reload();
      await settled(page);
      let asked = 0;
      page.on('request', (request) => (asked += request.url().includes('/board/state') ? 1 : 0));
      await page.clock.fastForward('00:06');
      await waitFor(() => asked > 0, { what: 'the question of a page that is looked at' });
      await page.clock.fastForward('05:01');
      // One that was due in the same moment may still go out.
      await settled(page);
      asked = 0;
      for (let minute = 0; minute < 10; minute += 1) await page.clock.fastForward('01:00');
      expect(asked).toBe(0);
      await page.keyboard.press('Tab');
      await waitFor(() => asked > 0, { what: 'the question of who is back' });
      await page.context().close();
    }, 60_000);

    it('takes away what she reserved for somebody from outside, and puts it back, with only a keyboard', async () => {
      const { placeIds, clusterId } = await stage().cluster('Gast', 1);
      const joost = await stage().world.as('joost');
      const guest = { givenNames: 'Gijs', familyName: 'Vanbuiten', birthDate: '2005-03-04', notADuplicate: true };
      const { clientId } = await joost.post<{ clientId: string }>('/v1/clients', guest, { key: 'board-guest' });
      const samira = await stage().world.as('samira');
      const body = { kind: 'reservation', placeId: placeIds[0], from: inDays(5) };
      await samira.post(`/v1/clients/${clientId}/housing-changes`, body, { key: 'board-outside' });
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await settled(page);
      const bar = page.getByRole('button', { name: /^Gereserveerd voor iemand van buiten, Gast 1,/ });
      await enter(page, bar);
      const panel = page.getByRole('dialog', { name: 'Gereserveerd voor iemand van buiten' });
      await panel.waitFor();
      // Nothing is told of who it is.
      expect(await page.content()).not.toContain('Vanbuiten');
      expect(await violations(page)).toEqual([]);
      await arrowTo(page, panel.getByLabel('Waarom'), 'Plan is gewijzigd');
      await enter(page, panel.locator('button[type="submit"]'));
      await panel.waitFor({ state: 'detached' });
      await bar.waitFor({ state: 'detached' });
      await hears(page, 'De reservering op Gast 1 is weg.');
      await tabTo(page, page.getByRole('button', { name: 'Ongedaan maken' }));
      await page.keyboard.press('Enter');
      await bar.waitFor();
      expect(await page.evaluate(() => window.presses)).toBe(0);

      await page.keyboard.press('t');
      await page.getByRole('table').getByRole('button', { name: 'Gereserveerd voor iemand van buiten' }).click();
      await panel.waitFor();
      await page.context().close();
    }, 60_000);
  });
}

const barOf = (page: Page, client: string) => page.getByRole('button', { name: new RegExp(`^${client},`) });
