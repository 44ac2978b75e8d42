import { describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing/wait-for.js';
import type { DeadlineItem } from '../../../../libs/contracts/src/deadlines.ts';
import { problemIn } from '../../../../test/support/door.ts';
import { inDays } from '../../../../test/support/days.ts';
import { Stored } from '../../../../test/support/stored.ts';
import { settled, violations } from '../browser.ts';
import { enter, hears } from '../senses.ts';
import type { Stage } from '../stage.ts';

const RETRY = '/v1/deadlines/assessment/retry';
/** All attempts but the last: together they wait two days. */
const FAILED_BEFORE = 11;

interface StoredItem {
  readonly _id: string;
  readonly payload: Record<string, string>;
  readonly version: number;
}

/** What had to happen by itself, was given up, and happens after all. */
export function deadlinesJourney(stage: () => Stage): void {
  describe('Tess looks after what happens by itself', () => {
    it('sees why a reminder was given up, and has it tried again when that is mended; nobody else may', async () => {
      const { placeIds } = await stage().cluster('Termijn', 1);
      const [clientId = ''] = await stage().housed(['Tijs Termijn'], placeIds, inDays(-1));
      const stored = new Stored(stage().system);
      try {
        const items = stored.database('assessment').collection<StoredItem>('due_items');
        const clients = stored.database('assessment').collection<{ _id: string; known: object }>('clients');
        const item = await waitFor(() => items.findOne({ 'payload.clientId': clientId }), {
          timeout: 20_000,
          what: 'the reminder of the new client to be planned',
        });
        const known = (await clients.findOne({ _id: clientId }))?.known;
        // What is kept of the client cannot be read any more: whoever wants to remind stumbles over it.
        await clients.updateOne({ _id: clientId }, { $set: { 'known.presence': 'illegible' } });
        const past = new Date(Date.now() - 3_600_000);
        await items.updateOne(
          { _id: item._id },
          { $set: { dueAt: past, nextAt: past, attempts: FAILED_BEFORE }, $inc: { version: 1 } },
        );
        const operator = await stage().world.as('beheer');
        const given = await waitFor(
          async () => {
            const { items: failed } = await operator.get<{ items: DeadlineItem[] }>(
              '/v1/deadlines/assessment?state=failed',
            );
            return failed.find(({ id }) => id === item._id);
          },
          { timeout: 30_000, what: 'the reminder to be given up' },
        );
        expect(given).toMatchObject({ kind: 'zrm-reminder', state: 'failed', attempts: FAILED_BEFORE + 1 });
        expect(JSON.stringify(given)).not.toContain(clientId);

        const page = await stage().pageOf('beheer', '/beheer/termijnen');
        await page.getByText('1 taak is opgegeven.').waitFor();
        const row = page.getByRole('row').filter({ hasText: 'is not a function' });
        const retry = row.getByRole('button', { name: /^Opnieuw proberen: Herinnering aan een ZRM, / });
        await retry.waitFor();
        await settled(page);
        expect(await violations(page)).toEqual([]);

        // Who does not run the system neither sees nor moves it.
        for (const key of ['samira', 'noor', 'hassan', 'marijke']) {
          const door = await stage().world.doorOf(key);
          const refused = [await door.post(RETRY, { id: item._id }), await door.send('/v1/deadlines/assessment')];
          expect(refused.map((answer) => problemIn(answer).code)).toEqual(['not-permitted', 'not-permitted']);
        }
        const tess = await stage().world.doorOf('beheer');
        expect(problemIn(await tess.post(RETRY, { id: 'zrm-reminder|nothing' })).code).toBe('not-found');
        expect((await items.findOne({ _id: item._id }))?.version).toBe(item.version + 1);

        await clients.updateOne({ _id: clientId }, { $set: { known } });
        await enter(page, retry);
        await hears(page, 'Wordt opnieuw geprobeerd.');
        await page.getByText('Niets is opgegeven').waitFor();
        const planned = await waitFor(
          async () => {
            const { items: due } = await operator.get<{ items: DeadlineItem[] }>(
              '/v1/deadlines/assessment?state=due&kind=zrm-reminder&limit=200',
            );
            return due.find(({ id }) => id === item._id);
          },
          { timeout: 30_000, what: 'the reminder to wait for its own time again' },
        );
        // It happened: what failed before is no news any more, and the next step of the ladder is ahead.
        expect(planned).toMatchObject({ attempts: 0, retried: { by: stage().world.personIds.get('beheer') } });
        expect(planned.error).toBeUndefined();
        expect(planned.dueAt > new Date().toISOString()).toBe(true);
        expect(problemIn(await tess.post(RETRY, { id: item._id })).code).toBe('deadline-not-failed');
        await settled(page);
        expect(await violations(page)).toEqual([]);
        await page.context().close();
      } finally {
        await stored.close();
      }
    }, 90_000);
  });
}
