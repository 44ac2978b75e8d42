import { describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import type { Melding } from '../../../../libs/contracts/src/notifications/meldingen.ts';
import { settled, violations } from '../browser.ts';
import { leaveOf, publishFact } from '../facts.ts';
import { hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

/** The gateway falls over while Noor has her page open. */
export function connectionJourney(stage: () => Stage): void {
  describe('Noor while the connection is broken', () => {
    it('is told so calmly, and sees afterwards what came meanwhile, each once', async () => {
      const { placeIds, clusterId } = await stage().cluster('Lijn', 3);
      const names = ['Vroeg', 'Tussen', 'Laat'];
      const clientIds = await stage().housed(
        names.map((name) => `${name} Verbinding`),
        placeIds,
      );
      await emptyInbox(stage(), clientIds);
      const goesAway = (index: number) =>
        publishFact(
          stage(),
          `connection-${index}`,
          leaveOf(stage(), clientIds[index] ?? '', placeIds[index] ?? '', clusterId),
        );
      const page = await stage().pageOf('noor', '/');
      await settled(page);
      await page.getByText('Nieuwe meldingen verschijnen vanzelf.').waitFor();
      const lineOf = (name: string) => page.locator('[data-melding]').filter({ hasText: `${name} Verbinding is` });
      await goesAway(0);
      await lineOf('Vroeg').waitFor();

      const gateway = stage().system.part('gateway');
      await gateway.kill9();
      await page.getByText(/^Geen verbinding sinds \d{2}:\d{2}\./).waitFor();
      await hears(page, 'Er gaat niets verloren.');
      // What was there stays readable, and no alarm goes off.
      await lineOf('Vroeg').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await violations(page)).toEqual([]);

      await goesAway(1);
      await gateway.restart();
      await page.getByText('Geen verbinding sinds').waitFor({ state: 'detached', timeout: 30_000 });
      await lineOf('Tussen').waitFor();
      await goesAway(2);
      await lineOf('Laat').waitFor();
      for (const name of names) expect(await lineOf(name).count()).toBe(1);
      await page.getByText('Nieuwe meldingen verschijnen vanzelf.').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }, 90_000);
  });
}

/** Acknowledges what Noor was told of these clients, so that what comes next makes a new line. */
async function emptyInbox({ world }: Stage, clientIds: readonly string[]): Promise<void> {
  const noor = await world.as('noor');
  const told = await waitFor(
    async () => {
      const open = await noor.all<Melding>('/v1/meldingen?status=open');
      return clientIds.every((id) => open.some(({ clientId }) => clientId === id)) ? open : undefined;
    },
    { timeout: 10_000, what: 'the arrivals' },
  );
  const meldingen = told.slice(0, 100).map(({ meldingId, parts }) => ({ meldingId, parts: parts.length }));
  await noor.post('/v1/meldingen/acknowledge', { meldingen });
}
