import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '#contracts/registration/clients.js';
import { createPerson } from '#contracts/registration/people.js';
import {
  createCluster,
  createOrganisation,
  createPlace,
  updateOrganisation,
} from '#contracts/registration/structure.js';
import { registerWaiting } from '#contracts/registration/waiting-list.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { RegistrationModule } from './registration.module.js';
import { bsnNumber, type Institution, makeInstitution } from './test-support/people-and-places.js';
import { operator, type RunningRegistration, startRegistration } from './test-support/running-registration.js';

let first: RunningRegistration;
let later: RunningService[] = [];
let haven: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => first.ask(caller, request, payload);

beforeAll(async () => {
  first = await startRegistration();
  haven = await makeInstitution(ask, 'Haven', 1);
});
afterAll(async () => {
  await Promise.all(later.map((service) => service.stop()));
  await first.close();
});

describe('a database of an earlier version', () => {
  it('gets its claims at the start, once, also by processes that start together', async () => {
    const client = { familyName: 'Eerder', bsn: bsnNumber(201), notADuplicate: true };
    const { clientId } = await ask(haven.manager, createClient, client);
    const person = () =>
      ask(operator, createPerson, { kind: 'person', name: 'Eerder', subject: 'eerder', roles: ['beheerder'] });
    await person();
    const wait = { clientId, kind: 'opvang', zwaarte: 'light', urgency: 'regular' } as const;
    await ask(haven.manager, registerWaiting, wait);
    const organisations = first.database.collection('organisations');
    // As it was before: a unique index, no claims.
    await organisations.dropIndex('nameKey_1');
    await organisations.createIndex({ nameKey: 1 }, { unique: true }, {});
    await first.database.collection('claims').deleteMany({});

    later = await Promise.all(
      [1, 2].map(() => startService('registration', first.config, (config) => RegistrationModule.with(config))),
    );
    const isUnique = (await organisations.indexes()).map(({ unique }) => unique === true);
    expect(isUnique).not.toContain(true);
    await expect(ask(haven.manager, createClient, client)).rejects.toMatchObject({ code: 'bsn-in-use' });
    await expect(person()).rejects.toMatchObject({
      code: 'subject-in-use',
    });
    await expect(ask(haven.manager, registerWaiting, wait)).rejects.toMatchObject({ code: 'already-waiting' });
    const taken = { code: 'already-exists' };
    const again = { name: 'Haven', kind: 'institution' } as const;
    await expect(ask(operator, createOrganisation, again)).rejects.toMatchObject(taken);
    const place = { name: 'Kamer 1', kind: 'opvang', zwaarte: 'light', fundingFrame: 'inside-chain' } as const;
    await expect(ask(operator, createPlace, { clusterId: haven.clusterId, ...place })).rejects.toMatchObject(taken);
    const cluster = await first.database.collection('clusters').findOne({});
    const location = { locationId: String(cluster?.['locationId']), name: 'Haven begane grond' };
    await expect(ask(operator, createCluster, location)).rejects.toMatchObject(taken);
    // A claim that was noted can be given up as any other.
    const { organisationId } = haven;
    await ask(operator, updateOrganisation, { organisationId, expectedVersion: 1, name: 'Haven Nieuw' });
    await expect(ask(operator, createOrganisation, again)).resolves.toMatchObject({ name: 'Haven' });
  }, 60_000);
});
