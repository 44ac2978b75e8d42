import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ClientHousing } from '../../../../libs/contracts/src/registration/stays.ts';
import { inDays } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { written } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** What is less common than an arrival: changing places, planning, and mending what was recorded. */
export function plansJourney(stage: () => Stage): void {
  describe('Samira plans and mends', () => {
    it('lets two clients change places in one step, and takes it back in one step', async () => {
      const { placeIds } = await stage().cluster('Wissel', 2);
      const [clientId = ''] = await stage().housed(['Rosa Ruilen', 'Rik Ruilen'], placeIds);
      const page = await openFile(stage(), clientId);
      await page.getByText(/Woont nu op .*Wissel 1/).waitFor();
      await page.getByRole('button', { name: 'Ruilen van plek' }).click();
      await page.getByLabel('Met wie').fill('Rik Ruil');
      await page.getByRole('button', { name: /^Rik Ruilen/ }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Ruilen', exact: true }).click();
      await page.getByText(/Woont nu op .*Wissel 2/).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('/');
      await page.keyboard.type('Rik Ruilen');
      await page.getByRole('option', { name: /Rik Ruilen/ }).click();
      await page.getByText(/Woont nu op .*Wissel 1/).waitFor();
      await page.getByRole('button', { name: 'Ongedaan maken', exact: true }).last().click();
      await page.getByText(/Woont nu op .*Wissel 2/).waitFor();
      await page.goto(`/clienten/${clientId}`);
      await page.getByText(/Woont nu op .*Wissel 1/).waitFor();
      await page.context().close();
    }, 60_000);

    it('makes a reservation that becomes an arrival', async () => {
      const { placeIds } = await stage().cluster('Plan', 1);
      expect(placeIds).toHaveLength(1);
      const clientId = await stage().client('Pien', 'Plannen');
      const page = await openFile(stage(), clientId);
      await page.getByRole('button', { name: 'Plek reserveren' }).click();
      await page.getByLabel('Eerste dag', { exact: true }).fill(written(inDays(3)));
      await choosePlace(page, 'Plan 1');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Plek reserveren' }).click();
      await page.getByText('Er is een plek gereserveerd').waitFor();
      const stay = page.locator('.d-stay').filter({ hasText: 'Plan 1' });
      await stay.getByText('Gepland').waitFor();
      expect(await violations(page)).toEqual([]);

      // The client comes earlier than planned.
      await page.getByRole('button', { name: 'Aankomst bevestigen' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').locator('button[type="submit"]').click();
      await page.getByText(/Woont nu op .*Plan 1/).waitFor();
      await stay.getByText('Nu', { exact: true }).waitFor();
      expect(await page.locator('.d-stay').count()).toBe(1);
      await page.context().close();
    }, 60_000);

    it('mends a first day after the fact; how it stood before can be read', async () => {
      const { placeIds } = await stage().cluster('Correct', 1);
      const [clientId = ''] = await stage().housed(['Cato Correctie'], placeIds, '2026-03-10');
      const page = await openFile(stage(), clientId);
      await page.getByText('vanaf 10 maart 2026').first().waitFor();
      await page.getByRole('button', { name: /^Verbeteren/ }).click();
      await page.getByLabel('Eerste dag', { exact: true }).fill(written('2026-02-20'));
      await page.getByLabel('Reden').selectOption({ label: 'Verkeerde datum' });
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').locator('button[type="submit"]').click();
      await page.locator('.d-stay').getByText('vanaf 20 februari 2026').waitFor();
      await page.getByText(/Toon alles wat is vastgelegd/).click();
      const correction = page.locator('.d-history__item').filter({ hasText: 'Correctie' });
      await correction.getByText('Reden: verkeerde datum').waitFor();
      await correction.getByText('Wat stond er eerst?').click();
      const [before, after] = [correction.locator('dd').first(), correction.locator('dd').last()];
      expect(await before.textContent()).toContain('vanaf 10 maart 2026');
      expect(await after.textContent()).toContain('vanaf 20 februari 2026');
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 60_000);

    it('mends one leave and takes another away; what was there before can be read', async () => {
      const { placeIds } = await stage().cluster('Verlof', 1);
      const [clientId = ''] = await stage().housed(['Vera Verlof'], placeIds);
      const samira = await stage().world.as('samira');
      const record = (body: object, key: string): Promise<unknown> =>
        samira.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `verlof-${key}` });
      await record({ kind: 'leave', from: '2026-03-05', until: '2026-03-08', reason: 'holiday' }, 'first');
      await record({ kind: 'leave', from: '2026-03-20', until: '2026-03-22', reason: 'family-visit' }, 'second');
      const page = await openFile(stage(), clientId);
      const dialog = page.getByRole('dialog');
      const second = page.locator('.d-stay__leave').filter({ hasText: '20 mrt 2026' });
      await second.getByRole('button', { name: 'Verbeteren: verlof vanaf 20 maart 2026' }).click();
      await dialog.getByLabel('Terug op').fill(written('2026-03-19'));
      await dialog.getByLabel('Waarom verbeter je het').selectOption({ label: 'Verkeerde datum' });
      await dialog.locator('button[type="submit"]').click();
      await dialog.getByRole('link', { name: /^Terug op/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByLabel('Terug op').fill(written('2026-03-24'));
      await dialog.locator('button[type="submit"]').click();
      await second.getByText('Met verlof 20 mrt 2026 tot 24 mrt 2026').waitFor();
      await page.getByRole('button', { name: 'Ongedaan maken: verlof vanaf 5 maart 2026' }).click();
      await dialog.getByLabel('Waarom haal je het weg').selectOption({ label: 'Is niet gebeurd' });
      expect(await violations(page)).toEqual([]);
      await dialog.locator('button[type="submit"]').click();
      await dialog.waitFor({ state: 'detached' });
      await page.locator('.d-stay__leave').filter({ hasText: '5 mrt 2026' }).waitFor({ state: 'detached' });
      const { stays } = await samira.get<ClientHousing>(`/v1/clients/${clientId}/housing`);
      expect(stays[0]?.leaves).toMatchObject([{ from: '2026-03-20', until: '2026-03-24', reason: 'family-visit' }]);
      await page.getByText(/Toon alles wat is vastgelegd/).click();
      const cancelled = page.locator('.d-history__item').filter({ hasText: 'Reden: is niet gebeurd' });
      await cancelled.getByText('Wat stond er eerst?').click();
      const [before, after] = [cancelled.locator('dd').first(), cancelled.locator('dd').last()];
      expect(await before.textContent()).toMatch(/Met verlof 5 mrt 2026 tot 8 mrt 2026: .*Het andere verlof bleef/);
      expect(await after.textContent()).not.toContain('Met verlof');
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 60_000);
  });
}

async function openFile(stage: Stage, clientId: string): Promise<Page> {
  const page = await stage.pageOf('samira', `/clienten/${clientId}`);
  await settled(page);
  return page;
}

/** By its name; behind it stand its kind and zwaarte. */
async function choosePlace(page: Page, name: string): Promise<void> {
  const option = page.getByLabel('Plek', { exact: true }).locator('option').filter({ hasText: name });
  await option.waitFor({ state: 'attached' });
  await page.getByLabel('Plek', { exact: true }).selectOption((await option.getAttribute('value')) ?? '');
}
