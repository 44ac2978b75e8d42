import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { createClient, updateClient } from '#contracts/registration/clients.js';
import { createPerson, type CreatePerson, updatePerson } from '#contracts/registration/people.js';
import {
  createCluster,
  createLocation,
  createOrganisation,
  createPlace,
  updateOrganisation,
  updatePlace,
} from '#contracts/registration/structure.js';
import { ImportDesk } from './test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from './test-support/running-registration.js';

const place = { kind: 'crisis', zwaarte: 'light', fundingFrame: 'inside-chain' } as const;
/** Nothing to see, to sort by or to search for. */
const nameless = ['\u200b', '---', '\u00ad', '\u0301', ' \u3164 ', '🙂'];

let service: RunningRegistration;
let manager: Caller;
let organisationId = '';
let locationId = '';
let clusterId = '';

beforeAll(async () => {
  service = await startRegistration();
  const { ask } = service;
  organisationId = (await ask(operator, createOrganisation, { name: 'De Haven', kind: 'institution' })).organisationId;
  locationId = (await ask(operator, createLocation, { organisationId, name: 'Kade' })).locationId;
  clusterId = (await ask(operator, createCluster, { locationId, name: 'Groep' })).clusterId;
  manager = personWith('clientmanager', { organisationId });
}, 60_000);
afterAll(() => service.close());

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) return error;
    return [error.code, ...error.fields.map(({ path }) => path)].join(' ');
  }
}

describe.each(nameless)('%j is no name', (name) => {
  it('of any part of the structure, of a person, or of a client', async () => {
    const { ask } = service;
    const made = await ask(operator, createPlace, {
      clusterId,
      name: `Kamer ${String(nameless.indexOf(name))}`,
      ...place,
    });
    const person = (subject: string, named: string): CreatePerson => ({
      kind: 'person',
      roles: ['clientmanager'],
      organisationId,
      subject: `${subject}-${name}`,
      name: named,
    });
    const anna = await ask(operator, createPerson, person('s', 'Anna'));
    const { clientId } = await ask(manager, createClient, { familyName: 'Jansen', notADuplicate: true });
    const tries = [
      ask(operator, createOrganisation, { name, kind: 'institution' }),
      ask(operator, updateOrganisation, { organisationId, expectedVersion: 1, name }),
      ask(operator, createLocation, { organisationId, name }),
      ask(operator, createCluster, { locationId, name }),
      ask(operator, createPlace, { clusterId, name, ...place }),
      ask(operator, updatePlace, { placeId: made.placeId, expectedVersion: 1, name }),
      ask(operator, createPerson, person('other', name)),
      ask(operator, updatePerson, { personId: anna.personId, expectedVersion: 1, name }),
    ];
    expect(await Promise.all(tries.map(refusalOf))).toEqual(tries.map(() => 'name-without-letters name'));
    const contactPersons = [{ name, relation: 'parent' as const }];
    expect([
      await refusalOf(ask(manager, createClient, { familyName: name, notADuplicate: true })),
      await refusalOf(ask(manager, updateClient, { clientId, expectedVersion: 1, familyName: name })),
      await refusalOf(ask(manager, updateClient, { clientId, expectedVersion: 1, contactPersons })),
    ]).toEqual([
      'name-without-letters familyName',
      'name-without-letters familyName',
      'name-without-letters contactPersons[0].name',
    ]);
  });
});

describe('in a file', () => {
  it('is a problem of its column, and holds up no other row', async () => {
    const clients = new ImportDesk(service.ask, manager);
    const { importId, rows } = await clients.preview('clients', 'clientnummer;achternaam\nC-1;---\nC-2;Bakker\n');
    expect(rows).toMatchObject({ new: 1, errors: 1 });
    expect(await clients.problems(importId)).toEqual(['2 achternaam name-without-letters']);
    const places = new ImportDesk(service.ask, operator);
    const header = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
    const wrong = await places.preview('places', `${header}\nDe Haven;--;..;P-1;\u200b;opvang;light;inside-chain\n`);
    expect(await places.problems(wrong.importId)).toEqual([
      '2 locatie name-without-letters',
      '2 cluster name-without-letters',
      '2 pleknaam name-without-letters',
    ]);
  });
});
