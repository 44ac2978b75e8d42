import type { Page } from 'playwright-core';
import { PAGES } from './pages.ts';

/** Something to take a picture of: a page, and what is opened on it first. */
export interface View {
  readonly person: string;
  readonly name: string;
  readonly path: string;
  /** Brings the page into the state meant. When that cannot be done (an empty page), there is no picture. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click({ timeout: 3_000 });
const openMenu = (selector: string) => (page: Page) => page.locator(selector).first().click({ timeout: 3_000 });

/** Submits an empty form, so that its errors show. */
const withErrors =
  (open: string | RegExp, send: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await press(open)(page);
    await page.locator('dialog').getByRole('button', { name: send }).last().click({ timeout: 3_000 });
  };

/** Shows the page while something that it asks for fails. */
const withFailing =
  (address: RegExp) =>
  async (page: Page): Promise<void> => {
    const problem = {
      type: 'about:blank',
      title: 'Er ging iets mis',
      status: 500,
      code: 'internal',
      correlationId: 'beeld',
    };
    const fail = { status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) };
    await page.route(address, (route) => route.fulfill(fail));
    await page.reload();
    await page.getByRole('alert').first().waitFor({ timeout: 8_000 });
    await page.unroute(address);
  };

const state = (person: string, name: string, path: string, prepare: View['prepare']): View => ({
  person,
  name,
  path,
  ...(prepare === undefined ? {} : { prepare }),
});

