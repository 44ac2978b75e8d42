import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { createPerson, updatePerson } from '#contracts/registration/people.js';
import {
  createCluster,
  createLocation,
  createOrganisation,
  createPlace,
  getOrganisation,
  listOrganisations,
  updateCluster,
  updateLocation,
  updateOrganisation,
  updatePlace,
} from '#contracts/registration/structure.js';
import {
  operator,
  ownService,
  personWith,
  type RunningRegistration,
  startRegistration,
  systemOf,
} from '../test-support/running-registration.js';
import { PlaceModel } from './place.schema.js';

let service: RunningRegistration;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);
const day = parseCivilDate;

beforeAll(async () => {
  service = await startRegistration();
});
afterAll(() => service.close());

const place = { kind: 'crisis', zwaarte: 'light', fundingFrame: 'inside-chain' } as const;

/** An institution with one location, two clusters, and a place in each. */
async function institution(name: string) {
  const { organisationId } = await ask(operator, createOrganisation, { name, kind: 'institution' });
  const { locationId } = await ask(operator, createLocation, { organisationId, name: 'Kade 1' });
  const [front, back] = await Promise.all(
    ['voor', 'achter'].map((part) => ask(operator, createCluster, { locationId, name: `Cluster ${part}` })),
  );
  const clusterId = front!.clusterId;
  const one = await ask(operator, createPlace, { clusterId, name: 'Kamer 1', ...place });
  const two = await ask(operator, createPlace, { clusterId: back!.clusterId, name: 'Kamer 1', ...place });
  return {
    organisationId,
    locationId,
    clusterId,
    otherClusterId: back!.clusterId,
    placeId: one.placeId,
    otherPlaceId: two.placeId,
  };
}

async function occupy(placeId: string, from: CivilDate, until?: CivilDate) {
  const stay = { stayId: 's', clientId: 'c', from, ...(until ? { until } : {}), reserved: false, leaves: [] };
  await service
    .get(PlaceModel)
    .model.updateOne({ _id: placeId }, { $set: { ledger: { version: 1, occupations: [stay] } } });
}

