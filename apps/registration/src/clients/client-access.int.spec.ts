import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessLogged } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import { roles } from '#contracts/codes.js';
import {
  createClient,
  type CreateClient,
  dataQualityShares,
  findPossibleDuplicates,
  getClient,
  listClientVersions,
  listDataQuality,
  mergeClients,
  revealBsn,
  searchClients,
  unmergeClients,
  updateClient,
} from '#contracts/registration/clients.js';
import { resolveNames } from '#contracts/registration/names.js';
import { type Institution, makeInstitution } from '../test-support/people-and-places.js';
import {
  operator,
  ownService,
  personWith,
  type RunningRegistration,
  startRegistration,
  systemOf,
} from '../test-support/running-registration.js';

let service: RunningRegistration;
let haven: Institution;
let brug: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);

beforeAll(async () => {
  service = await startRegistration();
  haven = await makeInstitution(ask, 'Haven', 2);
  brug = await makeInstitution(ask, 'Brug', 1);
});
afterAll(() => service.close());

/** Registers somebody who is surely not known yet. */
async function register(
  details: Partial<CreateClient> & { familyName: string },
  caller = haven.manager,
): Promise<string> {
  return (await ask(caller, createClient, { notADuplicate: true, ...details })).clientId;
}

async function accessLog(clientId: string): Promise<AccessLogged[]> {
  const all = await service.accesses();
  return all.filter(({ subjects }) => subjects.some((subject) => subject.clientId === clientId));
}

describe('who sees a client', () => {
  type Attempt = [name: string, attempt: () => Promise<unknown>];

  const everything = (caller: Caller, clientId: string): Attempt[] => [
    ['get', () => ask(caller, getClient, { clientId })],
    ['reveal', () => ask(caller, revealBsn, { clientId })],
    ['update', () => ask(caller, updateClient, { clientId, expectedVersion: 1, phone: '0612345678' })],
    ['versions', () => ask(caller, listClientVersions, { clientId })],
    ['merge', () => ask(caller, mergeClients, { clientId, intoClientId: clientId, reason: 'zelfde' })],
    ['unmerge', () => ask(caller, unmergeClients, { clientId })],
  ];

  it('outside the relations nobody learns that the client exists', async () => {
    const clientId = await register({ familyName: 'Afgeschermd' });
    for (const caller of [brug.manager, haven.regisseur, brug.regisseur]) {
      for (const [name, attempt] of everything(caller, clientId)) {
        expect([name, await attempt().catch((error: unknown) => error)]).toEqual([
          name,
          expect.objectContaining({ code: 'not-found' }),
        ]);
      }
    }
    expect((await accessLog(clientId)).map(({ action }) => action)).toEqual(['create']);
  });

  it.each(roles.filter((role) => role !== 'clientmanager' && role !== 'trajectregisseur'))(
    'no record is for %s',
    async (role) => {
      const caller = personWith(role, { organisationId: haven.organisationId, clusterIds: [haven.clusterId] });
      const others: Attempt[] = [
        ['create', () => ask(caller, createClient, { familyName: 'X' })],
        ['duplicates', () => ask(caller, findPossibleDuplicates, { familyName: 'X' })],
        ['search', () => ask(caller, searchClients, {})],
        ['quality', () => ask(caller, listDataQuality, {})],
      ];
      for (const [name, attempt] of [...everything(caller, 'x'), ...others]) {
        expect([name, await attempt().catch((error: unknown) => error)]).toEqual([
          name,
          expect.objectContaining({ code: 'not-permitted' }),
        ]);
      }
    },
  );

  it('a system cannot ask for a whole BSN, and a regisseur does not register', async () => {
    await expect(ask(systemOf(haven.organisationId), revealBsn, { clientId: 'x' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
    await expect(ask(haven.regisseur, createClient, { familyName: 'X' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
    await expect(ask(ownService, getClient, { clientId: 'x' })).rejects.toMatchObject({ code: 'not-permitted' });
  });

  it('every read is logged with its ground', async () => {
    const clientId = await register({ familyName: 'Gelezen' });
    const regisseur = personWith('trajectregisseur', { clientIds: [clientId] });
    await ask(regisseur, getClient, { clientId });
    await ask(regisseur, revealBsn, { clientId });
    const log = await accessLog(clientId);
    expect(
      log.map(({ action, operation, actorRoles, subjects }) => [action, operation, actorRoles, subjects[0]?.ground]),
    ).toEqual([
      ['create', 'registration.clients.create', ['clientmanager'], 'own-institution'],
      ['read', 'registration.clients.get', ['trajectregisseur'], 'own-caseload'],
      ['read', 'registration.clients.reveal-bsn', ['trajectregisseur'], 'own-caseload'],
    ]);
  });

  it('names are given of clients in sight alone', async () => {
    const mine = await register({ givenNames: 'Mijn', familyName: 'Naam' });
    const theirs = await register({ familyName: 'Hunnaam' }, brug.manager);
    const names = await ask(haven.manager, resolveNames, {
      clientIds: [mine, theirs, 'onbekend'],
      placeIds: [haven.placeIds[0] ?? '', 'onbekend'],
      clusterIds: [brug.clusterId],
      organisationIds: [brug.organisationId],
      personIds: ['onbekend'],
    });
    expect(names).toEqual({
      clients: { [mine]: 'Mijn Naam' },
      places: {
        [haven.placeIds[0] ?? '']: expect.objectContaining({ placeName: 'Kamer 1', locationName: 'Havenstraat 1' }),
      },
      clusters: {
        [brug.clusterId]: expect.objectContaining({ clusterName: 'Brug begane grond', organisationName: 'Brug' }),
      },
      organisations: { [brug.organisationId]: 'Brug' },
      people: {},
    });
    await expect(ask(operator, resolveNames, { clientIds: [mine] })).resolves.toMatchObject({ clients: {} });
    expect(await accessLog(theirs)).toHaveLength(1);
  });

  it('policy gets shares without clients, and no small counts', async () => {
    for (const familyName of ['Een', 'Twee', 'Drie', 'Vier', 'Vijf']) await register({ familyName });
    const { items } = await ask(personWith('beleid'), dataQualityShares, {});
    const share = items.find(({ organisationId }) => organisationId === haven.organisationId);
    expect(share?.clients).toBeGreaterThanOrEqual(5);
    const small = items.find(({ organisationId }) => organisationId === brug.organisationId);
    expect(small).toEqual({ organisationId: brug.organisationId, organisationName: 'Brug' });
    await expect(ask(haven.manager, dataQualityShares, {})).rejects.toMatchObject({ code: 'not-permitted' });
  });
});
