import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { listMeldingen, type Melding } from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const CLIENTS = 20;
const CHANGES = 10;
const anna = callerOf('anna');
const bram = callerOf('bram');

describe('two processes of the service', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.add();
    await running.regisseur('anna');
    await running.regisseur('bram');
    await running.cluster('cluster-1');
    for (const personId of ['anna', 'bram']) {
      await running.ask(putCaseload, { personId, clusterIds: ['cluster-1'], clientIds: [] }, operator);
    }
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  async function all(of: typeof anna): Promise<Melding[]> {
    const meldingen: Melding[] = [];
    let cursor: string | undefined;
    do {
      const page = await running.ask(listMeldingen, { limit: 200, ...(cursor ? { cursor } : {}) }, of);
      meldingen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return meldingen;
  }

  it('give each recipient each of 200 events exactly once, in order, also when delivered twice and mixed up', async () => {
    const events = Array.from({ length: CLIENTS * CHANGES }, (_, index) => ({
      clientId: `client-${index % CLIENTS}`,
      version: Math.floor(index / CLIENTS) + 1,
      id: `event-${index}`,
    }));
    // Neighbours change places, and every third comes twice.
    const mixed = events.flatMap((event, index) => {
      const other = events[index % 2 === 0 ? index + 1 : index - 1] ?? event;
      return index % 3 === 0 ? [other, other] : [other];
    });
    const started = performance.now();
    await Promise.all(mixed.map(({ clientId, version, id }) => running.housing(clientId, version, {}, id)));
    const expected = events.map(({ id }) => id).sort();
    for (const person of [anna, bram]) {
      await waitFor(async () => (await all(person)).flatMap(({ parts }) => parts).length >= events.length, {
        timeout: 90_000,
        interval: 250,
        what: `every part for ${person.personId}`,
      });
    }
    const seconds = (performance.now() - started) / 1_000;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const person of [anna, bram]) {
      const meldingen = await all(person);
      expect(meldingen.flatMap(({ parts }) => parts.map(({ eventId }) => eventId)).sort()).toEqual(expected);
      for (const { parts } of meldingen) {
        const versions = parts.map(({ sequence }) => sequence);
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
      }
      expect(new Set(meldingen.map(({ clientId }) => clientId)).size).toBe(CLIENTS);
    }
    expect(seconds).toBeLessThan(90);
  }, 180_000);
});
