import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import {
  acknowledgeMelding,
  handOverMelding,
  handOverOptions,
  listMeldingen,
  type Melding,
  readMelding,
  reopenMelding,
} from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const bram = callerOf('bram');
const carla = callerOf('carla');

describe('meldingen that colleagues give to each other', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    for (const person of ['anna', 'bram', 'carla']) await running.regisseur(person);
    for (const cluster of ['cluster-2', 'cluster-3']) await running.cluster(cluster);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
    await caseload('bram', ['cluster-2']);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const caseload = (personId: string, clusterIds: string[], clientIds: string[] = []): Promise<unknown> =>
    running.ask(putCaseload, { personId, clusterIds, clientIds }, operator);
  const inbox = async (of: typeof bram, clientId: string): Promise<Melding[]> =>
    (await running.ask(listMeldingen, { clientId }, of)).items;
  const arrived = (of: typeof bram, clientId: string): Promise<Melding> =>
    waitFor(async () => (await inbox(of, clientId))[0], { what: `a melding for ${of.personId}` });

  it('are handed over to a colleague with the same access only', async () => {
    await caseload('bram', ['cluster-2'], ['client-8']);
    await running.housing('client-8', 1, { clusterId: 'cluster-3', recordedBy: 'import' });
    const melding = await arrived(bram, 'client-8');
    const { meldingId } = melding;
    await expect(running.ask(handOverMelding, { meldingId, toPersonId: 'anna' }, bram)).rejects.toMatchObject({
      code: 'hand-over-without-access',
    });
    expect(await running.ask(handOverOptions, { meldingId }, bram)).toEqual({ personIds: ['carla'] });
    const given = await running.ask(handOverMelding, { meldingId, toPersonId: 'carla', note: 'Ik ken hem niet' }, bram);
    expect(given).toMatchObject({ status: 'handed-over', handedOver: { to: ['carla'], by: 'bram' } });
    // Taken back while she did nothing with it, and given again.
    expect(await running.ask(reopenMelding, { meldingId }, bram)).toMatchObject({ status: 'open' });
    expect(await inbox(carla, 'client-8')).toMatchObject([{ status: 'returned' }]);
    await running.ask(handOverMelding, { meldingId, toPersonId: 'carla', note: 'Ik ken hem niet' }, bram);
    const received = await arrived(carla, 'client-8');
    expect(received).toMatchObject({
      because: 'handed-over',
      becauseOf: ['bram'],
      receivedFrom: { personId: 'bram', note: 'Ik ken hem niet' },
      parts: [{ eventId: melding.parts[0]?.eventId }],
    });
    await running.ask(readMelding, { meldingId: received.meldingId }, carla);
    // She hands it back: it is open with him again, and he with her: never with nobody.
    await running.ask(putCaseload, { personId: 'bram', clusterIds: ['cluster-2'], clientIds: ['client-8'] }, operator);
    await running.ask(handOverMelding, { meldingId: received.meldingId, toPersonId: 'bram' }, carla);
    const again = (await inbox(bram, 'client-8')).filter(({ status }) => status === 'open');
    expect(again).toMatchObject([{ receivedFrom: { personId: 'carla' } }]);
    await running.ask(acknowledgeMelding, { meldingId: again[0]!.meldingId }, bram);
    await expect(running.ask(reopenMelding, { meldingId: received.meldingId }, carla)).rejects.toMatchObject({
      code: 'hand-over-taken-up',
    });
  });

  it('handed over arrive with the note, also with who has dealt with the same change as their own', async () => {
    await caseload('carla', ['cluster-3']);
    const move = {
      kind: 'move' as const,
      clusterId: 'cluster-3',
      previousClusterId: 'cluster-2',
      recordedBy: 'import',
    };
    await running.housing('client-9', 1, move);
    const [left, own] = [await arrived(bram, 'client-9'), await arrived(carla, 'client-9')];
    await running.ask(acknowledgeMelding, { meldingId: own.meldingId }, carla);
    const { meldingId } = left;
    await running.ask(handOverMelding, { meldingId, toPersonId: 'carla', note: 'Neem jij dit mee?' }, bram);
    const open = async () => (await inbox(carla, 'client-9')).filter(({ status }) => status === 'open');
    expect(await open()).toMatchObject([{ receivedFrom: { personId: 'bram', note: 'Neem jij dit mee?' } }]);
    // Taking it back leaves her own as it was.
    expect(await running.ask(reopenMelding, { meldingId }, bram)).toMatchObject({ status: 'open' });
    expect(await open()).toEqual([]);
    expect(await inbox(carla, 'client-9')).toContainEqual(expect.objectContaining({ status: 'acknowledged' }));
  }, 30_000);

  it('handed over are with exactly one of two when one takes it back and the other deals with it at the same moment', async () => {
    const clients = Array.from({ length: 20 }, (_, index) => `back-${index}`);
    await Promise.all(
      clients.map(async (clientId) => {
        await running.housing(clientId, 1, { clusterId: 'cluster-2', recordedBy: 'import' });
        const { meldingId } = await arrived(bram, clientId);
        await running.ask(handOverMelding, { meldingId, toPersonId: 'carla' }, bram);
        const received = await arrived(carla, clientId);
        const outcomes = await Promise.allSettled([
          running.ask(reopenMelding, { meldingId }, bram),
          running.ask(acknowledgeMelding, { meldingId: received.meldingId }, carla),
        ]);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const states = [(await inbox(bram, clientId))[0]?.status, (await inbox(carla, clientId))[0]?.status];
        expect([
          ['open', 'returned'],
          ['handed-over', 'acknowledged'],
          ['picked-up', 'acknowledged'],
        ]).toContainEqual(states);
      }),
    );
  }, 30_000);
});