/** Panels, menus and errors: what a page shows only after somebody did something. */
const STATES: readonly View[] = [
  state('noor', 'menu-persoon', '/', openMenu('.d-menu--end summary')),
  state('noor', 'menu-kolommen', '/clienten', openMenu('.d-table .d-menu summary')),
  state('noor', 'zoeken', '/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('bos', { delay: 20 });
    await page.getByRole('option').first().waitFor({ timeout: 8_000 });
  }),
  state('noor', 'vandaag-naast', '/', async (page) => {
    await page.locator('.d-melding__client').first().click({ timeout: 3_000 });
    await page.locator('.d-beside__detail, main .d-now').first().waitFor({ timeout: 3_000 });
  }),
  state('noor', 'vandaag-gezien', '/?status=acknowledged', undefined),
  state('beheer', 'vandaag-zonder-clienten', '/', undefined),
  state('samira', 'clienten-naast', '/clienten', async (page) => {
    await page.locator('.d-table__name a').first().click({ timeout: 3_000 });
    await page.locator('.d-beside__detail, main .d-now').first().waitFor({ timeout: 3_000 });
  }),
  state('samira', 'paneel-reservering', '/clienten/{client}', press('Plek reserveren')),
  state('samira', 'paneel-verhuizen', '/clienten/{client}', press('Verhuizen')),
  state('samira', 'paneel-afwezig', '/clienten/{client}', press('Met verlof')),
  state('samira', 'paneel-vertrek', '/clienten/{client}', withErrors('Vertrek', 'Vertrek vastleggen')),
  state('samira', 'paneel-corrigeren', '/clienten/{client}', press(/^Verbeteren/)),
  state('samira', 'paneel-gegevens', '/clienten/{client}/gegevens', press(/wijzigen/i)),
  state('samira', 'zrm-formulier', '/clienten/{client}/zrm', async (page) => {
    await press('Nulmeting invullen')(page);
    await page.locator('.d-levels').first().waitFor({ timeout: 5_000 });
  }),
  state('samira', 'zrm-in-beeld-als-tabel', '/clienten/{client}/zrm?beeld=tabel', undefined),
  state('samira', 'zrm-een-domein', '/clienten/{client}/zrm?domein=housing', undefined),
  state('samira', 'zrm-gelezen', '/clienten/{client}/zrm', async (page) => {
    await page.locator('.d-table__name a').first().click({ timeout: 3_000 });
    await page.locator('.d-zrm-facts').waitFor({ timeout: 5_000 });
  }),
  state('noor', 'zrm-lijst-vol', '/zrm/iedereen', async (page) => {
    await page.locator('tbody tr').nth(30).waitFor({ timeout: 5_000 });
  }),
  state('samira', 'zrm-lijst-binnenkort', '/zrm/binnenkort', undefined),
  state('samira', 'zrm-lijst-zonder', '/zrm/zonder', undefined),
  state('samira', 'zrm-lijst-niets-gevonden', '/zrm/veranderd?groep=geen', undefined),
  state('samira', 'zrm-lijst-naast', '/zrm/iedereen', async (page) => {
    await page.locator('.d-table__name a').first().click({ timeout: 3_000 });
    await page.locator('.d-beside__detail, main .d-zrm-overview').first().waitFor({ timeout: 5_000 });
  }),
  state('samira', 'zrm-lijst-fout', '/zrm', withFailing(/\/v1\/zrm-clients\?/)),
  state('noor', 'ijking-uitkomst', '/zrm/ijking/{calibration}', undefined),
  state('noor', 'ijking-uitkomst-als-tabel', '/zrm/ijking/{calibration}?beeld=tabel', undefined),
  state('noor', 'ijking-plannen-fouten', '/zrm/ijking/nieuw', press('IJking plannen')),
  state('noor', 'ijking-beoordelen', '/zrm/ijking', async (page) => {
    await page
      .getByRole('link', { name: /^Beoordelen/ })
      .first()
      .click({ timeout: 3_000 });
    await page
      .getByRole('link', { name: /^Beoordelen: / })
      .first()
      .click({ timeout: 3_000 });
    await page.locator('.d-levels').first().waitFor({ timeout: 5_000 });
  }),
  state('beheer', 'zrm-regels-fouten', '/beheer/zrm-regels', async (page) => {
    await page.getByLabel('Hoeveel niveaus lager').first().fill('9', { timeout: 3_000 });
    await press('Opslaan')(page);
    await page.getByRole('heading', { name: 'Kijk dit nog even na' }).waitFor({ timeout: 3_000 });
  }),
  state('beheer', 'termijnen-komt-nog', '/beheer/termijnen?stand=due', undefined),
  state('samira', 'client-nieuw-fouten', '/clienten/nieuw', async (page) => {
    await page.locator('form button[type="submit"]').first().click({ timeout: 3_000 });
  }),
  state('samira', 'kalender', '/clienten/{client}', async (page) => {
    await press('Verhuizen')(page);
    await press(/Kies in de kalender/)(page);
    await page.getByRole('grid').waitFor({ timeout: 8_000 });
  }),
  state('samira', 'bord-als-tabel', '/plekken?cluster={cluster}&beeld=tabel', undefined),
  state('samira', 'bord-paneel', '/plekken?cluster={cluster}', openMenu('button.d-bar')),
  state('samira', 'paneel-wachtlijst', '/plekken/wachtlijst', press(/wachtlijst/i)),
  state('beheer', 'paneel-afwezigheid', '/beheer/caseloads', press(/afwezigheid/i)),
  state('beheer', 'paneel-caseload', '/beheer/caseloads', press(/caseload van/i)),
  state('beheer', 'paneel-mens', '/beheer/mensen', press(/toevoegen/i)),
  state('noor', 'opgepakt', '/?status=picked-up', undefined),
  state('samira', 'import-fouten', '/plekken/import/{import}', async (page) => {
    await page.getByText(/Er is nog niets vastgelegd/).waitFor({ timeout: 3_000 });
  }),
  state('samira', 'paneel-van-de-lijst', '/plekken/wachtlijst', press(/^Van de lijst/)),
  state('beheer', 'paneel-regel', '/beheer/meldingen', async (page) => {
    await press('Regel toevoegen')(page);
    await page.getByRole('dialog').getByText('Verlof', { exact: true }).click({ timeout: 3_000 });
    await page.getByRole('dialog').getByText('coördinator', { exact: true }).click();
    await press('Uitproberen')(page);
    const tried = page.getByText(/^Van de laatste/);
    await tried.waitFor({ timeout: 5_000 });
    await tried.scrollIntoViewIfNeeded();
  }),
  state('beheer', 'paneel-regel-boven', '/beheer/meldingen', press('Regel toevoegen')),
  state('beheer', 'paneel-regel-wijzigen', '/beheer/meldingen', press(/^Wijzigen:/)),
  state('beheer', 'paneel-regel-geschiedenis', '/beheer/meldingen', async (page) => {
    await page
      .getByRole('button', { name: /^Geschiedenis:/ })
      .nth(1)
      .click({ timeout: 3_000 });
  }),
  state('beheer', 'paneel-regel-verwijderen', '/beheer/meldingen', press(/^Verwijderen:/)),
  state('beheer', 'paneel-geheim', '/beheer/webhooks', press(/^Nieuw geheim/)),
  state('beheer', 'geheim-getoond', '/beheer/webhooks', async (page) => {
    await press(/^Nieuw geheim/)(page);
    await page.getByRole('dialog').locator('button[type="submit"]').click();
    await page.getByText('Bewaar dit geheim nu').waitFor({ timeout: 3_000 });
  }),
  state('beheer', 'logboek-persoon', '/beheer/logboek', async (page) => {
    await page.getByLabel('Kies een persoon').selectOption({ label: 'Samira el Idrissi' }, { timeout: 3_000 });
  }),
  state('beheer', 'onbekend-adres', '/bestaat-niet', undefined),
];

/** Every picture, the pages first. */
export const VIEWS: readonly View[] = [...PAGES.map(([person, name, path]) => ({ person, name, path })), ...STATES];
