import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inDays, today } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { Receiver } from '../receiver.ts';
import { hasFocus, hears, written } from '../senses.ts';
import type { Stage } from '../stage.ts';

const RULE = 'Verlof naar de coördinator';

/** What the operator sets for others: rules, the secrets of connected systems, who is away. */
export function settingsJourney(stage: () => Stage): void {
  describe('Tess sets how others are told', () => {
    it('makes a rule after trying it, switches it off, reads who did that, and removes it', async () => {
      const { placeIds } = await stage().cluster('Weidehof', 1);
      await stage().housed(['Roos Regel'], placeIds);
      const page = await stage().pageOf('beheer', '/beheer/meldingen');
      await page.getByRole('button', { name: 'Regel toevoegen' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Naam (Nederlands)').fill(RULE);
      await dialog.getByLabel('Naam (Engels)').fill('Leave to the coordinator');
      await dialog.getByText('Verlof', { exact: true }).click();
      // Without anybody to tell it is refused, beside the choice.
      await dialog.locator('button[type="submit"]').click();
      await dialog.getByRole('alert').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByText('coördinator', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Uitproberen' }).click();
      await dialog.getByText(/^Van de laatste \d+ gebeurtenissen past de regel op \d+\./).waitFor();
      expect(await violations(page)).toEqual([]);
      await submit(page);

      const row = page.getByRole('row').filter({ hasText: RULE });
      await row.getByText('Verlof', { exact: true }).waitFor();
      await row.getByRole('button', { name: `Wijzigen: ${RULE}` }).click();
      await dialog.getByText('Aan', { exact: true }).click();
      expect(await violations(page)).toEqual([]);
      await submit(page);
      await row.getByText('nee', { exact: true }).waitFor();

      const history = row.getByRole('button', { name: `Geschiedenis: ${RULE}` });
      await history.click();
      await dialog.getByRole('listitem').nth(1).waitFor();
      const versions = await dialog.getByRole('listitem').allTextContents();
      expect(versions).toEqual([expect.stringMatching(/^Uit · .* · Tess Beumer/), expect.stringMatching(/^Aan · /)]);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await hasFocus(history)).toBe(true);

      await row.getByRole('button', { name: `Verwijderen: ${RULE}` }).click();
      await dialog.getByText('Dit kun je niet ongedaan maken.').waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Verwijderen', exact: true }).click();
      await row.waitFor({ state: 'detached' });
      await page.context().close();
    }, 60_000);

    it('gives a connected system a new secret, while the old one stays good for a day', async () => {
      const receiver = await Receiver.start();
      const page = await stage().pageOf('beheer', '/beheer/webhooks');
      try {
        await page.getByRole('button', { name: 'Webhook toevoegen' }).click();
        await page.getByLabel('Naam').fill('Sleutelsysteem');
        await page.getByLabel(/^Adres/).fill(receiver.url);
        await page.getByRole('dialog').locator('button[type="submit"]').click();
        const first = await secretShown(page);
        await page.getByRole('button', { name: 'Nieuw geheim: Sleutelsysteem' }).click();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('dialog').locator('button[type="submit"]').click();
        expect(await secretShown(page)).not.toBe(first);
        const row = page.getByRole('row').filter({ hasText: 'Sleutelsysteem' });
        await row.getByText(/^\s*Het oude geheim geldt ook nog, tot /).waitFor();
        expect(await violations(page)).toEqual([]);
        await row.getByRole('button', { name: 'Proefbericht: Sleutelsysteem' }).click();
        await page.getByText(/^Proefbericht aan Sleutelsysteem bezorgd/).waitFor();
        // Signed with both, so that the other side can change over when it suits.
        expect(receiver.requests[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
        await row.getByRole('button', { name: 'Verwijderen: Sleutelsysteem' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
        await row.waitFor({ state: 'detached' });
      } finally {
        await receiver.close();
        await page.context().close();
      }
    }, 60_000);

    it('records until which first working day somebody is away, calls it off, and takes that back', async () => {
      const page = await stage().pageOf('beheer', '/beheer/caseloads');
      await page.getByRole('button', { name: 'Afwezigheid vastleggen' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Wie is er niet').selectOption({ label: 'Daan Visser' });
      await dialog.getByLabel('Wie vervangt').selectOption({ label: 'Noor Bakker' });
      await dialog.getByLabel('Vanaf').fill(written(inDays(10)));
      await dialog.getByLabel('Eerste werkdag terug').fill(written(inDays(17)));
      await dialog.getByText(`Weg van ${inWords(inDays(10))} tot en met ${inWords(inDays(16))}.`).waitFor();
      expect(await violations(page)).toEqual([]);
      await submit(page);
      const row = page.getByRole('row').filter({ hasText: 'Daan Visser' }).filter({ hasText: 'Noor Bakker' });
      await row.getByText('gepland').waitFor();
      await row.getByRole('button', { name: 'Afwezigheid van Daan Visser gaat niet door' }).click();
      await row.waitFor({ state: 'detached' });
      await hears(page, 'De afwezigheid van Daan Visser gaat niet door.');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Ongedaan maken' }).click();
      await row.getByText('gepland').waitFor();
      await row.getByRole('button', { name: 'Afwezigheid van Daan Visser gaat niet door' }).click();
      await row.waitFor({ state: 'detached' });
      await page.context().close();
    }, 60_000);

    it('changes rules and reminders of the ZRM, sees beforehand what they would do, and reads who did that', async () => {
      const page = await stage().pageOf('beheer', '/beheer/zrm-regels');
      await page.getByRole('button', { name: 'Regel voor stagnatie toevoegen' }).click();
      const rule = page.getByRole('group', { name: 'Regel 3' });
      await rule.getByLabel('Hoeveel ZRM’s op rij').fill('13');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByRole('link', { name: /^Regel 3: / }).waitFor();
      expect(await violations(page)).toEqual([]);
      await rule.getByLabel('Hoeveel ZRM’s op rij').fill('12');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await hears(page, 'Opgeslagen.');
      await page.getByText('Hoe het eerder was').click();
      const newest = page.locator('.d-history__list > li').first();
      await newest.getByText('Stagnatie: 12 ZRM’s op rij zonder beweging op alle domeinen.').waitFor();
      expect(await newest.textContent()).toContain('door Tess Beumer');
      await page.getByRole('button', { name: 'Regel 3 weghalen' }).click();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await hears(page, 'Opgeslagen.');

      await page.getByLabel('Vanaf zoveel cliënten zijn').fill('4');
      await page.getByRole('button', { name: 'Aantallen vastleggen' }).click();
      await page.getByRole('link', { name: /^Vanaf zoveel cliënten zijn .*: / }).waitFor();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('link', { name: 'ZRM-herinneringen' }).click();
      await page.getByRole('button', { name: 'Herinnering toevoegen' }).click();
      const step = page.getByRole('group', { name: 'Herinnering 5' });
      await step.getByLabel('dagen').fill('200');
      // What it would do stands there before anything is saved.
      const preview = page.getByRole('region', { name: 'Wat dit betekent' });
      await preview
        .getByText(/09:00: cliëntmanager \(200 dagen erna\)/)
        .first()
        .waitFor();
      await step.getByText('Cliëntmanager').click();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByRole('heading', { name: 'Kijk dit nog even na' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await step.getByText('Trajectregisseur').click();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await hears(page, 'Opgeslagen.');
      await page.getByRole('region', { name: 'Nieuwe planning' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Herinnering 5 weghalen' }).click();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await hears(page, 'Opgeslagen.');
      await page.context().close();
    }, 60_000);

    it('takes a client off the waiting list, and puts it back in the row where it stood', async () => {
      const clientId = await stage().client('Wout', 'Wachten');
      const samira = await stage().world.as('samira');
      const body = { clientId, kind: 'opvang', zwaarte: 'medium', urgency: 'regular', since: inDays(-30) };
      await samira.post('/v1/waiting-list', body, { key: 'settings-waiting' });
      const page = await stage().pageOf('samira', '/plekken/wachtlijst');
      const row = page.getByRole('row').filter({ hasText: 'Wout Wachten' });
      await row.getByRole('button', { name: 'Van de lijst: Wout Wachten' }).click();
      await page.getByLabel('Reden').selectOption({ index: 1 });
      await submit(page);
      await row.waitFor({ state: 'detached' });
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Ongedaan maken' }).click();
      await row.getByText('4 weken').waitFor();
      expect(today() > body.since).toBe(true);
      await page.context().close();
    }, 60_000);
  });
}

async function submit(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[type="submit"]').click();
  await dialog.waitFor({ state: 'detached', timeout: 10_000 });
}

/** Reads the secret that is shown once, and closes its window. */
async function secretShown(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Bewaar dit geheim nu' }).waitFor();
  expect(await violations(page)).toEqual([]);
  const [secret = ''] = /whsec_[\w+/=]+/.exec((await page.getByRole('dialog').textContent()) ?? '') ?? [];
  expect(secret).not.toBe('');
  await page.getByRole('button', { name: 'Sluiten' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return secret;
}

function inWords(date: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('nl-NL', options).format(new Date(`${date}T00:00:00Z`));
}
