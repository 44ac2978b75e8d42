import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inDays } from '../../../../test/support/days.ts';
import { csv } from '../../../../test/support/files.ts';
import { settled, violations } from '../browser.ts';
import { hears, written } from '../senses.ts';
import type { Stage } from '../stage.ts';

const COLUMNS = ['clientnummer', 'voornamen', 'achternaam', 'geboortedatum', 'bsn'];
const FILE = csv(
  COLUMNS,
  ['W-1', 'Iris', 'Invoer', '4-3-2005', ''],
  ['W-2', 'Igor', 'Invoer', '31-2-2005', ''],
  ['W-3', 'Ivo', 'Invoer', '5-3-2005', '123456789'],
  ['W-4', 'Isa', 'Invoer', '6-3-2005', ''],
);

const ZRM_COLUMNS = ['clientnummer', 'datum', 'soort', 'versie', 'Huisvesting'];
const ZRMS = csv(ZRM_COLUMNS, ['W-99', '1-3-2026', 'nulmeting', '2017', '6']);

/** A file with mistakes in it: seen before anything is recorded, and harmless when it is read again. */
export function importJourney(stage: () => Stage): void {
  describe('Samira reads a file with mistakes', () => {
    it('sees what is wrong per row and column, records the rest, keeps the report; again doubles nothing', async () => {
      const page = await stage().pageOf('samira', '/plekken/import');
      await upload(page);
      await page.getByText('Er is nog niets vastgelegd.').waitFor();
      await settled(page);
      const wrongDate = page.getByRole('row').filter({ hasText: 'Igor' });
      await wrongDate.getByText(/^geboortedatum: /).waitFor();
      const wrongBsn = page.getByRole('row').filter({ hasText: 'Ivo' });
      await wrongBsn.getByText(/^bsn: .*elfproef/).waitFor();
      expect(await wrongDate.getByRole('rowheader').textContent()).toBe('3');
      expect(await wrongBsn.getByRole('rowheader').textContent()).toBe('4');
      await page.getByText('2 rijen met een fout worden overgeslagen.').waitFor();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('button', { name: '2 rijen vastleggen' }).click();
      await page.getByText('Klaar: 2 rijen vastgelegd, 2 niet.').waitFor({ timeout: 20_000 });
      await hears(page, 'klaar');
      await settled(page);
      expect(await violations(page)).toEqual([]);
      const [report] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Verslag (CSV)' }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await report.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
      const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
      expect(lines).toHaveLength(5);
      expect(lines[2]).toMatch(/Igor.*geboortedatum|geboortedatum.*Igor/);

      await page.goto('/plekken/import');
      await upload(page);
      await page.getByText('Er is niets om vast te leggen.').waitFor({ timeout: 20_000 });
      await settled(page);
      expect(await page.getByRole('row').filter({ hasText: 'al zo' }).count()).toBe(2);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Stoppen' }).click();
      await page.getByText('Gestopt. Er is niets vastgelegd.').waitFor();
      const samira = await stage().world.as('samira');
      const found = await samira.post<{ items: unknown[] }>('/v1/clients/search', { text: 'Invoer' });
      expect(found.items).toHaveLength(2);
      await page.context().close();
    }, 90_000);

    it('reads a file of ZRMs on a page of its own, and sees per row and column what is wrong', async () => {
      const page = await stage().pageOf('samira', '/zrm/import');
      await page.getByText('Voor oude ZRM’s krijgt niemand een melding.').waitFor();
      await page.getByRole('link', { name: 'ZRM’s: Excel' }).waitFor();
      await page
        .getByLabel('Bestand', { exact: true })
        .setInputFiles({ name: 'zrms.csv', mimeType: 'text/csv', buffer: ZRMS });
      await page.getByRole('button', { name: 'Inlezen en bekijken' }).click();
      await page.getByText('Er is niets om vast te leggen.').waitFor({ timeout: 20_000 });
      const row = page.getByRole('row').filter({ hasText: 'W-99' });
      await row.getByText(/^huisvesting: Kies een heel niveau/).waitFor();
      await row.getByText(/^clientnummer: We kennen dit cliëntnummer niet/).waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Naar alle imports' }).click();
      await page.waitForURL('**/zrm/import');
      await page.getByRole('link', { name: 'zrms.csv' }).waitFor();
      await page.context().close();
    }, 60_000);

    it('has a ZRM from a file recorded, and sees in the list and on its own page that it came from one', async () => {
      const { placeIds } = await stage().cluster('Invoer', 1);
      const samira = await stage().world.as('samira');
      // Isa came by the file above, with a number of her own.
      const { items } = await samira.post<{ items: { clientId: string }[] }>('/v1/clients/search', {
        text: 'Isa Invoer',
      });
      const clientId = items[0]?.clientId ?? '';
      const arrival = { kind: 'arrival', placeId: placeIds[0], from: inDays(-30) };
      await samira.post(`/v1/clients/${clientId}/housing-changes`, arrival, { key: `${clientId} arrival` });
      await stage().arrivedForZrm(clientId);
      const page = await stage().pageOf('samira', '/zrm/import');
      const file = csv(ZRM_COLUMNS, ['W-4', written(inDays(-20)), 'nulmeting', '2017', '3']);
      await page
        .getByLabel('Bestand', { exact: true })
        .setInputFiles({ name: 'zrm-van-isa.csv', mimeType: 'text/csv', buffer: file });
      await page.getByRole('button', { name: 'Inlezen en bekijken' }).click();
      await page.getByRole('button', { name: '1 rij vastleggen' }).click();
      await page.getByText('Klaar: 1 rij vastgelegd, 0 niet.').waitFor({ timeout: 20_000 });
      await page.goto(`/clienten/${clientId}/zrm`);
      const zrm = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Nulmeting' }) });
      await zrm.getByText(/^uit een bestand, Samira el Idrissi, /).waitFor();
      await zrm.getByRole('link', { name: 'Nulmeting' }).click();
      await page.getByText(/^Komt uit een bestand, ingelezen door Samira el Idrissi, /).waitFor();
      await page.context().close();
    }, 60_000);
  });
}

async function upload(page: Page): Promise<void> {
  await page.getByLabel('Wat staat er in het bestand').selectOption({ label: 'Cliënten' });
  await page
    .getByLabel('Bestand', { exact: true })
    .setInputFiles({ name: 'invoer.csv', mimeType: 'text/csv', buffer: FILE });
  await page.getByRole('button', { name: 'Inlezen en bekijken' }).click();
}
