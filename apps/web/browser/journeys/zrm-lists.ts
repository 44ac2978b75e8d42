import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inDays } from '../../../../test/support/days.ts';
import { problemIn } from '../../../../test/support/door.ts';
import { waitFor } from '../../../../libs/testing/src/wait-for.ts';
import type { ZrmClientCounts } from '../../../../libs/contracts/src/assessment/clients.ts';
import type { DraftSaved } from '../../../../libs/contracts/src/assessment/measurements.ts';
import type { MatrixVersions } from '../../../../libs/contracts/src/assessment/matrix.ts';
import { patiently } from '../../../../test/support/world.ts';
import { settled, sideways, violations } from '../browser.ts';
import { enter, hasFocus, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** From "who is late" to the form, and back when it is filled in; what is counted is what is listed. */
export function zrmListsJourney(stage: () => Stage): void {
  describe('Samira looks whose ZRM is needed', () => {
    it('finds who is late and why, opens one beside the list, begins, and goes on with the draft', async () => {
      const { clusterId, placeIds } = await stage().cluster('Rij', 2);
      const clients = ['Laat Rijers', 'Straks Rijers'];
      await stage().housed(clients.slice(0, 1), placeIds, inDays(-45));
      await stage().housed(clients.slice(1), placeIds.slice(1), inDays(-25));
      const samira = await stage().world.as('samira');
      await waitFor(
        async () => {
          const counts = await samira.get<ZrmClientCounts>(`/v1/zrm-clients/counts?clusterId=${clusterId}`);
          return counts.all === 2;
        },
        { timeout: 20_000, what: 'the assessment service to know of the arrivals' },
      );
      const page = await stage().pageOf('samira', `/zrm?groep=${clusterId}`);
      await page.getByText('Van 1 cliënt is een ZRM te laat.').waitFor();
      const tabs = page.getByRole('navigation', { name: 'Lijsten en cijfers van de ZRM' });
      expect(await tabs.getByRole('link').allTextContents()).toEqual(
        expect.arrayContaining(['Te laat 1', 'Binnenkort 1', 'Niet compleet 2', 'Iedereen 2', 'Cijfers']),
      );
      const rows = await tabs
        .getByRole('link')
        .evaluateAll((links) => new Set(links.map((link) => link.getBoundingClientRect().top)).size);
      expect(rows).toBe(1);
      const row = page.getByRole('row').filter({ hasText: 'Laat Rijers' });
      expect(await row.textContent()).toMatch(/Nulmeting.*dagen? te laat\..*1 maand na de aankomst op/);

      // Each tab leads to exactly as many as it says.
      await enter(page, tabs.getByRole('link', { name: 'Binnenkort 1' }));
      await page.getByRole('row').filter({ hasText: 'Straks Rijers' }).waitFor();
      expect(await page.getByRole('rowheader').count()).toBe(1);
      await enter(page, tabs.getByRole('link', { name: 'Te laat 1' }));

      const link = page.getByRole('link', { name: 'Laat Rijers', exact: true });
      await enter(page, link);
      const detail = page.getByRole('complementary', { name: 'Laat Rijers' });
      await detail.getByText(/^Nulmeting: was nodig uiterlijk /).waitFor();
      await settled(page);
      expect(await hasFocus(detail.getByRole('heading', { level: 2 }))).toBe(true);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await detail.waitFor({ state: 'detached' });
      expect(await hasFocus(link)).toBe(true);

      await enter(page, page.getByRole('button', { name: 'Nulmeting invullen: Laat Rijers' }));
      await page.getByRole('heading', { level: 1, name: 'Nulmeting van Laat Rijers' }).waitFor();
      await page.goBack();
      const goOn = page.getByRole('link', { name: 'Verder met concept: Laat Rijers' });
      await tabTo(page, goOn);
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await fitsPhone(page);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 90_000);

    it('sees on the page of the client what is needed when, and takes the list along as a file', async () => {
      const page = await stage().pageOf('samira', '/zrm');
      await page.getByRole('link', { name: 'Laat Rijers', exact: true }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Hele lijst als CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('zrm-late.csv');
      const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
      expect(lines[0]).toMatch(/^\uFEFFcliënt-id;cliënt;instelling;/);
      expect(lines.filter((line) => line.includes(';Laat Rijers;Stichting De Haven;'))).toHaveLength(1);
      await page.getByRole('link', { name: 'Laat Rijers', exact: true }).click();
      await page.getByRole('link', { name: 'Alle ZRM’s van deze cliënt' }).click();
      await page.getByText(/^Nulmeting: was nodig uiterlijk /).waitFor();
      await page.context().close();
    }, 60_000);

    it('takes the ZRMs of her own clients along, and nobody else does; policy takes figures', async () => {
      const { doorOf } = stage().world;
      const [samira, joost, hassan] = await Promise.all(['samira', 'joost', 'hassan'].map(doorOf));
      const [clientId = ''] = await stage().housed(
        ['Mee Rijers'],
        (await stage().cluster('Mee', 1)).placeIds,
        inDays(-9),
      );
      await submitted(stage(), clientId);
      const own = await samira?.send('/v1/zrm-history/export?format=csv');
      const rows = own?.text.split('\r\n').filter((line) => line.includes('Mee Rijers')) ?? [];
      expect(rows).toHaveLength(13);
      expect(rows.join()).toMatch(/;baseline;Nulmeting;2017;housing;Huisvesting;2;/);
      expect((await joost?.send('/v1/zrm-history/export'))?.text).not.toContain('Rijers');
      expect((await hassan?.send('/v1/zrm-history/export'))?.status).toBe(403);
      const excel = await samira?.send('/v1/zrm-clients/export?list=all&format=xlsx');
      expect([excel?.status, excel?.text.slice(0, 2)]).toEqual([200, 'PK']);
      const year = Number(inDays(0).slice(0, 4)) - 1;
      const figures = await hassan?.send(`/v1/zrm-timeliness/export?from=${year}-01-01&until=${year}-04-01`);
      expect(figures?.text).toMatch(/^instelling-id;instelling;moest af;/);
      expect((await hassan?.send(`/v1/zrm-timeliness/export?from=${year}-01-01&until=${year}-02-01`))?.status).toBe(
        422,
      );
    }, 60_000);

    it('shows policy a past quarter as it was known, and says from when on the next one is there', async () => {
      const { clusterId, placeIds } = await stage().cluster('Vast', 1);
      await stage().housed(['Vera Vasting'], placeIds, inDays(-300));
      const samira = await stage().world.as('samira');
      await waitFor(
        async () => (await samira.get<ZrmClientCounts>(`/v1/zrm-clients/counts?clusterId=${clusterId}`)).all === 1,
        { timeout: 20_000, what: 'the assessment service to know of the arrival' },
      );
      // A target was needed two months after the arrival.
      const [year = '', month = ''] = inDays(-240).split('-');
      const page = await stage().pageOf('hassan', `/zrm/cijfers?periode=${year}-${Math.ceil(Number(month) / 3)}`);
      await page
        .getByText(
          /^Zoals bekend op \d+ \w+ \d{4}\. Wat later .* De cijfers van het \de kwartaal van \d{4} komen op 1 /,
        )
        .waitFor();
      await page
        .getByRole('row')
        .filter({ hasText: 'Stichting De Haven' })
        .getByText('te weinig om te tonen')
        .first()
        .waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
      const hassan = await stage().world.doorOf('hassan');
      const ahead = await hassan.send(
        `/v1/zrm-timeliness?from=${Number(year) + 2}-01-01&until=${Number(year) + 2}-04-01`,
      );
      expect(problemIn(ahead)).toMatchObject({ code: 'zrm-quarter-not-yet', detail: expect.stringContaining('1 mei') });
    }, 60_000);
  });
}

/** A baseline of a few days ago, at level 2 throughout. */
async function submitted(stage: Stage, clientId: string): Promise<void> {
  const samira = await stage.world.as('samira');
  const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
  const scores = items.find(({ code }) => code === current)?.domains.map(({ code: domain }) => ({ domain, score: 2 }));
  const content = { kind: 'baseline', date: inDays(-5), matrixVersion: current, scores };
  const path = `/v1/clients/${clientId}/zrms`;
  const { measurementId, version } = await patiently(() =>
    samira.post<DraftSaved>(path, content, { key: `taken along ${clientId}` }),
  );
  await patiently(() => samira.post(`${path}/${measurementId}/submit`, content, { version }));
}

async function fitsPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(Math.max(0, await sideways(page))).toBe(0);
}
