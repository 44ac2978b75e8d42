import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled, violations } from '../browser.ts';
import type { Stage } from '../stage.ts';

/** Moving people on the board with a mouse. */
export function pointerJourney(stage: () => Stage): void {
  describe('Samira drags on the board', () => {
    it('to a free place: moved, told to Noor at once, and taken back', async () => {
      const { placeIds, clusterId } = await stage().cluster('Sleep', 3);
      await stage().housed(['Sem Slepen', 'Tom Slepen'], placeIds);
      const noor = await stage().pageOf('noor', '/');
      await noor.getByText('Tom Slepen is').first().waitFor();
      await settled(noor);
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await settled(page);
      await drag(page, barOf(page, 'Sem Slepen', 'Sleep 1'), rowOf(page, placeIds[2]));
      await barOf(page, 'Sem Slepen', 'Sleep 3').waitFor();
      expect(await violations(page)).toEqual([]);
      await noor.getByText('Sem Slepen is vandaag verhuisd', { exact: false }).waitFor({ timeout: 5_000 });

      await page.getByRole('button', { name: 'Ongedaan maken' }).click();
      await barOf(page, 'Sem Slepen', 'Sleep 3').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Sem Slepen, Sleep 1, .*loopt door/ }).waitFor();
      await noor.context().close();
      await page.context().close();
    }, 60_000);

    it('to a place where somebody lives: refused with the reason, and nothing has changed', async () => {
      const { placeIds, clusterId } = await stage().cluster('Vol', 2);
      const [clientId = ''] = await stage().housed(['Vera Vol', 'Wim Vol'], placeIds);
      const page = await stage().pageOf('samira', `/plekken?cluster=${clusterId}`);
      await settled(page);
      await drag(page, barOf(page, 'Vera Vol', 'Vol 1'), rowOf(page, placeIds[1]));
      const refusal = page.getByRole('alert').filter({ hasText: 'bezet' });
      await refusal.waitFor();
      expect(await refusal.textContent()).toContain('Vol 2 is bezet');
      expect(await violations(page)).toEqual([]);
      await barOf(page, 'Vera Vol', 'Vol 1').waitFor();
      expect(await page.locator('.d-bar').count()).toBe(2);
      const samira = await stage().world.as('samira');
      const housing = await samira.get<{ changes: unknown[] }>(`/v1/clients/${clientId}/housing`);
      expect(housing.changes).toHaveLength(1);
      await page.context().close();
    }, 60_000);
  });
}

const barOf = (page: Page, client: string, place: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^${client}, ${place},`) });

const rowOf = (page: Page, placeId = ''): Locator => page.locator(`[data-place="${placeId}"]`);

/** Picks something up in its middle and puts it down in the middle of something else, as a hand does. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error('cannot be seen');
  const x = start.x + start.width / 2;
  await page.mouse.move(x, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(x, end.y + end.height / 2, { steps: 8 });
  await page.mouse.up();
}
