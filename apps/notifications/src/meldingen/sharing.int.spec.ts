import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import {
  acknowledgeMelding,
  acknowledgeMeldingen,
  countMeldingen,
  handOverMelding,
  listMeldingen,
  type Melding,
  meldingenSince,
  reopenMelding,
} from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const noor = callerOf('noor');
const bram = callerOf('bram');
const carla = callerOf('carla');
const vera = callerOf('vera');
const MINUTE = 60_000;

describe('a change that colleagues share', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.add();
    for (const person of ['noor', 'bram', 'carla', 'vera']) await running.regisseur(person);
    await running.cluster('shared');
    await running.cluster('other');
    for (const personId of ['noor', 'bram']) await caseload(personId, ['shared']);
    await caseload('vera', ['other']);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const caseload = (personId: string, clusterIds: string[]): Promise<unknown> =>
    running.ask(putCaseload, { personId, clusterIds, clientIds: [] }, operator);
  const inbox = async (of: typeof noor, clientId: string, status?: Melding['status']): Promise<Melding[]> =>
    (await running.ask(listMeldingen, { clientId, ...(status ? { status } : {}) }, of)).items;
  const arrived = (of: typeof noor, clientId: string): Promise<Melding> =>
    waitFor(async () => (await inbox(of, clientId, 'open'))[0], {
      timeout: 30_000,
      what: `an open melding for ${of.personId}`,
    });
  const shared = async (clientId: string, version = 1): Promise<[Melding, Melding]> => {
    await running.housing(clientId, version, { clusterId: 'shared' });
    return [await arrived(noor, clientId), await arrived(bram, clientId)];
  };

  it('is done for the colleague too: out of the list, findable, and the open page hears it', async () => {
    const [mine, theirs] = await shared('client-1');
    const { now: since } = await running.ask(meldingenSince, {}, bram);
    const hints = running.listen('live.meldingen.bram');
    const done = await running.ask(acknowledgeMelding, { meldingId: mine.meldingId }, noor);
    expect(done).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'noor' });
    await waitFor(() => hints.some(({ text }) => text.includes(theirs.meldingId)), { what: 'the hint' });
    const { items } = await running.ask(meldingenSince, { since }, bram);
    expect(items.at(-1)?.melding).toMatchObject({
      meldingId: theirs.meldingId,
      status: 'picked-up',
      pickedUp: { by: 'noor', at: done.acknowledgedAt },
    });
    expect(items.at(-1)?.melding.acknowledgeBy).toBeUndefined();
    expect(await inbox(bram, 'client-1', 'open')).toEqual([]);
    expect(await inbox(bram, 'client-1', 'picked-up')).toHaveLength(1);
    expect(await running.ask(countMeldingen, { clientId: 'client-1' }, bram)).toMatchObject({ open: 0, pickedUp: 1 });
  });

  it('comes back for both when it is opened again, and a new change is open for both', async () => {
    const [mine] = await shared('client-2');
    await running.ask(acknowledgeMelding, { meldingId: mine.meldingId }, noor);
    expect(await inbox(bram, 'client-2', 'open')).toEqual([]);
    await running.ask(reopenMelding, { meldingId: mine.meldingId }, noor);
    const back = await arrived(bram, 'client-2');
    expect(back.acknowledgeBy).toBeDefined();
    await running.ask(acknowledgeMeldingen, { meldingen: [{ meldingId: back.meldingId, parts: 1 }] }, bram);
    expect(await inbox(noor, 'client-2', 'picked-up')).toMatchObject([{ pickedUp: { by: 'bram' } }]);
    const [again, theirs] = await shared('client-2', 2);
    expect([again.parts, theirs.parts].map((parts) => parts.map(({ sequence }) => sequence))).toEqual([[2], [2]]);
  });

  it('of a move: whoever lets the client go does not acknowledge for whoever gets it', async () => {
    await running.housing('client-3', 1, { kind: 'move', clusterId: 'other', previousClusterId: 'shared' });
    const [before, now] = [await arrived(noor, 'client-3'), await arrived(vera, 'client-3')];
    await running.ask(acknowledgeMelding, { meldingId: before.meldingId }, noor);
    expect(await inbox(bram, 'client-3')).toMatchObject([{ status: 'picked-up' }]);
    expect(await inbox(vera, 'client-3')).toMatchObject([{ meldingId: now.meldingId, status: 'open' }]);
  });

  it('given to somebody else is done for the colleague once they acknowledge it', async () => {
    const [mine] = await shared('client-4');
    await running.ask(handOverMelding, { meldingId: mine.meldingId, toPersonId: 'carla' }, noor);
    expect((await arrived(bram, 'client-4')).status).toBe('open');
    const given = await arrived(carla, 'client-4');
    await running.ask(acknowledgeMelding, { meldingId: given.meldingId }, carla);
    expect(await inbox(bram, 'client-4')).toMatchObject([{ status: 'picked-up', pickedUp: { by: 'carla' } }]);
  });

  it('is one person’s when two acknowledge it at the same moment', async () => {
    const clients = Array.from({ length: 25 }, (_, index) => `race-${index}`);
    // A few pairs at a time: it is the two of a pair that race, not all of them for one database.
    for (let start = 0; start < clients.length; start += 5) {
      const pairs = await Promise.all(clients.slice(start, start + 5).map((clientId) => shared(clientId)));
      await Promise.all(
        pairs.flatMap(([mine, theirs]) => [
          running.ask(acknowledgeMelding, { meldingId: mine.meldingId }, noor),
          running.ask(acknowledgeMelding, { meldingId: theirs.meldingId }, bram),
        ]),
      );
    }
    const first = new Set<string>();
    for (const clientId of clients) {
      const both = [...(await inbox(noor, clientId)), ...(await inbox(bram, clientId))];
      const done = both.find(({ status }) => status === 'acknowledged');
      const spared = both.find(({ status }) => status === 'picked-up');
      expect({ clientId, states: both.map(({ status }) => status).sort() }).toEqual({
        clientId,
        states: ['acknowledged', 'picked-up'],
      });
      expect(spared?.pickedUp?.by).toBe(done?.acknowledgedBy);
      if (done) first.add(done.personId);
    }
    expect(first.size).toBeGreaterThan(0);
  }, 60_000);

  it('of which each acknowledged another part at the same moment is done for the third', async () => {
    for (const personId of ['carla', 'vera']) await caseload(personId, personId === 'vera' ? ['other', 'shared'] : []);
    const clients = Array.from({ length: 10 }, (_, index) => `parts-${index}`);
    for (const clientId of clients) {
      await running.housing(clientId, 1, { clusterId: 'shared' });
      const early = await arrived(noor, clientId);
      // Noor's second change stands apart from her first, which she had acknowledged; the others have both in one.
      await running.ask(acknowledgeMelding, { meldingId: early.meldingId }, noor);
      for (const who of [bram, vera]) {
        const [spared] = await inbox(who, clientId, 'picked-up');
        await running.ask(reopenMelding, { meldingId: spared!.meldingId }, who);
      }
      await running.housing(clientId, 2, { clusterId: 'shared' });
      for (const who of [bram, vera]) await waitFor(async () => (await inbox(who, clientId))[0]?.parts.length === 2);
      await arrived(noor, clientId);
      await running.ask(reopenMelding, { meldingId: early.meldingId }, noor);
    }
    await Promise.all(
      clients.map(async (clientId) => {
        const open = await inbox(noor, clientId, 'open');
        expect(open).toHaveLength(2);
        await Promise.all(open.map(({ meldingId }) => running.ask(acknowledgeMelding, { meldingId }, noor)));
      }),
    );
    for (const clientId of clients) {
      for (const who of [bram, vera]) expect(await inbox(who, clientId)).toMatchObject([{ status: 'picked-up' }]);
    }
    await caseload('vera', ['other']);
  }, 60_000);

  it('goes further for all when nobody acknowledges, and stops for all when the coordinator does', async () => {
    const change = { kind: 'departure', reasons: { departure: 'left-without-notice' }, clusterId: 'shared' } as const;
    await running.housing('client-5', 1, change);
    await running.housing('client-6', 1, change);
    const [mine, theirs] = [await arrived(noor, 'client-5'), await arrived(bram, 'client-5')];
    const spared = await arrived(bram, 'client-6');
    await running.ask(acknowledgeMelding, { meldingId: (await arrived(noor, 'client-6')).meldingId }, noor);
    const did = async (of: typeof noor, clientId: string, action: string): Promise<boolean> =>
      (await inbox(of, clientId)).some(({ history }) => history.some((entry) => entry.action === action));
    for (const step of ['reminded', 'escalated']) {
      running.advance(4 * 60 * MINUTE + 1_000);
      for (const who of [noor, bram]) {
        await waitFor(() => did(who, 'client-5', step), { timeout: 20_000, what: `${who.personId} ${step}` });
      }
    }
    expect(await did(bram, 'client-6', 'reminded')).toBe(false);
    expect(await inbox(carla, 'client-6')).toEqual([]);
    expect(spared.version).toBeLessThan((await inbox(bram, 'client-6'))[0]!.version);
    const further = await arrived(carla, 'client-5');
    await running.ask(acknowledgeMelding, { meldingId: further.meldingId }, carla);
    for (const [who, { meldingId }] of [
      [noor, mine],
      [bram, theirs],
    ] as const) {
      const pickedUp = { by: 'carla' };
      expect(await inbox(who, 'client-5')).toMatchObject([{ meldingId, status: 'picked-up', pickedUp }]);
    }
  }, 90_000);
});
