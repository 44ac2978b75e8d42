import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Response } from 'playwright-core';
import { startSystem, type TestSystem } from '#testing/system.js';
import { DEMO_PEOPLE } from '../../../deploy/local/issuer/demo-people.ts';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { People, settled, sideways, violations } from './browser.ts';
import { PAGES } from './pages.ts';

/** Who starts elsewhere than on an inbox that waits for its first melding. */
const STARTS: Partial<Record<string, { path: string; shows: RegExp }>> = {
  noor: { path: '/', shows: /meldingen? wacht(en)? op jou/ },
  marijke: { path: '/plekken/vrij', shows: /plek(ken)? vrij\./ },
  peter: { path: '/plekken/vrij', shows: /plek(ken)? vrij\./ },
  hassan: { path: '/plekken/bednachten', shows: /waren .* nachten bezet|minder dan 5 cliënten/ },
  beheer: { path: '/beheer', shows: /Organisatie toevoegen/ },
};
const WAITS = { path: '/', shows: /^(Er wacht niets op jou|\d+ meldingen? wacht)/ };

/** Every page, with something in it, in a real browser: WCAG 2.2 AA, and usable on a phone. */
describe('the pages of the app', () => {
  let system: TestSystem;
  let world: World;
  let people: People;
  const open = new Map<string, Page>();

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: 4, clients: 4 });
    const manager = await world.as('samira');
    for (const [index, clientId] of world.clientIds.slice(0, 3).entries()) {
      const body = { kind: 'arrival', placeId: world.placeIds[index], from: '2026-03-01' };
      await manager.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `page-${index}` });
    }
    people = await People.open(system.publicUrl);
    for (const name of new Set(PAGES.map(([person]) => person))) open.set(name, await people.signIn(name));
  }, 180_000);

  afterAll(async () => {
    await people.close();
    await system.close();
  }, 60_000);

  it.each(PAGES)(
    '%s: %s is accessible, and fits a phone',
    async (person, _name, path) => {
      const page = open.get(person);
      if (page === undefined) throw new Error(`${person} has not signed in`);
      const errors: string[] = [];
      const note = (error: Error) => errors.push(error.message);
      page.on('pageerror', note);
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.goto(path.replace('{client}', world.clientIds[0] ?? '').replace('{cluster}', world.clusterId));
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
      page.off('pageerror', note);
    },
    40_000,
  );

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
      open.set(key, page);
    },
    40_000,
  );

  it('shows policy shares of institutions, and no count of fewer than five clients', async () => {
    const page = open.get('hassan');
    if (page === undefined) throw new Error('Hassan has not signed in');
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto('/plekken/compleet');
    await settled(page);
    // De Haven has four clients, of whom nothing but the name is filled in.
    const row = page.getByRole('row').filter({ hasText: 'Stichting De Haven' });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['minder dan 5', 'minder dan 5', '']);
    expect(await page.getByText('Wereld').count()).toBe(0);
  }, 40_000);

  it.each(DEMO_PEOPLE.map(({ key }) => [key]))(
    'offers %s no page that then refuses something',
    async (person) => {
      const page = open.get(person) ?? (await people.signIn(person));
      const refused: string[] = [];
      const note = (response: Response) => {
        if (response.status() === 403) refused.push(`${new URL(page.url()).pathname}: ${response.url()}`);
      };
      page.on('response', note);
      const offered = ['/'];
      for (const path of offered) {
        await page.goto(path);
        await settled(page);
        const links = await page
          .locator('nav a')
          .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
        offered.push(...new Set(links.filter((link) => !offered.includes(link))));
      }
      page.off('response', note);
      expect(refused).toEqual([]);
    },
    60_000,
  );
});
