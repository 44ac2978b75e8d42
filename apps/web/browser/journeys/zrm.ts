import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inDays } from '../../../../test/support/days.ts';
import { waitFor } from '../../../../libs/testing/src/wait-for.ts';
import type { MatrixVersions } from '../../../../libs/contracts/src/assessment/matrix.ts';
import type { DraftSaved } from '../../../../libs/contracts/src/assessment/measurements.ts';
import { settled, sideways, violations } from '../browser.ts';
import { enter, hasFocus, hears, tabTo } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** From an empty form to "the client went down on housing, and why", with only a keyboard. */
export function zrmJourney(stage: () => Stage): void {
  describe('Samira fills in a ZRM', () => {
    it('by typing digits, takes a score back, hears what is missing, submits, and sees the drop with its why', async () => {
      const { placeIds } = await stage().cluster('Matrix', 2);
      const arrived = `${inDays(-215).slice(0, 7)}-15`;
      const [clientId = ''] = await stage().housed(['Mila Matrix'], placeIds, arrived);
      const domains = await earlierZrms(stage(), clientId);
      const move = { kind: 'move', placeId: placeIds[1], date: inDays(-40) };
      const samira = await stage().world.as('samira');
      await samira.post(`/v1/clients/${clientId}/housing-changes`, move, { key: `${clientId} move` });
      const page = await stage().pageOf('samira', `/clienten/${clientId}/zrm`);
      await page.getByRole('heading', { name: /^De laatste ZRM .* ging vooruit\./ }).waitFor();
      await settled(page);

      await enter(page, page.getByRole('button', { name: 'Tussenmeting invullen' }));
      await page.getByRole('heading', { level: 1, name: 'Tussenmeting van Mila Matrix' }).waitFor();
      await settled(page);
      // What was known before stands beside it.
      const housing = page.getByRole('radiogroup', { name: /^Huisvesting/ });
      expect(await housing.evaluate(describedAs)).toBe('vorige • 3 · nulmeting ○ 2 · doel ◎ 4');
      await tabTo(
        page,
        page
          .getByRole('radiogroup', { name: /^Financiën/ })
          .getByRole('radio')
          .first(),
      );
      await page.keyboard.type('35');
      await hears(page, 'Werk & Opleiding: 5');
      await page.keyboard.press('Control+z');
      await hears(page, 'Werk & Opleiding: leeg');
      // Thirteen in all; the fourth is housing, the last but one is left open.
      await page.keyboard.type('332');
      for (const [index] of domains.slice(4, 11).entries()) await page.keyboard.press(index === 0 ? '0' : '3');
      await page.getByText(/Bewaard om \d\d:\d\d\. Nog 2 domeinen te gaan\./).waitFor();
      expect(await housing.getByRole('radio', { name: /^2/ }).isChecked()).toBe(true);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('3');

      await enter(page, page.getByRole('button', { name: 'Indienen' }));
      await page.getByRole('heading', { name: /Kijk dit nog even na/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      const link = page.getByRole('link', { name: /^Maatschappelijke participatie/ });
      await link.focus();
      await page.keyboard.press('Enter');
      const open = page.getByRole('radiogroup', { name: /^Maatschappelijke participatie/ });
      expect(await hasFocus(open.getByRole('radio').first())).toBe(true);
      await page.keyboard.press('3');
      await page.getByText('Alle domeinen hebben een score.').waitFor();
      await enter(page, page.getByRole('button', { name: 'Indienen' }));
      await hears(page, 'ZRM ingediend.');

      await page.getByRole('heading', { name: /^De laatste ZRM .* ging achteruit\./ }).waitFor();
      const drop = page.getByRole('listitem').filter({ hasText: 'Terugval.' });
      expect(await drop.textContent()).toMatch(/Huisvesting ging van 3 naar 2, sinds .* Op .* was het nog 3\./);
      await drop.getByText(/De regel van de regio: 1 niveau of meer lager op Huisvesting, /).waitFor();
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Huisvesting' }) });
      expect(await row.getByRole('cell').allTextContents()).toEqual(
        expect.arrayContaining(['2 ↓ Achteruit', '2', '4', '3']),
      );
      await settled(page);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => window.presses)).toBe(0);
      await picturesSay(page, arrived);
      await fitsPaper(page);
      await fitsPhone(page);
      await page.context().close();
    }, 120_000);

    it('loses nothing when a colleague saved it meanwhile: sees both, and chooses', async () => {
      const { placeIds } = await stage().cluster('Samen', 1);
      const [clientId = ''] = await stage().housed(['Sam Samen'], placeIds, inDays(-20));
      const [samira, page] = [
        await stage().world.as('samira'),
        await stage().pageOf('samira', `/clienten/${clientId}/zrm`),
      ];
      await page.getByText('Nog geen ZRM ingediend').waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Nulmeting invullen' }).click();
      const housing = page.getByRole('radiogroup', { name: /^Huisvesting/ });
      await housing.getByRole('radio', { name: /^2/ }).focus();
      await settled(page);
      const address = `/v1/clients/${clientId}/zrms/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`;
      const theirs = { kind: 'baseline', matrixVersion: '2017', scores: [{ domain: 'housing', score: 4 }] };
      await samira.put<DraftSaved>(`${address}/draft`, theirs, { version: 1 });
      await page.keyboard.press('2');
      const dialog = page.getByRole('dialog', { name: 'Iemand anders was hier ook mee bezig' });
      await dialog.getByText('Huisvesting: bij jou 2, bij de ander 4').waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Verder met wat ik invulde' }).click();
      await page.getByText(/^Bewaard om/).waitFor();
      expect(await housing.getByRole('radio', { name: /^2/ }).isChecked()).toBe(true);
      await waitFor(
        async () => {
          const { content } = await samira.get<{ content: { scores: object[] } }>(address);
          return JSON.stringify(content.scores) === JSON.stringify([{ domain: 'housing', score: 2 }]);
        },
        { timeout: 10_000, what: 'what Samira went on with to be saved' },
      );
      // What was begun is gone on with; nobody ends up with a second draft of it.
      const draft = page.url();
      await page.goto(`/clienten/${clientId}/zrm`);
      await page.getByRole('button', { name: 'Nulmeting verder invullen' }).click();
      await page.waitForURL(draft);
      await page.context().close();
    }, 60_000);
  });
}

