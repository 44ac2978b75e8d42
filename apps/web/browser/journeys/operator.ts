import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '#testing/wait-for.js';
import { inDays } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { arrivalOf, publishFact } from '../facts.ts';
import { Receiver } from '../receiver.ts';
import { hasFocus, written } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** What the operator does before and behind the work of the others. */
export function operatorJourney(stage: () => Stage): void {
  describe('Tess runs the system', () => {
    it('makes an institution with places, and somebody who guards them', async () => {
      const page = await stage().pageOf('beheer', '/beheer');
      await page.getByRole('button', { name: 'Organisatie toevoegen' }).click();
      await page.getByLabel('Naam').fill('Stichting Nieuwe Kade');
      await page.getByLabel('Soort').selectOption({ label: 'Instelling' });
      await send(page);
      await page.getByRole('link', { name: /Stichting Nieuwe Kade/ }).click();
      await page.getByRole('button', { name: 'Locatie toevoegen bij Stichting Nieuwe Kade' }).click();
      await page.getByLabel('Naam').fill('Kadehuis');
      await send(page);
      await page.getByRole('button', { name: 'Cluster toevoegen bij Kadehuis' }).click();
      await page.getByLabel('Naam').fill('Kadegroep');
      await send(page);
      for (const name of ['Kade 1', 'Kade 2']) {
        await page.getByRole('button', { name: 'Plek toevoegen bij Kadegroep' }).click();
        await page.getByLabel('Naam').fill(name);
        await page.getByLabel('Soort').selectOption({ label: 'Begeleid wonen' });
        await page.getByLabel('Zwaarte').selectOption({ label: 'Licht' });
        await page.getByLabel('Geldstroom').selectOption({ label: 'Binnen de gesubsidieerde keten' });
        expect(await violations(page)).toEqual([]);
        await send(page);
        await page.getByText(name, { exact: true }).waitFor();
      }
      await page.getByText('2 plekken').waitFor();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('link', { name: 'Mensen' }).click();
      await page.getByRole('button', { name: 'Persoon toevoegen' }).click();
      await page.getByLabel('Naam', { exact: true }).fill('Vera Vervang');
      await page.getByLabel('Inlognaam bij de identiteitsprovider').fill('nieuw-vera');
      await page.getByRole('dialog').getByText('Trajectregisseur', { exact: true }).click();
      await send(page, false);
      await page.getByRole('link', { name: /Kies voor deze rol een organisatie/ }).click();
      const organisation = page.getByRole('dialog').getByLabel(/^Organisatie/);
      expect(await hasFocus(organisation)).toBe(true);
      expect(await violations(page)).toEqual([]);
      await organisation.selectOption({ label: 'GGD Waterland-Zuid' });
      await send(page);
      await page.getByRole('row').filter({ hasText: 'Vera Vervang' }).getByText('Trajectregisseur').waitFor();

      await page.getByRole('link', { name: 'Caseloads' }).click();
      // Reloading before the page is there would bring the one before back.
      await page.getByRole('heading', { level: 1, name: 'Caseloads en vervanging' }).waitFor();
      const vera = page.getByRole('row').filter({ hasText: 'Vera Vervang' });
      await eventually(page, vera);
      await vera.getByRole('button').click();
      await page.getByRole('dialog').getByText('Kadegroep', { exact: true }).click();
      expect(await violations(page)).toEqual([]);
      await send(page);
      await vera.getByText(/Kadegroep/).waitFor();
      await page.context().close();
    }, 90_000);

    it('records that Noor is away: Daan sees her clients and meldingen meanwhile, and not afterwards', async () => {
      const { placeIds } = await stage().cluster('Vervang', 2);
      const [clientId = ''] = await stage().housed(['Wies Vervanging'], placeIds);
      const daan = await stage().pageOf('daan', '/');
      await settled(daan);
      expect(await seesFile(daan, clientId, 'Wies Vervanging')).toBe(false);
      const page = await stage().pageOf('beheer', '/beheer/caseloads');
      await page.getByRole('button', { name: 'Afwezigheid vastleggen' }).click();
      await page.getByLabel('Wie is er niet').selectOption({ label: 'Noor Bakker' });
      await page.getByLabel('Wie vervangt').selectOption({ label: 'Daan Visser' });
      await page.getByLabel('Eerste werkdag terug').fill(written(inDays(2)));
      expect(await violations(page)).toEqual([]);
      await send(page);
      await page.getByRole('row').filter({ hasText: 'Noor Bakker' }).getByText('nu', { exact: true }).waitFor();

      await waitFor(() => seesFile(daan, clientId, 'Wies Vervanging'), { timeout: 15_000, what: 'sight of the file' });
      await daan.goto('/');
      await daan.getByLabel('Van wie').waitFor();
      await daan.getByLabel('Van wie').selectOption({ index: 1 });
      await daan.getByText('Wies Vervanging is').first().waitFor();
      await daan.getByRole('button', { name: 'Menu van Daan Visser' }).or(daan.locator('.d-menu--end summary')).click();
      await daan.getByText(/Je vervangt Noor Bakker/).waitFor();
      await settled(daan);
      expect(await violations(daan)).toEqual([]);

      await page.getByRole('button', { name: 'Afwezigheid van Noor Bakker gaat niet door' }).click();
      await page.getByText('Niemand is afwezig').waitFor();
      const isBlind = async () => !(await seesFile(daan, clientId, 'Wies Vervanging'));
      await waitFor(isBlind, { timeout: 15_000, what: 'no sight of the file any more' });
      await daan.goto('/');
      await settled(daan);
      expect(await daan.getByLabel('Van wie').count()).toBe(0);
      expect(await daan.getByText('Wies Vervanging').count()).toBe(0);
      await daan.context().close();
      await page.context().close();
    }, 90_000);

    it('connects another system, and is told whether a test message arrives', async () => {
      const receiver = await Receiver.start();
      try {
        const page = await stage().pageOf('beheer', '/beheer/webhooks');
        await page.getByRole('button', { name: 'Webhook toevoegen' }).click();
        await page.getByLabel('Naam').fill('Proefsysteem');
        await page.getByLabel(/^Adres/).fill(receiver.url);
        await send(page, false);
        await page.getByRole('heading', { name: 'Bewaar dit geheim nu' }).waitFor();
        expect(await page.getByRole('dialog').textContent()).toMatch(/whsec_/);
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Sluiten' }).click();
        await page.getByRole('button', { name: 'Proefbericht: Proefsysteem' }).click();
        await page.getByText(/^Proefbericht aan Proefsysteem bezorgd in \d+ ms\.$/).waitFor();
        expect(receiver.requests).toHaveLength(1);
        expect(receiver.requests[0]?.headers['webhook-signature']).toMatch(/^v1,/);
        receiver.status = 500;
        await page.getByRole('button', { name: 'Proefbericht: Proefsysteem' }).click();
        await page.getByText(/^Proefbericht aan Proefsysteem niet bezorgd: /).waitFor();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Verwijderen: Proefsysteem' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
        await page.getByText('Nog geen webhooks').waitFor();
        await page.context().close();
      } finally {
        await receiver.close();
      }
    }, 60_000);

    it('sees a message that is stuck, mends it, and drops another with a reason', async () => {
      const clientId = await stage().client('Gijs', 'Gif');
      const poison = { ...arrivalOf(stage(), clientId), kind: 'teleport' };
      await publishFact(stage(), 'stuck-mendable', poison);
      await publishFact(stage(), 'stuck-hopeless', { clientId: 'nobody', version: 1 });
      const page = await stage().pageOf('beheer', '/beheer/vastgelopen?deel=notifications');
      const stuck = page.getByRole('row').filter({ hasText: 'housing-situation-changed' });
      await eventually(page, stuck.nth(1));
      expect(await violations(page)).toEqual([]);
      await stuck.filter({ hasText: 'kind' }).filter({ hasNotText: 'changeId' }).getByRole('button').click();
      const content = page.getByLabel('Inhoud');
      expect(await content.inputValue()).toContain('"teleport"');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Opnieuw verwerken' }).click();
      await page.getByRole('alert').waitFor();
      await content.fill((await content.inputValue()).replace('teleport', 'arrival'));
      await page.getByRole('button', { name: 'Opnieuw verwerken' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await stuck.nth(1).waitFor({ state: 'detached' });
      const noor = await stage().world.as('noor');
      expect(await noor.all(`/v1/meldingen?clientId=${clientId}`)).toHaveLength(1);

      await stuck.getByRole('button').click();
      await page.getByRole('button', { name: 'Laten vallen' }).click();
      await page.getByLabel('Waarom mag dit bericht vervallen?').fill('Zonder cliënt is er niets te melden');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Laten vallen' }).click();
      await page.getByText('Er zit niets vast').waitFor();
      await page.getByLabel('Stand').selectOption({ label: 'laten vallen' });
      await stuck.getByRole('button').click();
      await page.getByText('Zonder cliënt is er niets te melden').waitFor();
      expect(await violations(page)).toEqual([]);

      // Another service could not handle them either: the count leads to exactly what it counts.
      await page.goto('/beheer/gezondheid');
      const counted = page.getByRole('row').filter({ hasText: 'ZRM' }).getByRole('link');
      await eventually(page, counted);
      const count = Number(await counted.innerText());
      await counted.click();
      await page.getByRole('heading', { level: 1, name: 'Vastgelopen berichten' }).waitFor();
      await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length === rows, count);
      expect(await page.getByRole('combobox', { name: 'Deel' }).inputValue()).toBe('assessment');
      await page.context().close();
    }, 90_000);
  });
}

/** Sends the form of the window that is open, which then closes. */
async function send(page: Page, closes = true): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[type="submit"]').click();
  if (!closes) return;
  await dialog.waitFor({ state: 'detached', timeout: 10_000 }).catch(async () => {
    throw new Error(`the window stays open: ${await dialog.innerText()}`);
  });
}

/** Loads the page again until something is on it: it comes from a service that hears of it a moment later. */
async function eventually(page: Page, wanted: Locator): Promise<void> {
  await waitFor(
    async () => {
      await page.reload();
      await settled(page);
      return (await wanted.count()) > 0;
    },
    { timeout: 30_000, interval: 100, what: wanted.toString() },
  );
}

/** Whether the file of a client opens for this person. */
async function seesFile(page: Page, clientId: string, name: string): Promise<boolean> {
  await page.goto(`/clienten/${clientId}`);
  await settled(page);
  return (await page.getByRole('heading', { level: 1, name }).count()) > 0;
}
