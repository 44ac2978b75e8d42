import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '#contracts/caller.js';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import {
  acknowledgeMelding,
  type ClientMeldingen,
  handOverMelding,
  listClientMeldingen,
  listMeldingen,
  type Melding,
} from '#contracts/notifications/meldingen.js';
import { clientChanged } from '#contracts/registration/facts.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const CLIENT = 'client-1';
const noor = callerOf('noor');
const bram = callerOf('bram');
const carla = callerOf('carla');
const samira = callerOf('samira', ['clientmanager'], 'haven');
const joost = callerOf('joost', ['clientmanager'], 'kruispunt');

describe('the meldingen about a client, in the file of the client', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    for (const person of ['noor', 'bram', 'carla', 'vera']) await running.regisseur(person);
    for (const person of ['samira', 'mentor-haven']) await running.person(person, ['clientmanager'], 'haven');
    await running.person('joost', ['clientmanager'], 'kruispunt');
    await running.cluster('cluster-1', 'mentor-haven');
    for (const personId of ['noor', 'bram']) {
      await running.ask(putCaseload, { personId, clusterIds: ['cluster-1'], clientIds: [] }, operator);
    }
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
    const related = { relatedOrganisationIds: ['haven'], relatedClusterIds: ['cluster-1'] };
    await running.housing(CLIENT, 1, { ...related, recordedBy: 'import' });
    await arrived(callerOf('mentor-haven', ['clientmanager'], 'haven'));
    await running.ask(acknowledgeMelding, { meldingId: (await arrived(noor)).meldingId }, noor);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const arrived = (of: Caller): Promise<Melding> =>
    waitFor(async () => (await running.ask(listMeldingen, { clientId: CLIENT }, of)).items[0], {
      what: `a melding for ${of.personId}`,
    });
  const seenBy = (caller: Caller): Promise<ClientMeldingen> =>
    running.ask(listClientMeldingen, { clientId: CLIENT }, caller);
  const inboxesIn = ({ items }: ClientMeldingen): string[] => items.map(({ personId }) => personId).sort();

  it('are shown whole to who guards the client: who got them, where they stand since when, and who took them up', async () => {
    const shown = await seenBy({ ...noor, clusterIds: ['cluster-1'] });
    expect(shown.of).toBe('everybody');
    expect(inboxesIn(shown)).toEqual(['bram', 'mentor-haven', 'noor']);
    const of = (personId: string) => shown.items.find((item) => item.personId === personId);
    expect(of('noor')).toMatchObject({
      status: 'acknowledged',
      by: 'noor',
      since: (await arrived(noor)).acknowledgedAt,
    });
    expect(of('bram')).toMatchObject({ status: 'picked-up', by: 'noor', because: 'regisseur-of-cluster' });
    expect(of('mentor-haven')).toMatchObject({ status: 'open', parts: [{ kind: 'arrival' }] });
    expect(inboxesIn(await seenBy({ ...callerOf('vera'), clientIds: [CLIENT] }))).toHaveLength(3);
    expect(await seenBy(carla)).toMatchObject({ of: 'everybody' });
  });

  it('are shown of their own people to a clientmanager of the institution, and of nobody else', async () => {
    const shown = await seenBy(samira);
    expect(shown.of).toBe('own-organisation');
    expect(inboxesIn(shown)).toEqual(['mentor-haven']);
    await expect(seenBy(joost)).rejects.toMatchObject({ code: 'not-found' });
    // A regisseur without this client sees what came to them, whatever the way.
    expect(inboxesIn(await seenBy(bram))).toEqual(['bram']);
    await expect(seenBy(callerOf('vera'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(seenBy(callerOf('policy', ['beleid']))).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(seenBy(operator)).rejects.toMatchObject({ code: 'not-permitted' });
  });

  it('come page by page, without what colleagues wrote to each other', async () => {
    await running.housing(CLIENT, 2, { relatedOrganisationIds: ['haven'], relatedClusterIds: ['cluster-1'] });
    const open = await waitFor(async () =>
      (await running.ask(listMeldingen, { clientId: CLIENT, status: 'open' }, noor)).items.at(0),
    );
    const given = { meldingId: open.meldingId, toPersonId: 'bram', note: 'Een geheim woord' };
    await running.ask(handOverMelding, given, noor);
    const guard = { ...noor, clusterIds: ['cluster-1'] };
    const first = await running.ask(listClientMeldingen, { clientId: CLIENT, limit: 2 }, guard);
    const cursor = first.nextCursor ?? '';
    const rest = await running.ask(listClientMeldingen, { clientId: CLIENT, limit: 20, cursor }, guard);
    const all = await running.ask(listClientMeldingen, { clientId: CLIENT }, guard);
    expect([...first.items, ...rest.items].map(({ meldingId }) => meldingId)).toEqual(
      all.items.map(({ meldingId }) => meldingId),
    );
    expect(all.items.find(({ meldingId }) => meldingId === open.meldingId)).toMatchObject({
      status: 'handed-over',
      by: 'noor',
      toPersonIds: ['bram'],
    });
    expect(JSON.stringify(all)).not.toContain('geheim');
  });

  it('are no longer shown to an institution that has nothing to do with the client any more', async () => {
    await running.housing(CLIENT, 3, {
      kind: 'departure',
      relatedOrganisationIds: ['kruispunt'],
      relatedClusterIds: [],
    });
    await waitFor(async () => (await seenBy(joost)).of === 'own-organisation', { what: 'the other institution' });
    await expect(seenBy(samira)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are an empty list to the institution that registered the client just now', async () => {
    const data = { clientId: 'new', change: 'registered' as const, fields: [], organisationId: 'haven', version: 1 };
    await running.publish(clientChanged, data, 'new', 1);
    const shown = await waitFor(() => running.ask(listClientMeldingen, { clientId: 'new' }, samira));
    expect(shown).toEqual({ of: 'own-organisation', items: [] });
  });
});
