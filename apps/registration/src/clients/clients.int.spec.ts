import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { AccessLogged } from '#contracts/audit/access-logged.js';
import {
  createClient,
  type CreateClient,
  findPossibleDuplicates,
  getClient,
  listClientVersions,
  revealBsn,
  searchClients,
  updateClient,
} from '#contracts/registration/clients.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { Outbox } from '#messaging/outbox.js';
import { bsnNumber, type Institution, makeInstitution } from '../test-support/people-and-places.js';
import { type RunningRegistration, startRegistration, systemOf } from '../test-support/running-registration.js';

let service: RunningRegistration;
let haven: Institution;
let brug: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);
const day = parseCivilDate;

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

describe('registering a client', () => {
  it('keeps NAW, shows it to the institution, and tells only which fields there are', async () => {
    const clientId = await register({
      givenNames: ' Noor ',
      familyNamePrefix: 'van der',
      familyName: 'Zwaluwstaart',
      birthDate: day('2001-03-01'),
      address: { street: 'Kade', houseNumber: '1', postcode: '1234ab', city: 'Stad' },
      phone: '06-12345678',
      contactPersons: [{ name: 'Ma Zwaluwstaart', relation: 'parent', phone: '0687654321' }],
      bsn: bsnNumber(1),
    });
    const file = await ask(haven.manager, getClient, { clientId });
    expect(file).toMatchObject({
      clientId,
      version: 1,
      name: 'Noor van der Zwaluwstaart',
      address: { postcode: '1234 AB' },
      bsnLastDigits: bsnNumber(1).slice(-3),
      organisationId: haven.organisationId,
      organisationName: 'Haven',
      housing: 'none',
      missing: ['stay', 'municipality-of-origin', 'zwaarte'],
      mergedFrom: [],
    });
    const facts = await service.facts('nl.doorstroom.registration.client-changed.v1');
    const fact = facts.find(({ subject }) => subject === clientId);
    expect(fact).toMatchObject({ partitionkey: clientId, sequence: '1', data: { change: 'registered', version: 1 } });
    expect(fact?.data).toMatchObject({ fields: expect.arrayContaining(['familyName', 'address.postcode', 'bsn']) });
  });

  it('stores no BSN that can be read, and says none of it in facts and log', async () => {
    const bsn = bsnNumber(2);
    const clientId = await register({ familyName: 'Geheimenaar', birthDate: day('1999-09-09'), bsn });
    await ask(haven.manager, revealBsn, { clientId });
    await ask(haven.manager, searchClients, { bsn });
    const stored = JSON.stringify(await service.database.collection('clients').find().toArray());
    const versions = JSON.stringify(await service.database.collection('client_versions').find().toArray());
    const outbox = JSON.stringify(await service.database.collection('outbox').find().toArray());
    expect(stored).not.toContain(bsn);
    expect(versions).not.toContain(bsn);
    for (const secret of [bsn, 'Geheimenaar', 'geheimenaar', '1999-09-09']) expect(outbox).not.toContain(secret);
    await expect(ask(haven.manager, revealBsn, { clientId })).resolves.toEqual({ bsn });
  });

  it('makes one client of a repeated request, and refuses its key for another one', async () => {
    const command = { familyName: 'Herhaald', idempotencyKey: 'sleutel-herhaald', bsn: bsnNumber(3) };
    const made = await Promise.all([1, 2, 3, 4].map(() => ask(haven.manager, createClient, command)));
    expect(new Set(made.map(({ clientId }) => clientId)).size).toBe(1);
    await expect(ask(haven.manager, createClient, { ...command, familyName: 'Anders' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await expect(ask(brug.manager, createClient, command)).rejects.toMatchObject({ code: 'bsn-in-use' });
  });

  it('gives a BSN to one client only, whoever is first', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        ask(index % 2 === 0 ? haven.manager : brug.manager, createClient, {
          familyName: `Gelijktijdig ${index}`,
          bsn: bsnNumber(4),
          notADuplicate: true,
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'bsn-in-use', fields: [{ path: 'bsn' }] } });
    }
  });

  it.each([
    [{ familyName: 'Fout', bsn: '123456789' }, 'bsn-invalid'],
    [{ familyName: 'Fout', birthDate: day('2999-01-01') }, 'birth-date-in-future'],
    [{ familyName: ' ' }, 'name-required'],
    [{ familyName: 'Fout', organisationId: 'een-ander' }, 'other-organisation'],
  ])('refuses %j with %s, and writes nothing', async (command, code) => {
    const count = () => service.database.collection('clients').countDocuments();
    const before = await count();
    await expect(ask(haven.manager, createClient, command)).rejects.toMatchObject({ code });
    expect(await count()).toBe(before);
  });

  it('asks to look at possible duplicates first, and tells of other institutions only which one it is', async () => {
    const clientId = await register({ givenNames: 'Yara', familyName: 'El Amrani', birthDate: day('2003-04-05') });
    const again = { givenNames: 'Yara', familyName: 'Amrani', birthDate: day('2003-05-04') };
    await expect(ask(brug.manager, createClient, again)).rejects.toMatchObject({
      code: 'possible-duplicate',
      params: { count: 1 },
    });
    const own = await ask(haven.manager, findPossibleDuplicates, again);
    expect(own.items).toEqual([
      expect.objectContaining({ clientId, visible: true, name: 'Yara El Amrani', birthDate: '2003-04-05' }),
    ]);
    const others = await ask(brug.manager, findPossibleDuplicates, again);
    expect(others.items).toEqual([
      {
        clientId,
        visible: false,
        organisationId: haven.organisationId,
        organisationName: 'Haven',
        score: own.items[0]?.score,
        reasons: own.items[0]?.reasons,
      },
    ]);
    expect(own.items[0]?.score).toBeGreaterThan(0.6);
    expect(own.items[0]?.score).toBeLessThanOrEqual(1);
    const log = await accessLog(clientId);
    expect(log.map(({ action, subjects }) => [action, subjects[0]?.ground])).toEqual([
      ['create', 'own-institution'],
      ['search', 'duplicate-check'],
      ['search', 'own-institution'],
      ['search', 'duplicate-check'],
    ]);
    expect(log[1]).toMatchObject({ operation: createClient.subject, actorId: brug.manager.personId });
    await expect(ask(brug.manager, createClient, { ...again, notADuplicate: true })).resolves.toMatchObject({
      version: 1,
    });
  });

  it('tells of a BSN that it is in use, and who asked that is logged with the client', async () => {
    const clientId = await register({ familyName: 'Nummerhouder', bsn: bsnNumber(70) });
    const other = { familyName: 'Anders', bsn: bsnNumber(70), notADuplicate: true };
    const inUse = { code: 'bsn-in-use' };
    await expect(ask(brug.manager, createClient, other)).rejects.toMatchObject(inUse);
    const theirs = await register({ familyName: 'Buurvrouw' }, brug.manager);
    const change = { clientId: theirs, expectedVersion: 1, bsn: bsnNumber(70) };
    await expect(ask(brug.manager, updateClient, change)).rejects.toMatchObject(inUse);
    // Also when two ask at the same moment, and the unique key tells them apart.
    const racing = { familyName: 'Tegelijk', bsn: bsnNumber(71), notADuplicate: true };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => ask(brug.manager, createClient, { ...racing })),
    );
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.clientId] : []));
    expect(made).toHaveLength(1);
    expect((await accessLog(made[0] ?? '')).filter(({ action }) => action === 'search')).toHaveLength(5);
    expect((await accessLog(clientId)).map(({ operation, subjects }) => [operation, subjects[0]?.ground])).toEqual([
      [createClient.subject, 'own-institution'],
      [createClient.subject, 'duplicate-check'],
      [updateClient.subject, 'duplicate-check'],
    ]);
  });

  it('says nothing of who is known when the access log cannot be written', async () => {
    await register({
      givenNames: 'Ilse',
      familyName: 'Onbeschreven',
      birthDate: day('2002-02-02'),
      bsn: bsnNumber(72),
    });
    const outbox = service.get(Outbox);
    const store = jest.spyOn(outbox, 'store').mockRejectedValue(new Error('no disk'));
    const again = { givenNames: 'Ilse', familyName: 'Onbeschreven', birthDate: day('2002-02-02') };
    const unavailable = { code: 'access-log-unavailable' };
    await expect(ask(brug.manager, createClient, again)).rejects.toMatchObject(unavailable);
    const byBsn = { familyName: 'Wie', bsn: bsnNumber(72), notADuplicate: true };
    await expect(ask(brug.manager, createClient, byBsn)).rejects.toMatchObject(unavailable);
    store.mockRestore();
  });

  it('is done by a connected system for its institution', async () => {
    const system = systemOf(haven.organisationId);
    const { clientId } = await ask(system, createClient, { familyName: 'Systeemclient', notADuplicate: true });
    await expect(ask(haven.manager, getClient, { clientId })).resolves.toMatchObject({ name: 'Systeemclient' });
    expect((await accessLog(clientId))[0]).toMatchObject({
      actorKind: 'system',
      subjects: [{ ground: 'system-delivery' }],
    });
  });
});

