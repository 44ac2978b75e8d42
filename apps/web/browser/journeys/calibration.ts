import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type {
  CalibrationChanged,
  CalibrationView,
} from '../../../../libs/contracts/src/assessment/calibration-sessions.ts';
import { inDays } from '../../../../test/support/days.ts';
import { problemIn } from '../../../../test/support/door.ts';
import { settled, sideways, violations } from '../browser.ts';
import { scoredCalibration } from '../scored-calibration.ts';
import { enter, hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

const DIGITS = '3333333333333';

/** Do raters use the ZRM in the same way? From an invitation to what the scores say together. */
export function calibrationJourney(stage: () => Stage): void {
  describe('Noor calibrates', () => {
    it('invites, and who is invited hears of it on the page that is open, with by when and the way to it', async () => {
      const samira = await stage().pageOf('samira', '/');
      // The clock of the page can be moved, so that nobody waits for its next question.
      await samira.clock.install();
      await samira.reload();
      await settled(samira);
      const inNavigation = samira.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: /^IJking/ });
      expect(await inNavigation.count()).toBe(0);
      const noor = await stage().world.as('noor');
      const personIds = ['samira', 'daan'].map((key) => stage().world.personIds.get(key) ?? '');
      const cases = [{ kind: 'vignette', title: 'Alex', text: 'Alex woont bij een vriend.' }];
      const plan = { matrixVersion: '2017', scoreBy: inDays(1), cases, personIds };
      const { sessionId } = await noor.post<CalibrationChanged>('/v1/zrm-calibrations', plan, { key: 'heard of' });
      await samira.clock.fastForward(31_000);
      await hears(samira, 'Je bent gevraagd voor een ijking. Er is er 1 te scoren.');
      await samira.getByText(/Uiterlijk \d+ \w+ \d{4} \(morgen\)\./).waitFor();
      await samira.getByRole('link', { name: '1 ijking te scoren' }).waitFor();
      await settled(samira);
      expect(await violations(samira)).toEqual([]);
      expect(Math.max(0, await sideways(samira))).toBe(0);

      // Each count leads to exactly what it counts.
      expect(await inNavigation.textContent()).toBe('IJking 1 te scoren');
      await enter(samira, inNavigation);
      await samira
        .getByRole('link', { name: /^Beoordelen: ijking van / })
        .first()
        .waitFor();
      expect(await samira.getByRole('link', { name: /^Beoordelen: ijking van / }).count()).toBe(1);
      await samira.getByRole('link', { name: 'IJking 1 te scoren' }).nth(1).waitFor();
      await settled(samira);
      expect(await violations(samira)).toEqual([]);

      const { version } = await noor.get<CalibrationView>(`/v1/zrm-calibrations/${sessionId}`);
      await noor.post(`/v1/zrm-calibrations/${sessionId}/close`, {}, { version });
      await samira.clock.fastForward(31_000);
      await inNavigation.waitFor({ state: 'detached' });
      await samira.context().close();
      for (const key of ['hassan', 'marijke', 'beheer']) {
        const door = await stage().world.doorOf(key);
        expect(problemIn(await door.send('/v1/zrm-calibrations/to-score')).code).toBe('not-permitted');
      }
    }, 90_000);

    it('plans, lets Samira and Daan score blind by typing digits, and sees all scores when the last came in', async () => {
      const noor = await stage().pageOf('noor', '/zrm/ijking/nieuw');
      await noor.getByText(/ zijn minstens 10 verhalen of cliënten nodig\. /).waitFor();
      await noor.getByRole('button', { name: 'IJking plannen' }).click();
      await noor.getByRole('link', { name: 'Nummer 1, Titel: Vul dit in.' }).waitFor();
      expect(await violations(noor)).toEqual([]);
      await noor.getByLabel('Titel').fill('Robin, negentien jaar');
      await noor.getByLabel('Verhaal', { exact: true }).fill('Robin slaapt bij vrienden.\n\nEr zijn schulden.');
      await noor.getByText('Samira el Idrissi').click();
      await noor.getByText('Daan Visser').click();
      // What was filled in is not lost by a wrong click.
      await noor.getByRole('link', { name: 'Cliënten', exact: true }).click();
      await noor.getByRole('dialog').getByRole('button', { name: 'Blijven' }).click();
      await noor.getByRole('button', { name: 'IJking plannen' }).click();
      await noor.getByText('Klaar: 0 van 2 beoordelaars.').waitFor();
      const path = new URL(noor.url()).pathname;
      await settled(noor);
      expect(await violations(noor)).toEqual([]);

      const samira = await scoreAs(stage(), 'samira', path);
      await samira.getByText('Je ziet alleen je eigen scores').waitFor();
      expect(await samira.getByText('Alle scores naast elkaar').count()).toBe(0);
      expect(await violations(samira)).toEqual([]);
      const seen = await (await stage().world.as('noor')).get<CalibrationView>(`/v1/zrm-calibrations/${idIn(path)}`);
      expect(seen.scores).toEqual([]);
      await samira.context().close();
      const daan = await scoreAs(stage(), 'daan', path);
      await hears(daan, 'Iedereen is klaar: de ijking is gesloten.');
      await daan.context().close();

      await noor.reload();
      // Too little for a figure: why, instead of a figure.
      await noor.getByRole('heading', { name: 'Nog geen cijfer over hoe eens beoordelaars het zijn.' }).waitFor();
      await noor
        .getByText(/^Te weinig beoordelingen \(1 keer door allen beoordeeld\)/)
        .first()
        .waitFor();
      await noor.getByText('Robin, negentien jaar: 2 beoordelaars, grootste verschil 0').click();
      const scores = noor.getByRole('table', { name: 'Scores van Robin, negentien jaar' });
      const housing = scores.getByRole('row').filter({ has: noor.getByRole('rowheader', { name: 'Huisvesting' }) });
      expect(await housing.getByRole('cell').allTextContents()).toEqual(['3', '3', '0']);
      expect(await violations(noor)).toEqual([]);
      await noor.getByRole('button', { name: 'Opnieuw openen' }).click();
      await noor.getByLabel('Waarom').selectOption({ label: 'Er miste een beoordelaar' });
      await noor.getByRole('dialog').locator('button[type="submit"]').click();
      await noor.getByText('Klaar: 2 van 2 beoordelaars.').waitFor();
      await noor.context().close();
    }, 120_000);

    it('sees how far two raters agree, in words and as a table, and fits a phone', async () => {
      const sessionId = await scoredCalibration((key) => stage().world.as(key), stage().world.personIds);
      const page = await stage().pageOf('noor', `/zrm/ijking/${sessionId}`);
      const figure = page.getByRole('figure', { name: /^Het minst eens over Huisvesting: / });
      await figure.getByRole('img', { name: /Financiën: 1,00, van 1,00 tot 1,00\./ }).waitFor();
      await page.keyboard.press('t');
      const row = figure.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Financiën' }) });
      await row.getByText('Overeenstemming is zeer goed').waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(Math.max(0, await sideways(page))).toBe(0);
      await page.context().close();
    }, 60_000);
  });
}

const idIn = (path: string): string => path.split('/').at(-1) ?? '';

/** Opens the session, goes to the one story in it and types its scores. */
async function scoreAs(stage: Stage, key: string, path: string): Promise<Page> {
  const page = await stage.pageOf(key, path);
  await page.getByRole('link', { name: 'Beoordelen: Robin, negentien jaar' }).click();
  await page.getByText('Nog 13 domeinen te gaan.').waitFor();
  await settled(page);
  expect(await violations(page)).toEqual([]);
  const first = page
    .getByRole('radiogroup', { name: /^Financiën/ })
    .getByRole('radio')
    .first();
  await first.focus();
  await page.keyboard.type(DIGITS);
  await page.getByText('Alle domeinen hebben een score.').waitFor();
  await page.getByRole('button', { name: 'Scores opslaan' }).click();
  await page.getByRole('heading', { level: 1, name: /^IJking van / }).waitFor();
  return page;
}
