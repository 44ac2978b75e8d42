import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startSystem, type TestSystem } from '#testing/system.js';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { People, settled, violations } from './browser.ts';

/** The heart of the product in two browsers: what one person records, the other sees. */
describe('a housing change on one page, a melding on another', () => {
  let system: TestSystem;
  let world: World;
  let people: People;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: 3, clients: 2 });
    people = await People.open(system.publicUrl);
  }, 180_000);

  afterAll(async () => {
    await people.close();
    await system.close();
  }, 60_000);

  it('shows an arrival within a second on the open page of the regisseur, who then acknowledges it', async () => {
    const [clientId = ''] = world.clientIds;
    const noor = await people.signIn('noor', '/');
    await settled(noor);
    const samira = await people.signIn('samira', `/clienten/${clientId}`);
    await settled(samira);
    await samira.getByRole('button', { name: 'Aankomst vastleggen' }).first().click();
    await samira.getByLabel('Eerste dag').fill(await today(samira));
    await samira.getByLabel('Plek', { exact: true }).selectOption({ index: 1 });
    expect(await violations(samira)).toEqual([]);
    const since = performance.now();
    await samira.getByRole('button', { name: 'Aankomst vastleggen' }).last().click();
    await noor
      .getByRole('link', { name: /Test1 Wereld/ })
      .first()
      .waitFor({ timeout: 5_000 });
    expect(performance.now() - since).toBeLessThan(1_000);
    await noor
      .getByRole('button', { name: /Gezien/ })
      .first()
      .click();
    await noor.getByRole('button', { name: 'Ongedaan maken' }).waitFor();
  }, 60_000);

  function today(page: Page): Promise<string> {
    return page.evaluate(() => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date()));
  }
});
