import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Response } from 'playwright-core';
import { startSystem, type TestSystem } from '#testing/system.js';
import { DEMO_PEOPLE } from '../../../deploy/local/issuer/demo-people.ts';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { People, settled, sideways, violations } from './browser.ts';
import { begin } from './lanes.ts';
import { PAGES } from './pages.ts';

/** Who starts elsewhere than on an inbox that waits for its first melding. */
const STARTS: Partial<Record<string, { path: string; shows: RegExp }>> = {
  noor: { path: '/', shows: /meldingen? wacht(en)? op jou/ },
  marijke: { path: '/plekken/vrij', shows: /plek(ken)? vrij\./ },
  peter: { path: '/plekken/vrij', shows: /plek(ken)? vrij\./ },
  hassan: { path: '/plekken/bednachten', shows: /waren .* nachten bezet|minder dan 5 cliënten/ },
  beheer: { path: '/beheer', shows: /Organisatie toevoegen/ },
};
/** Windows at once: some wait for their pages while another is looked at. */
const LANES = 3;
const WAITS = { path: '/', shows: /^(Er wacht niets op jou|\d+ meldingen? wacht)/ };

/** Every page, with something in it, in a real browser: WCAG 2.2 AA, and usable on a phone. */
describe('the pages of the app', () => {
  let system: TestSystem;
  let world: World;
  let people: People;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn', demoClock: true });
    world = await makeWorld(system, { places: 4, clients: 4 });
    const manager = await world.as('samira');
    for (const [index, clientId] of world.clientIds.slice(0, 3).entries()) {
      const body = { kind: 'arrival', placeId: world.placeIds[index], from: '2026-03-01' };
      await manager.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `page-${index}` });
    }
    people = await People.open(system.publicUrl);
    for (const name of new Set(PAGES.map(([person]) => person))) await people.pageOf(name);
  }, 180_000);

  afterAll(async () => {
    await people.close();
    await system.close();
  }, 60_000);

  describe('each of them', () => {
    let findings: Map<(typeof PAGES)[number], Promise<Findings>>;
    beforeAll(() => {
      findings = begin(PAGES, LANES, async ([person, , path]) =>
        lookAt(
          await people.pageOf(person),
          path.replace('{client}', world.clientIds[0] ?? '').replace('{cluster}', world.clusterId),
        ),
      );
    });

    it.each(PAGES.map((page) => ({ page, person: page[0], name: page[1] })))(
      '$person: $name is accessible, and fits a phone',
      async ({ page }) => {
        expect(await findings.get(page)).toEqual({ wide: [], sideways: 0, narrow: [], errors: [] });
      },
      60_000,
    );
  });

  it.each(DEMO_PEOPLE)(
    '$key ($roles) arrives where there is work for this role, or is told where it will come from',
    async ({ key, name }) => {
      const page = await people.arrive(key);
      await settled(page);
      const { path, shows } = STARTS[key] ?? WAITS;
      expect(new URL(page.url()).pathname).toBe(path);
      await page.getByText(shows).first().waitFor();
      await page.locator('header .d-person__name').getByText(name).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
    40_000,
  );

  it('shows policy shares of institutions, and no count of fewer than five clients', async () => {
    const page = await people.pageOf('hassan', '/plekken/compleet');
    await settled(page);
    // De Haven has four clients, of whom nothing but the name is filled in.
    const row = page.getByRole('row').filter({ hasText: 'Stichting De Haven' });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['minder dan 5', 'minder dan 5', '']);
    expect(await page.getByText('Wereld').count()).toBe(0);
  }, 40_000);

  describe('to each person', () => {
    let refusals: Map<(typeof DEMO_PEOPLE)[number], Promise<string[]>>;
    beforeAll(() => {
      refusals = begin(DEMO_PEOPLE, LANES, async ({ key }) => refusedOn(await people.pageOf(key)));
    });

    it.each(DEMO_PEOPLE.map((person) => ({ person, key: person.key })))(
      'offers $key no page that then refuses something',
      async ({ person }) => {
        expect(await refusals.get(person)).toEqual([]);
      },
      60_000,
    );
  });
});

interface Findings {
  wide: string[];
  sideways: number;
  narrow: string[];
  errors: string[];
}

/** What is wrong with a page on a wide screen and on a phone; closes the window. */
async function lookAt(page: Page, path: string): Promise<Findings> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(path);
  await settled(page);
  const wide = await violations(page);
  await page.setViewportSize({ width: 320, height: 640 });
  const found = { wide, sideways: Math.max(0, await sideways(page)), narrow: await violations(page), errors };
  await page.context().close();
  return found;
}

/** Goes to another page of the app as its links do, without loading the app again. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** What the pages that the app offers to somebody then ask in vain; closes the window. */
async function refusedOn(page: Page): Promise<string[]> {
  const refused: string[] = [];
  page.on('response', (response: Response) => {
    if (response.status() === 403) refused.push(`${new URL(page.url()).pathname}: ${response.url()}`);
  });
  const offered = ['/'];
  for (const path of offered) {
    await goWithin(page, path);
    await settled(page);
    const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    offered.push(...new Set(links.filter((link) => !offered.includes(link))));
  }
  await page.context().close();
  return refused;
}
