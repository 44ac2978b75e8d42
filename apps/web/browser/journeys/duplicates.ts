import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { inDays } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { hasFocus, written } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** One person, one file: found before it is made twice, and put together when it was made twice after all. */
export function duplicatesJourney(stage: () => Stage): void {
  describe('Samira and a client who may be there already', () => {
    it('tells at the field what is wrong with a BSN and a date of birth, and goes there', async () => {
      const page = await stage().pageOf('samira', '/clienten/nieuw');
      await page.getByLabel('Achternaam').fill('Foutje');
      await page.getByLabel(/^BSN/).fill('123456789');
      await send(page);
      await isToldAt(page, page.getByLabel(/^BSN/), 'Een BSN heeft 9 cijfers en klopt met de elfproef');
      await page.getByLabel(/^BSN/).fill('');
      await page.getByLabel(/^Geboortedatum/).fill(written(inDays(3)));
      await send(page);
      await isToldAt(page, page.getByLabel(/^Geboortedatum/), /toekomst|een dag daarvoor/);
      await page.context().close();
    }, 60_000);

    it('shows who it may be with a score, joins two files, shows the versions, and parts them again', async () => {
      const first = await stage().client('Jasmijn', 'Dubbelman');
      const page = await stage().pageOf('samira', '/clienten/nieuw');
      await page.getByLabel(/^Voornaam/).fill('Jasmyn');
      await page.getByLabel('Achternaam').fill('Dubbelman');
      await page.getByLabel(/^Geboortedatum/).fill(written('2005-03-04'));
      await send(page);
      await page.getByRole('heading', { level: 1, name: 'Bestaat deze cliënt al?' }).waitFor();
      const candidate = page.locator('.d-duplicate').filter({ hasText: 'Jasmijn Dubbelman' });
      await candidate.getByText(/^\d{2,3}% kans dat het dezelfde persoon is$/).waitFor();
      await candidate.getByText(/Omdat: .*zelfde geboortedatum/).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Dit is iemand anders: toch aanmaken' }).click();
      await page.getByRole('heading', { level: 1, name: 'Jasmyn Dubbelman' }).waitFor();

      await page.getByRole('button', { name: 'Samenvoegen' }).click();
      await page.getByLabel('Zoek het dossier dat blijft').fill('Jasmijn Dubb');
      await page.getByRole('button', { name: /^Jasmijn Dubbelman/ }).click();
      await page.getByLabel('Waarom is dit dezelfde persoon?').fill('Zelfde paspoort gezien');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Samenvoegen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Jasmijn Dubbelman' }).waitFor();
      await page.getByText('Hierin is het dossier van Jasmyn Dubbelman opgegaan.').waitFor();
      expect(page.url()).toContain(first);
      await page.getByRole('link', { name: 'Wijzigingen' }).click();
      const merged = page.getByRole('listitem').filter({ hasText: 'Samengevoegd met een ander dossier' });
      await merged.getByText('Zelfde paspoort gezien').waitFor();
      await merged.getByText(/Samira el Idrissi/).waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Weer losmaken' }).click();
      await page.getByText('Hierin is het dossier van').waitFor({ state: 'detached' });
      await page.getByText('Losgemaakt van een ander dossier').waitFor();
      await page.getByText('Samengevoegd met een ander dossier').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 60_000);
  });
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Controleren en aanmaken' }).click();
}

/** The error stands at the field, the summary above links to it, and following that link puts the focus there. */
async function isToldAt(page: Page, field: Locator, text: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name: /Kijk dit nog even na/ }).waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const described = await field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
  expect(described).toMatch(text);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: text }).click();
  expect(await hasFocus(field)).toBe(true);
}
