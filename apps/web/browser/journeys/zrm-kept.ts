import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { MatrixVersions } from '../../../../libs/contracts/src/assessment/matrix.ts';
import { waitFor } from '../../../../libs/testing/src/wait-for.ts';
import { inDays } from '../../../../test/support/days.ts';
import { patiently } from '../../../../test/support/world.ts';
import { settled, violations } from '../browser.ts';
import type { Stage } from '../stage.ts';

const housing = (page: Page) => page.getByRole('radiogroup', { name: /^Huisvesting/ });
const level = (page: Page, name: RegExp) => housing(page).getByRole('radio', { name });

/** Two people at one draft: whatever the other does with it, what somebody filled in can be had back (issue "ZRM", Bad input). */
export function zrmKeptJourney(stage: () => Stage): void {
  describe('Samira fills in a draft', () => {
    /** The form of a new baseline, with the focus on housing, and the address of the draft. */
    const begin = async (name: string): Promise<{ page: Page; address: string }> => {
      const { placeIds } = await stage().cluster(name, 1);
      const [clientId = ''] = await stage().housed([`Nel ${name}`], placeIds, inDays(-20));
      const page = await stage().pageOf('samira');
      const samira = await stage().world.as('samira');
      await patiently(() => samira.get(`/v1/clients/${clientId}/zrm-progress`));
      await page.goto(`/clienten/${clientId}/zrm`);
      await page.getByRole('button', { name: 'Nulmeting invullen' }).click();
      await level(page, /^2/).focus();
      await settled(page);
      const measurementId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      return { page, address: `/v1/clients/${clientId}/zrms/${measurementId}` };
    };

    it('that a colleague submits meanwhile: finds her own beside it, sees what differs, takes it over and puts it back', async () => {
      const { page, address } = await begin('Naast');
      const samira = await stage().world.as('samira');
      const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
      const domains = items.find(({ code }) => code === current)?.domains ?? [];
      const scores = domains.map(({ code }) => ({ domain: code, score: 4 }));
      const whole = { kind: 'baseline', date: inDays(-2), matrixVersion: current, scores };
      await patiently(() => samira.post(`${address}/submit`, whole, { version: 1 }));
      await page.keyboard.press('2');
      const dialog = page.getByRole('dialog', { name: 'Iemand anders was hier ook mee bezig' });
      await dialog.getByText('Huisvesting: bij jou 2, bij de ander 4').waitFor();
      await dialog.getByRole('button', { name: /^Bekijk wat / }).click();
      await page.getByRole('heading', { name: 'Apart bewaard, niet ingediend' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Verbeteren' }).click();
      await page.getByText('Apart bewaard naast deze ZRM (1)').click();
      await page.getByText('Huisvesting: hier 4, apart bewaard 2').waitFor();
      await page.getByRole('button', { name: 'Hiermee verdergaan' }).click();
      await page.getByText('Dit is hetzelfde als wat hier nu staat.').waitFor();
      expect(await level(page, /^2/).isChecked()).toBe(true);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Terug naar wat hier stond' }).click();
      await page.getByText('Huisvesting: hier 4, apart bewaard 2').waitFor();
      expect(await level(page, /^4/).isChecked()).toBe(true);

      // Two who correct at once: neither has to fill it in again.
      await level(page, /^3/).check();
      const lower = scores.map(({ domain }) => ({ domain, score: domain === 'housing' ? 1 : 4 }));
      await samira.post(`${address}/correct`, { ...whole, scores: lower, reason: 'other' }, { version: 2 });
      await page.getByRole('button', { name: 'Verbetering vastleggen' }).click();
      await dialog.getByText('heeft deze ZRM intussen verbeterd').waitFor();
      await dialog.getByText('Huisvesting: bij jou 3, bij de ander 1').waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Verder met wat ik invulde' }).click();
      await page.getByRole('button', { name: 'Verbetering vastleggen' }).click();
      await page.getByRole('heading', { name: 'Wat er stond voor het verbeteren' }).waitFor();
      const { content } = await samira.get<{ content: { scores: object[] } }>(address);
      expect(content.scores).toContainEqual({ domain: 'housing', score: 3 });
      await page.context().close();
    }, 60_000);

    it('and closes the page right after the last key: finds that level again', async () => {
      const { page, address } = await begin('Dicht');
      const samira = await stage().world.as('samira');
      const context = page.context();
      await page.keyboard.press('2');
      await page.close();
      await waitFor(
        async () => {
          const { content } = await samira.get<{ content: { scores: object[] } }>(address);
          return JSON.stringify(content.scores) === JSON.stringify([{ domain: 'housing', score: 2 }]);
        },
        { timeout: 10_000, what: 'the last level to be saved' },
      );
      await context.close();
    }, 60_000);

    it('that a colleague throws away meanwhile: keeps what she filled in as a new draft', async () => {
      const { page, address } = await begin('Weg');
      const samira = await stage().world.as('samira');
      await samira.send('DELETE', address, { version: 1 });
      await page.keyboard.press('2');
      const dialog = page.getByRole('dialog', { name: 'Dit concept is er niet meer' });
      await dialog.waitFor();
      expect(await violations(page)).toEqual([]);
      const thrownAway = page.url();
      await dialog.getByRole('button', { name: 'Bewaren als nieuw concept' }).click();
      await page.waitForURL((url) => url.href !== thrownAway);
      await page.getByText(/^Bewaard om/).waitFor();
      expect(await level(page, /^2/).isChecked()).toBe(true);
      await page.context().close();
    }, 60_000);
  });
}
