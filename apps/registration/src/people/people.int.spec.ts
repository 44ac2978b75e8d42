import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#contracts/codes.js';
import {
  createPerson,
  getPerson,
  listColleagues,
  listPeople,
  personBySubject,
  updatePerson,
} from '#contracts/registration/people.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import {
  operator,
  ownService,
  personWith,
  type RunningRegistration,
  startRegistration,
  systemOf,
} from '../test-support/running-registration.js';

let service: RunningRegistration;
let haven: string;
let brug: string;
let ggd: string;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);

async function person(name: string, role: Role, organisationId?: string) {
  const subject = name.toLowerCase();
  return ask(operator, createPerson, {
    kind: 'person',
    name,
    subject,
    roles: [role],
    organisationId: organisationId ?? null,
  });
}

beforeAll(async () => {
  service = await startRegistration();
  const make = async (name: string, kind: 'institution' | 'ggd') =>
    (await ask(operator, createOrganisation, { name, kind })).organisationId;
  haven = await make('De Haven', 'institution');
  brug = await make('De Brug', 'institution');
  ggd = await make('GGD', 'ggd');
});
afterAll(() => service.close());

describe('the people directory', () => {
  it('gives who signs in to our own services alone', async () => {
    const made = await person('Bilal Çelik', 'clientmanager', haven);
    await expect(ask(ownService, personBySubject, { subject: 'bilal çelik' })).resolves.toEqual(made);
    expect(made).toMatchObject({ organisationName: 'De Haven', language: 'nl', active: true, version: 1 });
    await expect(ask(operator, personBySubject, { subject: 'bilal çelik' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
    await ask(operator, updatePerson, { personId: made.personId, expectedVersion: 1, active: false });
    await expect(ask(ownService, personBySubject, { subject: 'bilal çelik' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('knows a system by its client id, for an institution', async () => {
    const command = {
      kind: 'system',
      name: 'e-Vita De Haven',
      subject: 'evita-haven',
      roles: [],
      organisationId: haven,
    } as const;
    await expect(ask(operator, createPerson, { ...command, roles: [] })).resolves.toMatchObject({
      kind: 'system',
      roles: [],
    });
    await expect(
      ask(operator, createPerson, { ...command, subject: 'evita-x', roles: ['clientmanager'] }),
    ).rejects.toMatchObject({ code: 'system-has-no-roles' });
  });

  it('has one entry per sign-in name, also at the same moment', async () => {
    const command = { kind: 'person', name: 'Twee Keer', subject: 'dubbel', roles: ['beheerder' as Role] } as const;
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => ask(operator, createPerson, { ...command, roles: [...command.roles] })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'subject-in-use', fields: [{ path: 'subject' }] } });
    }
  });

  it('tells every change in order, without names', async () => {
    const { personId } = await person('Vera Stil', 'trajectregisseur', ggd);
    await ask(operator, updatePerson, {
      personId,
      expectedVersion: 1,
      name: 'Vera Stiller',
      email: 'vera@ggd.example',
    });
    await ask(operator, updatePerson, { personId, expectedVersion: 2, active: false });
    await expect(ask(operator, updatePerson, { personId, expectedVersion: 2, active: true })).rejects.toMatchObject({
      code: 'stale-version',
    });
    const facts = (await service.facts('nl.doorstroom.registration.person-changed.v1')).filter(
      ({ subject }) => subject === personId,
    );
    expect(facts.map(({ data }) => data)).toEqual(
      (
        [
          ['active', 1],
          ['active', 2],
          ['inactive', 3],
        ] as const
      ).map(([state, version]) => ({
        personId,
        personRoles: ['trajectregisseur'],
        organisationId: ggd,
        state,
        version,
      })),
    );
    await expect(ask(operator, getPerson, { personId })).resolves.toMatchObject({ name: 'Vera Stiller', version: 3 });
  });

  it('finds people by the beginning of a name, by role and organisation', async () => {
    await person('Zoë van Dam', 'clientmanager', brug);
    await person('Zohra Dam', 'clientmanager', haven);
    const names = async (query: object) => (await ask(operator, listPeople, query)).items.map(({ name }) => name);
    await expect(names({ text: 'zo' })).resolves.toEqual(['Zoë van Dam', 'Zohra Dam']);
    await expect(names({ text: 'dam zoe' })).resolves.toEqual(['Zoë van Dam']);
    await expect(names({ text: 'zo', organisationId: haven })).resolves.toEqual(['Zohra Dam']);
    await expect(names({ text: 'zo', role: 'beleid' })).resolves.toEqual([]);
  });

  it('gives colleagues to hand over to, without sign-in names', async () => {
    await person('Coll Regisseur', 'trajectregisseur', ggd);
    await person('Coll Haven', 'clientmanager', haven);
    await person('Coll Brug', 'clientmanager', brug);
    await person('Coll Beheer', 'beheerder');
    const seen = async (caller: ReturnType<typeof personWith>) =>
      (await ask(caller, listColleagues, { text: 'coll' })).items.map(({ name }) => name);
    await expect(seen(personWith('clientmanager', { organisationId: haven }))).resolves.toEqual([
      'Coll Haven',
      'Coll Regisseur',
    ]);
    await expect(seen(personWith('trajectregisseur', { organisationId: ggd }))).resolves.toEqual([
      'Coll Brug',
      'Coll Haven',
      'Coll Regisseur',
    ]);
    const page = await ask(operator, listColleagues, { text: 'coll', limit: 1 });
    expect(page.items[0]).toEqual({ personId: expect.any(String), name: 'Coll Beheer', roles: ['beheerder'] });
    await expect(ask(personWith('beleid'), listColleagues, {})).rejects.toMatchObject({ code: 'not-permitted' });
  });

  it.each([
    personWith('clientmanager', { organisationId: 'x' }),
    personWith('trajectregisseur'),
    systemOf('x'),
    ownService,
  ])('is kept by the operator alone ($kind $roles)', async (caller) => {
    await expect(ask(caller, listPeople, {})).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(ask(caller, getPerson, { personId: 'x' })).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(
      ask(caller, createPerson, { kind: 'person', name: 'X', subject: 'x', roles: ['beheerder'] }),
    ).rejects.toMatchObject({ code: 'not-permitted' });
  });
});
