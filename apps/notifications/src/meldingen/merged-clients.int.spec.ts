import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerRelations, putCaseload } from '#contracts/notifications/caseloads.js';
import { countMeldingen, listMeldingen, type Melding } from '#contracts/notifications/meldingen.js';
import { clientChanged } from '#contracts/registration/facts.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const PAIRS = 24;
const anna = callerOf('anna');
const bram = callerOf('bram');
const gateway = { ...anna, kind: 'service' as const, personId: 'gateway', roles: [] };
const away = (number: number): string => `away-${number}`;
const on = (number: number): string => `on-${number}`;

/** Two records of one person are joined (registration), while a regisseur guards the one that no longer goes on. */
describe('meldingen of a client whose record was merged into another', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.add();
    await running.regisseur('anna');
    await running.regisseur('bram');
    await running.cluster('cluster-1');
    const numbers = Array.from({ length: PAIRS }, (_, index) => index);
    await running.ask(
      putCaseload,
      { personId: 'anna', clusterIds: [], clientIds: [...numbers.map(away), away(100)] },
      operator,
    );
    await running.ask(putCaseload, { personId: 'bram', clusterIds: ['cluster-1'], clientIds: [] }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const merged = (from: string, into: string, version: number): Promise<string> =>
    running.publish(
      clientChanged,
      { clientId: from, change: 'merged', fields: [], mergedInto: into, version },
      from,
      version,
    );
  const unmerged = (from: string, version: number): Promise<string> =>
    running.publish(clientChanged, { clientId: from, change: 'unmerged', fields: [], version }, from, version);
  const clientIdsOf = async (personId: string): Promise<string[]> =>
    (await running.ask(callerRelations, { personId }, gateway)).clientIds;
  async function inbox(of: typeof anna, clientId?: string): Promise<Melding[]> {
    const meldingen: Melding[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 200, ...(cursor ? { cursor } : {}), ...(clientId ? { clientId } : {}) };
      const page = await running.ask(listMeldingen, query, of);
      meldingen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return meldingen;
  }
  const eventsOf = (meldingen: readonly Melding[]): string[] =>
    meldingen.flatMap(({ parts }) => parts.map(({ eventId }) => eventId));

  it('reach who guards the one and who guards the other, whatever fact comes first and wherever it is handled', async () => {
    const expected: string[] = [];
    await Promise.all(
      Array.from({ length: PAIRS }, async (_, number) => {
        const ids = [1, 2, 3].map((version) => `event-${number}-${version}`);
        const steps = [
          () => merged(away(number), on(number), 2),
          ...ids.map((id, index) => () => running.housing(on(number), index + 1, {}, id)),
        ];
        expected.push(...ids);
        // The merge comes before, between and after the changes of the record that goes on, or at the same moment.
        const turned = [...steps.slice(number % 4), ...steps.slice(0, number % 4)];
        if (number % 3 === 0) await Promise.all(turned.map((step) => step()));
        else for (const step of turned) await step();
      }),
    );
    // Everything is handled; what was handled at the very moment of the merge is looked at again.
    await waitFor(async () => eventsOf(await inbox(bram)).length >= expected.length, {
      timeout: 60_000,
      interval: 250,
    });
    running.advance(95_000);
    for (const person of [anna, bram]) {
      await waitFor(async () => eventsOf(await inbox(person)).length >= expected.length, {
        timeout: 60_000,
        interval: 250,
        what: `every change for ${person.personId}`,
      });
      expect(eventsOf(await inbox(person)).sort()).toEqual([...expected].sort());
    }
    expect(await clientIdsOf('anna')).toEqual(expect.arrayContaining([away(0), on(0)]));
  }, 120_000);

  it('stay findable in the file of the record that goes on, and go their own way again after an unmerge', async () => {
    const hints = running.listen('live.relations.anna');
    await running.housing(away(100), 1, { clusterId: 'cluster-9' }, 'before');
    await waitFor(async () => eventsOf(await inbox(anna, away(100))).includes('before'));
    await merged(away(100), on(100), 2);
    await waitFor(async () => (await clientIdsOf('anna')).includes(on(100)), { what: 'sight of the other record' });
    expect(hints.length).toBeGreaterThan(0);
    expect(eventsOf(await inbox(anna, on(100)))).toEqual(['before']);
    expect(await running.ask(countMeldingen, { clientId: on(100) }, anna)).toMatchObject({ open: 1 });
    // A second merge, of the record that went on: she follows.
    await merged(on(100), on(101), 5);
    await waitFor(async () => (await clientIdsOf('anna')).includes(on(101)));
    await running.housing(on(101), 1, { clusterId: 'cluster-9' }, 'of-the-last');
    await waitFor(async () => eventsOf(await inbox(anna, on(101))).length === 2);
    // An older fact that is delivered late changes nothing.
    await unmerged(on(100), 4);
    await unmerged(on(100), 6);
    await waitFor(async () => !(await clientIdsOf('anna')).includes(on(101)), { what: 'apart again' });
    expect(await clientIdsOf('anna')).toContain(on(100));
    expect(eventsOf(await inbox(anna, on(100)))).toEqual(['before']);
    await unmerged(away(100), 3);
    await waitFor(async () => !(await clientIdsOf('anna')).includes(on(100)));
    await running.housing(on(100), 1, {}, 'not-hers');
    await running.housing(away(100), 2, { clusterId: 'cluster-9' }, 'hers');
    await waitFor(async () => eventsOf(await inbox(anna, away(100))).includes('hers'));
    await waitFor(async () => eventsOf(await inbox(bram, on(100))).includes('not-hers'));
    expect(eventsOf(await inbox(anna))).not.toContain('not-hers');
  }, 60_000);

  it('of a change that was told before the merge was known here come to who guards the other record', async () => {
    await running.housing(on(200), 1, {}, 'told-before');
    await waitFor(async () => eventsOf(await inbox(bram, on(200))).includes('told-before'));
    await running.ask(putCaseload, { personId: 'anna', clusterIds: [], clientIds: [away(200)] }, operator);
    await merged(away(200), on(200), 2);
    await waitFor(async () => eventsOf(await inbox(anna, on(200))).includes('told-before'));
  }, 60_000);
});
