import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import {
  createClient,
  type CreateClient,
  getClient,
  listClientVersions,
  mergeClients,
  revealBsn,
  searchClients,
  unmergeClients,
  updateClient,
} from '#contracts/registration/clients.js';
import { getClientHousing, recordHousingChange } from '#contracts/registration/stays.js';
import { bsnNumber, type Institution, makeInstitution } from '../test-support/people-and-places.js';
import { type RunningRegistration, startRegistration } from '../test-support/running-registration.js';

let service: RunningRegistration;
let haven: Institution;
let brug: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);
const day = parseCivilDate;
const reason = 'Zelfde persoon, twee keer ingevoerd';

beforeAll(async () => {
  service = await startRegistration();
  haven = await makeInstitution(ask, 'Haven', 6);
  brug = await makeInstitution(ask, 'Brug', 1);
});
afterAll(() => service.close());

async function register(details: Partial<CreateClient> & { familyName: string }): Promise<string> {
  return (await ask(haven.manager, createClient, { notADuplicate: true, ...details })).clientId;
}

async function stayed(clientId: string, placeId: string | undefined, from: string, until: string) {
  await ask(haven.manager, recordHousingChange, {
    clientId,
    kind: 'arrival',
    placeId: placeId ?? '',
    from: day(from),
    until: day(until),
    departure: { reason: 'own-choice', destination: 'family' },
  });
}

describe('merging two records of one person', () => {
  it('brings stays, BSN and gaps along, leaves the other readable, and can be taken back', async () => {
    const from = await register({ familyName: 'Dubbel', givenNames: 'Ties', bsn: bsnNumber(1), phone: '0611111111' });
    const into = await register({ familyName: 'Dubbel', zwaarte: 'light' });
    await stayed(from, haven.placeIds[0], '2025-01-01', '2025-02-01');
    await stayed(into, haven.placeIds[1], '2025-03-01', '2025-04-01');

    const merged = await ask(haven.manager, mergeClients, { clientId: from, intoClientId: into, reason });
    expect(merged).toEqual({ clientId: from, version: 2, intoClientId: into, intoVersion: 2 });
    const file = await ask(haven.manager, getClient, { clientId: into });
    expect(file).toMatchObject({
      name: 'Ties Dubbel',
      phone: '0611111111',
      zwaarte: 'light',
      bsnLastDigits: bsnNumber(1).slice(-3),
      mergedFrom: [{ clientId: from, name: 'Ties Dubbel' }],
    });
    await expect(ask(haven.manager, revealBsn, { clientId: into })).resolves.toEqual({ bsn: bsnNumber(1) });
    expect((await ask(haven.manager, getClientHousing, { clientId: into })).stays).toHaveLength(2);
    await expect(ask(haven.manager, getClient, { clientId: from })).resolves.toMatchObject({
      mergedInto: { clientId: into, name: 'Ties Dubbel' },
      phone: '0611111111',
    });
    const found = await ask(haven.manager, searchClients, { text: 'ties dubbel' });
    expect(found.items.map(({ clientId }) => clientId)).toEqual([into]);
    await expect(
      ask(haven.manager, updateClient, { clientId: from, expectedVersion: 2, phone: '0612121212' }),
    ).rejects.toMatchObject({ code: 'client-merged-away' });
    await expect(
      ask(haven.manager, recordHousingChange, {
        clientId: from,
        kind: 'arrival',
        placeId: haven.placeIds[0] ?? '',
        from: day('2026-01-01'),
      }),
    ).rejects.toMatchObject({ code: 'client-merged-away' });

    // What is changed after the merge stays with the record in which it was changed.
    await ask(haven.manager, updateClient, { clientId: into, expectedVersion: 2, phone: '0699999999' });
    await ask(haven.manager, unmergeClients, { clientId: from });
    const apart = await ask(haven.manager, getClient, { clientId: into });
    expect(apart).toMatchObject({ name: 'Dubbel', phone: '0699999999', zwaarte: 'light', mergedFrom: [], version: 4 });
    expect(apart.bsnLastDigits).toBeUndefined();
    expect(apart.givenNames).toBeUndefined();
    const back = await ask(haven.manager, getClient, { clientId: from });
    expect(back).toMatchObject({ name: 'Ties Dubbel', bsnLastDigits: bsnNumber(1).slice(-3), version: 3 });
    expect(back.mergedInto).toBeUndefined();
    expect((await ask(haven.manager, getClientHousing, { clientId: from })).stays).toHaveLength(1);

    const versions = await ask(haven.manager, listClientVersions, { clientId: into });
    expect(versions.items.map(({ version, change, reason: why }) => [version, change, why])).toEqual([
      [4, 'unmerged', undefined],
      [3, 'changed', undefined],
      [2, 'merged', reason],
      [1, 'registered', undefined],
    ]);
    const facts = (await service.facts('nl.doorstroom.registration.client-changed.v1')).filter(
      ({ subject }) => subject === from,
    );
    expect(facts.map(({ data }) => data)).toEqual([
      expect.objectContaining({ change: 'registered', version: 1 }),
      { clientId: from, change: 'merged', fields: [], mergedInto: into, version: 2 },
      { clientId: from, change: 'unmerged', fields: [], version: 3 },
    ]);
  });

  it('is refused where the stays overlap, and writes nothing', async () => {
    const from = await register({ familyName: 'Overlap' });
    const into = await register({ familyName: 'Overlap' });
    await stayed(from, haven.placeIds[2], '2025-01-01', '2025-03-01');
    await stayed(into, haven.placeIds[3], '2025-02-01', '2025-04-01');
    await expect(
      ask(haven.manager, mergeClients, { clientId: from, intoClientId: into, reason }),
    ).rejects.toMatchObject({
      code: 'merge-overlap',
    });
    await expect(ask(haven.manager, getClient, { clientId: into })).resolves.toMatchObject({
      version: 1,
      mergedFrom: [],
    });
  });

  it('is refused for two BSNs, for oneself, for a merged record, and across what the caller sees', async () => {
    const one = await register({ familyName: 'Een', bsn: bsnNumber(2) });
    const two = await register({ familyName: 'Twee', bsn: bsnNumber(3) });
    const three = await register({ familyName: 'Drie' });
    const { clientId: foreign } = await ask(brug.manager, createClient, { familyName: 'Elders', notADuplicate: true });
    const merging = (clientId: string, intoClientId: string) =>
      ask(haven.manager, mergeClients, { clientId, intoClientId, reason });
    await expect(merging(one, two)).rejects.toMatchObject({ code: 'merge-different-bsn' });
    await expect(merging(one, one)).rejects.toMatchObject({ code: 'merge-same-client' });
    await expect(merging(one, foreign)).rejects.toMatchObject({ code: 'not-found' });
    await expect(merging(foreign, one)).rejects.toMatchObject({ code: 'not-found' });
    await merging(three, one);
    await expect(merging(three, two)).rejects.toMatchObject({ code: 'already-merged' });
    await expect(ask(haven.manager, unmergeClients, { clientId: one })).rejects.toMatchObject({ code: 'not-merged' });
  });

  it('happens once when two ask at the same moment', async () => {
    const one = await register({ familyName: 'Tegelijk', bsn: bsnNumber(4) });
    const two = await register({ familyName: 'Tegelijk' });
    const results = await Promise.allSettled([
      ask(haven.manager, mergeClients, { clientId: one, intoClientId: two, reason }),
      ask(haven.manager, mergeClients, { clientId: two, intoClientId: one, reason }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already-merged' } });
  });
});
