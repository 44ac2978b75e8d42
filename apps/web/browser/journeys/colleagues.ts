import { describe, expect, it } from '@jest/globals';
import { settled, violations } from '../browser.ts';
import { hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** Two regisseurs guard the same cluster: who takes something up spares the other (decision 19). */
export function colleaguesJourney(stage: () => Stage): void {
  describe('Noor and Daan guard one cluster', () => {
    it('shows Noor on her open page that Daan took it up, without moving what she reads', async () => {
      const { placeIds, clusterId } = await stage().cluster('Duinrand', 1);
      await stage().guards('daan', { clusterIds: [clusterId] });
      await stage().housed(['Saar Samen'], placeIds);
      const [noor, daan] = [await stage().pageOf('noor', '/'), await stage().pageOf('daan', '/')];
      const lineOn = (page: typeof noor) => page.locator('[data-melding]').filter({ hasText: 'Saar Samen is' });
      await lineOn(noor).waitFor();
      await settled(noor);
      await noor.getByText('Nieuwe meldingen verschijnen vanzelf.').waitFor();
      await lineOn(noor).focus();
      const before = await lineOn(noor).boundingBox();
      await lineOn(daan)
        .getByRole('button', { name: /^Gezien/ })
        .click();
      await hears(daan, 'Gezien.');
      await lineOn(noor)
        .getByText(/^Opgepakt door Daan Visser, /)
        .waitFor({ timeout: 5_000 });
      expect((await lineOn(noor).boundingBox())?.y).toBe(before?.y);
      expect(
        await lineOn(noor)
          .getByRole('button', { name: /^Gezien/ })
          .count(),
      ).toBe(0);
      expect(await violations(noor)).toEqual([]);

      await noor.getByLabel('Welke').selectOption('picked-up');
      await lineOn(noor)
        .getByText(/^Opgepakt door Daan Visser, /)
        .waitFor();
      await settled(noor);
      expect(await violations(noor)).toEqual([]);
      await lineOn(noor).getByRole('button', { name: 'Toch zelf bekijken' }).click();
      await noor.getByLabel('Welke').selectOption('open');
      await lineOn(noor)
        .getByRole('button', { name: /^Gezien/ })
        .waitFor();
      await noor.context().close();
      await daan.context().close();
    }, 60_000);
  });
}
