import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { Caseload } from '../../libs/contracts/src/notifications/caseloads.ts';
import type { ClientMeldingen, Melding } from '../../libs/contracts/src/notifications/meldingen.ts';
import type { Page } from '../../libs/contracts/src/paging.ts';
import type { Api } from '../../examples/api.ts';
import { inDays, today } from '../support/days.ts';
import { housingParts } from '../support/meldingen.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** Two records turn out to be one person, of whom a regisseur guards one by name (domain.md §3: it must never be lost). */
describe('a regisseur whose client was merged into another record', () => {
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    system = await startSystem();
    world = await makeWorld(system, { places: 4, clients: 4 });
  }, 2 * MINUTE);

  afterAll(() => system.close(), MINUTE);

  it(
    'keeps sight of the client, hears of what happens next, and finds what was open before',
    async () => {
      const [away = '', on = ''] = world.clientIds;
      const [first = '', second = ''] = world.placeIds;
      const [samira, operator, daan] = await Promise.all(['samira', 'beheer', 'daan'].map((name) => world.as(name)));
      if (!samira || !operator || !daan) throw new Error('nobody signed in');
      const daanId = world.personIds.get('daan') ?? '';
      await guards(operator, [away]);
      let keys = 0;
      const change = (clientId: string, body: object) =>
        samira.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `${clientId}-${(keys += 1)}` });
      const kindsOf = async (clientId: string): Promise<string[]> =>
        (await daan.all<Melding>(`/v1/meldingen?clientId=${clientId}`)).flatMap((melding) =>
          housingParts(melding).map(({ kind }) => kind),
        );
      const hears = (clientId: string, kind: string) =>
        waitFor(async () => (await kindsOf(clientId)).includes(kind), { timeout: 10_000, what: `${kind} for Daan` });

      const departure = { reason: 'own-choice', destination: 'family' };
      await change(away, { kind: 'arrival', placeId: first, from: inDays(-90), until: inDays(-60), departure });
      await hears(away, 'arrival');
      await change(on, { kind: 'arrival', placeId: second, from: inDays(-30) });
      await expect(daan.get(`/v1/clients/${on}`)).rejects.toMatchObject({ status: 404 });

      const reason = { intoClientId: on, reason: 'Twee keer ingevoerd' };
      await samira.post(`/v1/clients/${away}/merge`, reason, { key: 'merge' });
      await waitFor(() => daan.get(`/v1/clients/${on}`), { timeout: 10_000, what: 'the file that goes on' });
      expect(await kindsOf(on)).toContain('arrival');

      await change(on, { kind: 'leave', from: inDays(-1), reason: 'hospital' });
      await hears(on, 'leave');
      const shown = await daan.get<ClientMeldingen>(`/v1/clients/${on}/meldingen`);
      expect(shown.of).toBe('everybody');
      const recipients = shown.items.map(({ personId }) => personId);
      expect(recipients).toEqual(expect.arrayContaining([daanId, world.personIds.get('noor')]));
      // The line is stored before the answer leaves, and chained into the log a moment later.
      const logged = async () =>
        (await daan.get<{ items: { operation?: string }[] }>(`/v1/clients/${on}/access-log`)).items.some(
          ({ operation }) => operation === 'notifications.meldingen.of-client',
        );
      await waitFor(logged, { timeout: 10_000, what: 'who looked at the meldingen' });
    },
    MINUTE,
  );

  it(
    'loses sight of it again after an unmerge, and keeps the own record',
    async () => {
      const [, , away = '', on = ''] = world.clientIds;
      const [samira, operator, daan] = await Promise.all(['samira', 'beheer', 'daan'].map((name) => world.as(name)));
      if (!samira || !operator || !daan) throw new Error('nobody signed in');
      await guards(operator, [away]);
      await samira.post(`/v1/clients/${away}/merge`, { intoClientId: on, reason: 'Dubbel' }, { key: 'merge-2' });
      await waitFor(() => daan.get(`/v1/clients/${on}`), { timeout: 10_000, what: 'the file that goes on' });
      await samira.post(`/v1/clients/${away}/unmerge`, {}, { key: 'unmerge' });
      const isGone = () => expect(daan.get(`/v1/clients/${on}`)).rejects.toMatchObject({ status: 404 });
      await waitFor(async () => isGone().then(() => true), { timeout: 10_000, what: 'the end of the sight' });
      await daan.get(`/v1/clients/${away}`);
      const arrival = { kind: 'arrival', placeId: world.placeIds[3] ?? '', from: today() };
      await samira.post(`/v1/clients/${away}/housing-changes`, arrival, { key: 'after-the-unmerge' });
      await waitFor(async () => (await daan.all<Melding>(`/v1/meldingen?clientId=${away}`)).length > 0, {
        what: 'the melding of the own record',
      });
    },
    MINUTE,
  );

  /** Daan guards these clients by name, beside his clusters. */
  async function guards(operator: Api, clientIds: string[]): Promise<void> {
    const personId = world.personIds.get('daan') ?? '';
    const { items } = await operator.get<Page<Caseload>>(`/v1/caseloads?personId=${personId}`);
    const body = { clusterIds: items[0]?.clusterIds ?? [], clientIds };
    await operator.put(`/v1/caseloads/${personId}`, body, { version: items[0]?.version ?? 0 });
  }
});
