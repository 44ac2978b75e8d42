import { mkdirSync } from 'node:fs';

import { chromium, type Page } from 'playwright-core';

/** Takes pictures of pages in three widths, to be looked at one by one. Arguments: base address, folder, filter. */
const [base = 'http://localhost:4173', folder = '/tmp/shots', only = ''] = process.argv.slice(2);
const widths = [320, 768, 1360];
const views: [name: string, path: string, act?: (page: Page) => Promise<unknown>][] = [
  ['inloggen', '/inloggen?naar=/clienten'],
  ['vandaag', '/'],
  [
    'vandaag-overdragen',
    '/',
    (page) =>
      page
        .getByRole('button', { name: /^Overdragen/ })
        .first()
        .click(),
  ],
  ['instellingen', '/mijn-instellingen'],
  ['clienten', '/clienten'],
  ['client-nieuw', '/clienten/nieuw'],
  [
    'client-dubbel',
    '/clienten/nieuw',
    async (page) => {
      await page.getByLabel('Achternaam').fill('Vries');
      await page.getByRole('button', { name: 'Controleren' }).click();
      await page.waitForTimeout(400);
    },
  ],
  ['client', '/clienten/c0'],
  [
    'client-historie',
    '/clienten/c0',
    async (page) => {
      await page.getByText('Toon alles wat is vastgelegd').click();
      await page.getByText('Wat stond er eerst?').first().click();
    },
  ],
  [
    'client-verhuizen',
    '/clienten/c0',
    async (page) => {
      await page.getByRole('button', { name: 'Verhuizen' }).click();
      await page.waitForTimeout(300);
      await page.getByLabel('Plek', { exact: true }).selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Verhuizing vastleggen' }).click();
      await page.waitForTimeout(400);
    },
  ],
  ['client-gegevens', '/clienten/c0/gegevens'],
  [
    'client-wijzigen',
    '/clienten/c0/gegevens',
    (page) => page.getByRole('button', { name: 'Gegevens wijzigen' }).click(),
  ],
  ['client-wijzigingen', '/clienten/c0/wijzigingen'],
  ['client-ingezien', '/clienten/c0/ingezien'],
  ['plekken', '/plekken'],
  ['bord', '/plekken?cluster=k0'],
  ['bord-tabel', '/plekken?cluster=k0&beeld=tabel'],
  ['vrij', '/plekken/vrij'],
  ['wachtlijst', '/plekken/wachtlijst'],
  ['compleet', '/plekken/compleet'],
  ['import', '/plekken/import'],
  ['import-een', '/plekken/import/i1'],
  ['organisaties', '/beheer?organisatie=o1'],
  [
    'organisaties-plek',
    '/beheer?organisatie=o1',
    async (page) => {
      await page
        .getByRole('button', { name: /Plek toevoegen/ })
        .first()
        .click({ timeout: 3000 });
    },
  ],
  ['mensen', '/beheer/mensen'],
  ['mensen-nieuw', '/beheer/mensen', (page) => page.getByRole('button', { name: 'Persoon toevoegen' }).click()],
  ['caseloads', '/beheer/caseloads'],
  ['regels', '/beheer/meldingen'],
  ['webhooks', '/beheer/webhooks'],
  ['vastgelopen', '/beheer/vastgelopen'],
  ['gezondheid', '/beheer/gezondheid'],
  ['logboek', '/beheer/logboek'],
  ['nergens', '/bestaat-niet'],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const dark = process.env['DARK'] === '1';
for (const width of widths) {
  if (process.env['WIDTH'] !== undefined && Number(process.env['WIDTH']) !== width) continue;
  const context = await browser.newContext({
    viewport: { width, height: width < 400 ? 700 : 900 },
    locale: 'nl-NL',
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.log(`[${page.url()}]`, message.text()));
  page.on('pageerror', (error) => console.log(`[${page.url()}] PAGEERROR`, error.message));
  for (const [name, path, act] of views) {
    if (only !== '' && !new RegExp(only).test(name)) continue;
    await page.goto(base + path);
    await page.waitForTimeout(600);
    try {
      await act?.(page);
    } catch (error) {
      console.log(name, width, String(error).slice(0, 200));
    }
    await page.waitForTimeout(200);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) console.log('SIDEWAYS', name, width, over);
    await page.screenshot({
      path: `${folder}/${name}-${width}${dark ? '-dark' : ''}.png`,
      fullPage: act === undefined,
    });
  }
  await context.close();
}
await browser.close();