describe('changing a record', () => {
  it('keeps every earlier version readable: who, when, which fields', async () => {
    const clientId = await register({ familyName: 'Versie', phone: '0612345678', bsn: bsnNumber(5) });
    const second = await ask(haven.manager, updateClient, {
      clientId,
      expectedVersion: 1,
      phone: null,
      zwaarte: 'heavy',
      bsn: bsnNumber(6),
    });
    expect(second).toMatchObject({ version: 2, zwaarte: 'heavy', bsnLastDigits: bsnNumber(6).slice(-3) });
    expect(second.phone).toBeUndefined();
    const page = await ask(haven.manager, listClientVersions, { clientId, limit: 1 });
    expect(page.items).toMatchObject([
      {
        version: 2,
        change: 'changed',
        changedBy: haven.manager.personId,
        changes: [
          { field: 'phone', before: '0612345678' },
          { field: 'zwaarte', after: 'heavy' },
          { field: 'bsn', before: `••••••${bsnNumber(5).slice(-3)}`, after: `••••••${bsnNumber(6).slice(-3)}` },
        ],
      },
    ]);
    const rest = await ask(haven.manager, listClientVersions, { clientId, limit: 1, cursor: page.nextCursor ?? '' });
    expect(rest.items).toMatchObject([{ version: 1, change: 'registered', details: { phone: '0612345678' } }]);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('is refused at another version, and makes none when nothing is different', async () => {
    const clientId = await register({ familyName: 'Oud' });
    const change = { clientId, expectedVersion: 1 };
    await expect(ask(haven.manager, updateClient, { ...change, familyName: 'Oud' })).resolves.toMatchObject({
      version: 1,
    });
    const results = await Promise.allSettled(
      ['A', 'B', 'C'].map((city) => ask(haven.manager, updateClient, { ...change, address: { city } })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'stale-version', params: { expected: 1, actual: 2 } } });
    }
  });

  it('goes on beside changes of housing', async () => {
    const clientId = await register({ familyName: 'Naast' });
    const arrival = { clientId, kind: 'arrival', placeId: haven.placeIds[0], from: day('2026-01-10') } as const;
    const [moved, changed] = await Promise.all([
      ask(haven.manager, recordHousingChange, { ...arrival, placeId: haven.placeIds[0] ?? '' }),
      ask(haven.manager, updateClient, { clientId, expectedVersion: 1, phone: '0611111111' }),
    ]);
    expect(moved.version).toBe(1);
    expect(changed.version).toBe(2);
    await expect(ask(haven.regisseur, getClient, { clientId })).resolves.toMatchObject({
      housing: 'housed',
      since: '2026-01-10',
      phone: '0611111111',
      place: { placeName: 'Kamer 1', clusterName: 'Haven begane grond', organisationName: 'Haven' },
    });
    await expect(
      ask(haven.manager, updateClient, { clientId, expectedVersion: 2, birthDate: day('2026-01-11') }),
    ).rejects.toMatchObject({ code: 'birth-date-after-stay', params: { date: '2026-01-10' } });
  });

  it('does not take a BSN that somebody else has', async () => {
    await register({ familyName: 'Eerste', bsn: bsnNumber(7) });
    const clientId = await register({ familyName: 'Tweede' });
    const change = { clientId, expectedVersion: 1, bsn: bsnNumber(7) };
    await expect(ask(haven.manager, updateClient, change)).rejects.toMatchObject({ code: 'bsn-in-use' });
  });
});
