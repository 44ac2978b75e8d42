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
  state('samira', 'paneel-reservering', '/clienten/{client}', press('Plek reserveren')),
  state('samira', 'paneel-verhuizen', '/clienten/{client}', press('Verhuizen')),
  state('samira', 'paneel-afwezig', '/clienten/{client}', press('Met verlof')),
  state('samira', 'paneel-vertrek', '/clienten/{client}', withErrors('Vertrek', 'Vertrek vastleggen')),
  state('samira', 'paneel-corrigeren', '/clienten/{client}', press(/^Verbeteren/)),
  state('samira', 'paneel-gegevens', '/clienten/{client}/gegevens', press(/wijzigen/i)),
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
  state('beheer', 'onbekend-adres', '/bestaat-niet', undefined),
];

/** Every picture, the pages first. */
export const VIEWS: readonly View[] = [...PAGES.map(([person, name, path]) => ({ person, name, path })), ...STATES];
