import { describe, expect, it } from '@jest/globals';
import { today } from '../../../../test/support/days.ts';
import { settled, violations } from '../browser.ts';
import { written } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** The heart of the product in two browsers: what one person records, the other sees. */
export function mainJob(stage: () => Stage): void {
  describe('a housing change on one page, a melding on another', () => {
    it('shows an arrival within a second on the open page of the regisseur, who then acknowledges it', async () => {
      const [clientId = ''] = stage().world.clientIds;
      const noor = await stage().pageOf('noor', '/');
      await settled(noor);
      const samira = await stage().pageOf('samira', `/clienten/${clientId}`);
      await settled(samira);
      await samira.getByRole('button', { name: 'Aankomst vastleggen' }).first().click();
      await samira.getByLabel('Eerste dag', { exact: true }).fill(written(today()));
      await samira.getByLabel('Plek', { exact: true }).selectOption({ index: 1 });
      expect(await violations(samira)).toEqual([]);
      const since = performance.now();
      await samira.getByRole('button', { name: 'Aankomst vastleggen' }).last().click();
      const line = noor.locator('[data-melding]').filter({ hasText: 'Test1 Wereld' });
      await line.waitFor({ timeout: 5_000 });
      expect(performance.now() - since).toBeLessThan(1_000);
      await line.getByRole('button', { name: /^Gezien/ }).click();
      await line.getByRole('button', { name: 'Ongedaan maken' }).waitFor();
      expect(await violations(noor)).toEqual([]);
      await noor.context().close();
      await samira.context().close();
    }, 60_000);
  });
}
