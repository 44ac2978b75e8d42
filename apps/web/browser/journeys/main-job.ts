import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { today } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { written } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** Of three, so that neither the first change after a start nor a hiccup of the machine decides. */
const ROUND = 3;
/** Rounds before it is too slow: another test may just be starting a whole system on the same machine. */
const ROUNDS = 3;

/** Opens the file of somebody who stays nowhere, and fills in an arrival that has but to be sent. */
async function fillIn(page: Page, clientId: string): Promise<void> {
  await page.goto(`/clienten/${clientId}`);
  await settled(page);
  await page.getByRole('button', { name: 'Aankomst vastleggen' }).first().click();
  await page.getByLabel('Eerste dag', { exact: true }).fill(written(today()));
  await page.getByLabel('Plek', { exact: true }).selectOption({ index: 1 });
}

/** Presses the button on one page. Returns the milliseconds until the change stands on the other. */
async function pressAndSee(page: Page, line: Locator): Promise<number> {
  const since = performance.now();
  await page.getByRole('button', { name: 'Aankomst vastleggen' }).last().click();
  await line.waitFor({ timeout: 10_000 });
  return performance.now() - since;
}

/** An arrival of somebody new, from one page to the other. Returns the milliseconds between. */
async function arrivalSeen(stage: Stage, from: Page, to: Page, name: string): Promise<number> {
  await fillIn(from, await stage.client(name, 'Snel'));
  return pressAndSee(from, to.locator('[data-melding]').filter({ hasText: `${name} Snel` }));
}

/** The heart of the product in two browsers: what one person records, the other sees. */
export function mainJob(stage: () => Stage): void {
  describe('a housing change on one page, a melding on another', () => {
    it('shows an arrival within a second on the open page of the regisseur, who then acknowledges it', async () => {
      const [clientId = ''] = stage().world.clientIds;
      const noor = await stage().pageOf('noor', '/');
      await settled(noor);
      const samira = await stage().pageOf('samira', '/');
      await fillIn(samira, clientId);
      expect(await violations(samira)).toEqual([]);
      const line = noor.locator('[data-melding]').filter({ hasText: 'Test1 Wereld' });
      await pressAndSee(samira, line);
      let middle = Infinity;
      for (let round = 0; round < ROUNDS && middle >= 1_000; round += 1) {
        await stage().cluster(`Snel ${round + 1}`, ROUND);
        const took: number[] = [];
        for (let index = 0; index < ROUND; index += 1) {
          const name = `${'ABC'[round] ?? ''}${'aei'[index] ?? ''}`;
          took.push(await arrivalSeen(stage(), samira, noor, name));
        }
        middle = took.toSorted((a, b) => a - b)[1] ?? Infinity;
      }
      expect(middle).toBeLessThan(1_000);
      await line.getByRole('button', { name: /^Gezien/ }).click();
      await line.getByRole('button', { name: 'Ongedaan maken' }).waitFor();
      expect(await violations(noor)).toEqual([]);
      await noor.context().close();
      await samira.context().close();
    }, 90_000);
  });
}