describe('the structure', () => {
  it('is made from organisation to place, and shown as a tree', async () => {
    const { organisationId, clusterId, placeId } = await institution('De Haven');
    const tree = await ask(operator, getOrganisation, { organisationId });
    expect(tree).toMatchObject({ name: 'De Haven', kind: 'institution', version: 1 });
    expect(tree.locations).toHaveLength(1);
    expect(tree.locations[0]?.clusters.map(({ name }) => name)).toEqual(['Cluster achter', 'Cluster voor']);
    expect(tree.locations[0]?.clusters[1]).toMatchObject({
      clusterId,
      version: 1,
      places: [{ placeId, name: 'Kamer 1' }],
    });
  });

  it('makes a repeated creation once, and refuses its key for something else', async () => {
    const command = { name: 'Eén Keer', kind: 'institution', idempotencyKey: 'sleutel-1' } as const;
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(operator, createOrganisation, command)));
    expect(new Set(answers.map(({ organisationId }) => organisationId)).size).toBe(1);
    await expect(ask(operator, createOrganisation, { ...command, name: 'Iets anders' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('has no two names that look the same next to each other', async () => {
    await ask(operator, createOrganisation, { name: 'Café Zon', kind: 'institution' });
    await expect(ask(operator, createOrganisation, { name: 'cafe  zon', kind: 'ggd' })).rejects.toMatchObject({
      code: 'already-exists',
      fields: [expect.objectContaining({ path: 'name' })],
    });
  });

  it('is changed only at the version that was seen', async () => {
    const { organisationId } = await institution('De Brug');
    const change = { organisationId, expectedVersion: 1 };
    await expect(ask(operator, updateOrganisation, { ...change, name: 'De Nieuwe Brug' })).resolves.toMatchObject({
      name: 'De Nieuwe Brug',
      version: 2,
    });
    await expect(ask(operator, updateOrganisation, { ...change, name: 'Te laat' })).rejects.toMatchObject({
      code: 'stale-version',
      params: { expected: 1, actual: 2 },
    });
  });

  it('gives places to institutions only', async () => {
    const ggd = await ask(operator, createOrganisation, { name: 'GGD Stad', kind: 'ggd' });
    await expect(
      ask(operator, createLocation, { organisationId: ggd.organisationId, name: 'Kantoor' }),
    ).rejects.toMatchObject({ code: 'organisation-has-no-places' });
  });
});

describe('closing', () => {
  it('of a place is refused while somebody stays there, with the period', async () => {
    const { placeId } = await institution('Dicht 1');
    await occupy(placeId, day('2026-03-01'));
    const change = { placeId, expectedVersion: 1 };
    await expect(ask(operator, updatePlace, { ...change, closedFrom: day('2027-01-01') })).rejects.toMatchObject({
      code: 'place-in-use',
      params: { place: 'Kamer 1', period: '2026-03-01/..' },
    });
    await expect(ask(operator, updatePlace, { ...change, openFrom: day('2026-03-02') })).rejects.toMatchObject({
      code: 'place-in-use',
      fields: [expect.objectContaining({ path: 'openFrom' })],
    });
    await expect(ask(operator, updatePlace, { ...change, name: 'Kamer 1a', zwaarte: 'heavy' })).resolves.toMatchObject({
      name: 'Kamer 1a',
      zwaarte: 'heavy',
      version: 2,
    });
    const stored = await service.get(PlaceModel).model.findById(placeId).lean();
    expect(stored?.ledger.occupations).toHaveLength(1);
  });

  it('goes from below to above, and opening from above to below', async () => {
    const made = await institution('Dicht 2');
    const closedFrom = day('2026-06-01');
    const { clusterId, placeId, locationId, otherClusterId, otherPlaceId } = made;
    await expect(ask(operator, updateCluster, { clusterId, expectedVersion: 1, closedFrom })).rejects.toMatchObject({
      code: 'still-open-below',
    });
    await ask(operator, updatePlace, { placeId, expectedVersion: 1, closedFrom });
    await ask(operator, updateCluster, { clusterId, expectedVersion: 1, closedFrom });
    await expect(ask(operator, updatePlace, { placeId, expectedVersion: 2, closedFrom: null })).rejects.toMatchObject({
      code: 'closed-above',
      params: { date: '2026-06-01' },
    });
    await expect(ask(operator, createPlace, { clusterId, name: 'Kamer 9', ...place })).rejects.toMatchObject({
      code: 'closed-above',
    });
    await ask(operator, updatePlace, { placeId: otherPlaceId, expectedVersion: 1, closedFrom });
    await ask(operator, updateCluster, { clusterId: otherClusterId, expectedVersion: 1, closedFrom });
    await ask(operator, updateLocation, { locationId, expectedVersion: 1, closedFrom });
    await expect(
      ask(operator, updateCluster, { clusterId, expectedVersion: 2, closedFrom: null }),
    ).rejects.toMatchObject({ code: 'closed-above' });
  });

  it('never passes a place that is being added', async () => {
    const { locationId } = await institution('Dicht 3');
    for (let round = 0; round < 5; round += 1) {
      const { clusterId } = await ask(operator, createCluster, { locationId, name: `Ronde ${round}` });
      const [closing, adding] = await Promise.allSettled([
        ask(operator, updateCluster, { clusterId, expectedVersion: 1, closedFrom: day('2026-01-01') }),
        ask(operator, createPlace, { clusterId, name: 'Nieuw', ...place }),
      ]);
      expect([closing.status, adding.status].filter((status) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('a representative', () => {
  const person = { kind: 'person', name: 'Sanne de Wit', roles: ['clientmanager'] } as const;
  const named = (subject: string, organisationId: string) => ({
    ...person,
    roles: [...person.roles],
    subject,
    organisationId,
  });

  it('is a clientmanager of the organisation, is told in the fact, and cannot leave while named', async () => {
    const { organisationId, clusterId } = await institution('Naam 1');
    const other = await institution('Naam 2');
    const sanne = await ask(operator, createPerson, named('sanne', organisationId));
    const els = await ask(operator, createPerson, named('els', other.organisationId));
    const change = { clusterId, expectedVersion: 1 };
    await expect(
      ask(operator, updateCluster, { ...change, representativePersonId: els.personId }),
    ).rejects.toMatchObject({ code: 'representative-unfit' });
    await expect(
      ask(operator, updateCluster, { ...change, representativePersonId: sanne.personId }),
    ).resolves.toMatchObject({
      representativePersonId: sanne.personId,
      representativeName: 'Sanne de Wit',
      version: 2,
    });
    const facts = await service.facts('nl.doorstroom.registration.cluster-changed.v1');
    expect(
      facts.filter(({ subject }) => subject === clusterId).map(({ data, sequence }) => ({ sequence, data })),
    ).toEqual([
      { sequence: '1', data: { clusterId, organisationId, version: 1 } },
      { sequence: '2', data: { clusterId, organisationId, representativeId: sanne.personId, version: 2 } },
    ]);
    await expect(
      ask(operator, updatePerson, { personId: sanne.personId, expectedVersion: 1, active: false }),
    ).rejects.toMatchObject({ code: 'represents-clusters', params: { count: 1 } });
    await ask(operator, updateCluster, { clusterId, expectedVersion: 2, representativePersonId: null });
    await expect(
      ask(operator, updatePerson, { personId: sanne.personId, expectedVersion: 1, active: false }),
    ).resolves.toMatchObject({ active: false, version: 2 });
  });
});

describe('who sees the structure', () => {
  it('is everybody as far as they have to do with it', async () => {
    const own = await institution('Zicht 1');
    const other = await institution('Zicht 2');
    const names = async (caller: Caller) =>
      (await ask(caller, listOrganisations, { limit: 200 })).items
        .map(({ name }) => name)
        .filter((name) => /^Zicht/.test(name));

    const manager = personWith('clientmanager', { organisationId: own.organisationId });
    await expect(names(manager)).resolves.toEqual(['Zicht 1']);
    await expect(names(systemOf(other.organisationId))).resolves.toEqual(['Zicht 2']);
    await expect(ask(manager, getOrganisation, { organisationId: other.organisationId })).rejects.toMatchObject({
      code: 'not-found',
    });
    const tree = await ask(manager, getOrganisation, { organisationId: own.organisationId });
    expect(tree.locations[0]?.clusters).toHaveLength(2);

    const regisseur = personWith('trajectregisseur', { clusterIds: [other.clusterId] });
    await expect(names(regisseur)).resolves.toEqual(['Zicht 1', 'Zicht 2']);
    const part = await ask(regisseur, getOrganisation, { organisationId: other.organisationId });
    expect(part.locations[0]?.clusters.map(({ clusterId }) => clusterId)).toEqual([other.clusterId]);
    const none = await ask(regisseur, getOrganisation, { organisationId: own.organisationId });
    expect(none.locations).toEqual([]);
  });

  it('pages by name', async () => {
    const all = await ask(operator, listOrganisations, { limit: 200 });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask(operator, listOrganisations, { limit: 3, ...(cursor ? { cursor } : {}) });
      expect(page.total).toBe(all.total);
      paged.push(...page.items.map(({ organisationId }) => organisationId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all.items.map(({ organisationId }) => organisationId));
    await expect(ask(operator, listOrganisations, { cursor: 'onzin' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it.each([
    personWith('clientmanager', { organisationId: 'x' }),
    personWith('trajectregisseur'),
    personWith('beleid'),
    systemOf('x'),
    ownService,
  ])('and nobody but the operator changes it ($kind $roles)', async (caller) => {
    await expect(ask(caller, createOrganisation, { name: 'Nee', kind: 'ggd' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
    await expect(ask(caller, updatePlace, { placeId: 'x', expectedVersion: 1 })).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });
});