/** A baseline, a target and one step up on housing; answers the domains in the order of the form. */
async function earlierZrms(stage: Stage, clientId: string): Promise<string[]> {
  const samira = await stage.world.as('samira');
  const path = `/v1/clients/${clientId}/zrms`;
  await stage.arrivedForZrm(clientId);
  const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
  const domains = items.find(({ code }) => code === current)?.domains.map(({ code }) => code) ?? [];
  for (const [kind, days, level] of [
    ['baseline', -190, 2],
    ['target', -190, 4],
    ['periodic', -95, 3],
  ] as const) {
    const scores = domains.map((domain) => ({ domain, score: domain === 'housing' ? level : 3 }));
    const content = { kind, date: inDays(days), matrixVersion: current, scores };
    const { measurementId, version } = await samira.post<DraftSaved>(path, content, { key: `${clientId} ${kind}` });
    await samira.post(`${path}/${measurementId}/submit`, content, { version });
  }
  return domains;
}

/** What a screen reader adds to the name of something. */
function describedAs(element: Element): string {
  const ids = (element.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

/** The same in pictures: each with a title that says what happened, drawn as our policy allows, and one key makes tables of them. */
async function picturesSay(page: Page, arrived: string): Promise<void> {
  // What the level did and where the client went meanwhile stand under each other.
  const housing = page.getByRole('figure', { name: /^Huisvesting ging van 3 naar 2 sinds / });
  await housing.getByText(/^Tussen de twee metingen: verhuisd naar .*, Matrix 2 \(.*\)\.$/).waitFor();
  const stays = page.getByRole('figure', { name: /^1 keer verhuisd sinds .*\. Woont sinds .* op .*, Matrix 2\.$/ });
  await stays.getByRole('img', { name: /aankomst op .*, Matrix 1\. .*: verhuisd naar .*, Matrix 2\./ }).waitFor();
  for (const place of ['Matrix 1', 'Matrix 2']) await stays.locator('svg text').getByText(place).waitFor();
  // It begins in the middle of this month; the first name stands under the first of the next one.
  const style = { month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const month = new Intl.DateTimeFormat('nl-NL', style).format(new Date(arrived));
  expect(await stays.locator('svg text').allTextContents()).not.toContain(month);
  const radar = page.getByRole('figure', { name: 'Het verst van het doel: Huisvesting (2, doel 4).' }).getByRole('img');
  expect(await radar.getAttribute('aria-label')).toContain('Huisvesting: nu 2, nulmeting 2, doel 4.');
  expect(await radar.getAttribute('aria-label')).toContain('Huiselijke relaties: nu niet beoordeeld,');
  await radar.locator('svg text').getByText('Huisvesting', { exact: true }).waitFor();
  const size = await radar
    .locator('svg text')
    .first()
    .evaluate((text) => getComputedStyle(text).fontSize);
  expect(size).toBe('12px');
  await page.keyboard.press('t');
  const table = page.getByRole('table', { name: 'Niveaus per domein door de tijd' });
  const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Huisvesting' }) });
  await row.waitFor();
  expect((await row.getByRole('cell').allTextContents()).slice(1)).toEqual(['2', '3', '2']);
  const moves = page.getByRole('table', { name: 'Aankomst, verhuizing, verlof en vertrek' }).getByRole('row');
  expect(await moves.getByRole('cell').filter({ hasText: 'Matrix' }).allTextContents()).toEqual([
    expect.stringMatching(/^aankomst op .*, Matrix 1$/),
    expect.stringMatching(/^verhuisd naar .*, Matrix 2$/),
  ]);
  expect(await radar.count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('t');
  await radar.locator('svg').waitFor();
}

/** On paper stands whose it is, and nothing that can only be pressed. */
async function fitsPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.getByText(/^Afgedrukt op .* door Samira el Idrissi\. Vertrouwelijk/).waitFor();
  for (const button of ['Afdrukken', 'Tussenmeting invullen', 'Als tabel']) {
    expect(await page.getByRole('button', { name: button }).count()).toBe(0);
  }
  expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
  await page.emulateMedia({ media: null });
}

async function fitsPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(Math.max(0, await sideways(page))).toBe(0);
}
