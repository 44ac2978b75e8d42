import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Zwaarte } from '#contracts/codes.js';
import {
  createClient,
  getClient,
  mergeClients,
  unmergeClients,
  updateClient,
} from '#contracts/registration/clients.js';
import { createPerson, personBySubject, updatePerson } from '#contracts/registration/people.js';
import {
  createCluster,
  createLocation,
  createOrganisation,
  createPlace,
  updateCluster,
  updateLocation,
  updateOrganisation,
  updatePlace,
} from '#contracts/registration/structure.js';
import { registerWaiting, withdrawWaiting } from '#contracts/registration/waiting-list.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { RegistrationModule } from './registration.module.js';
import { bsnNumber, type Institution, makeInstitution } from './test-support/people-and-places.js';
import {
  operator,
  ownService,
  type RunningRegistration,
  startRegistration,
} from './test-support/running-registration.js';

/** docs/decisions/0010: what is unique and can be given up is free for somebody else from that moment on. */

let first: RunningRegistration;
let second: RunningService;
let haven: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => first.ask(caller, request, payload);
let made = 0;

beforeAll(async () => {
  first = await startRegistration();
  // Both answer from the same queue group, so requests at the same moment are spread over two processes' worth of code.
  second = await startService('registration', first.config, (config) => RegistrationModule.with(config));
  haven = await makeInstitution(ask, 'Haven', 2);
}, 60_000);
afterAll(async () => {
  await second.stop();
  await first.close();
}, 30_000);

async function client(bsn?: string) {
  made += 1;
  const name = { givenNames: `Vrij${String(made)}`, familyName: `Waarde${String(made)}`, notADuplicate: true };
  return ask(haven.manager, createClient, { ...name, ...(bsn === undefined ? {} : { bsn }) });
}

const setBsn = (clientId: string, expectedVersion: number, bsn: string | null) =>
  ask(haven.manager, updateClient, { clientId, expectedVersion, bsn });

async function place(name: string) {
  const facts = { kind: 'opvang', zwaarte: 'light', fundingFrame: 'inside-chain' } as const;
  return ask(operator, createPlace, { clusterId: haven.clusterId, name, ...facts });
}

/** Of answers to the same wish at the same moment: one was given, all others refused with this code. */
function expectOneWinner(answers: readonly PromiseSettledResult<unknown>[], code: string): void {
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  expect(refusals).toHaveLength(answers.length - 1);
  for (const refusal of refusals) expect(refusal).toMatchObject({ code });
}

describe('a BSN', () => {
  it('is free once a client has another one, or none', async () => {
    const [x, y] = [bsnNumber(101), bsnNumber(102)];
    const a = await client(x);
    await expect(client(x)).rejects.toMatchObject({ code: 'bsn-in-use', fields: [{ path: 'bsn' }] });
    await setBsn(a.clientId, 1, y);
    const b = await client(x);
    await expect(setBsn(a.clientId, 2, x)).rejects.toMatchObject({ code: 'bsn-in-use' });
    await setBsn(b.clientId, 1, null);
    await setBsn(a.clientId, 2, x);
    await setBsn(b.clientId, 2, y);
    await expect(client(x)).rejects.toMatchObject({ code: 'bsn-in-use' });
    await expect(client(y)).rejects.toMatchObject({ code: 'bsn-in-use' });
  });

  it('goes along with a merge and comes back, and is free for others only when it is given up', async () => {
    const x = bsnNumber(103);
    const from = await client(x);
    const into = await client();
    const merge = { clientId: from.clientId, intoClientId: into.clientId, reason: 'Dubbel' };
    // There and back twice: what is given free must be free every time.
    for (let round = 1; round <= 2; round += 1) {
      await ask(haven.manager, mergeClients, merge);
      expect(await ask(haven.manager, getClient, { clientId: into.clientId })).toMatchObject({
        bsnLastDigits: x.slice(-3),
      });
      await expect(client(x)).rejects.toMatchObject({ code: 'bsn-in-use' });
      await ask(haven.manager, unmergeClients, { clientId: from.clientId });
      await expect(client(x)).rejects.toMatchObject({ code: 'bsn-in-use' });
    }
    const { version } = await ask(haven.manager, getClient, { clientId: from.clientId });
    await setBsn(from.clientId, version, null);
    await expect(client(x)).resolves.toMatchObject({ version: 1 });
    // Somebody else has it now: the merge goes on without a BSN to bring.
    await expect(ask(haven.manager, mergeClients, merge)).resolves.toMatchObject({ intoClientId: into.clientId });
  });

  it('is not given back by taking a merge back when somebody else got it meanwhile', async () => {
    const x = bsnNumber(104);
    const from = await client(x);
    const into = await client();
    const merge = { clientId: from.clientId, intoClientId: into.clientId, reason: 'Dubbel' };
    const { intoVersion } = await ask(haven.manager, mergeClients, merge);
    await setBsn(into.clientId, intoVersion, null);
    await client(x);
    await expect(ask(haven.manager, unmergeClients, { clientId: from.clientId })).rejects.toMatchObject({
      code: 'bsn-in-use',
    });
    expect(await ask(haven.manager, getClient, { clientId: from.clientId })).toMatchObject({
      mergedInto: { clientId: into.clientId },
    });
  });

  it('is for one of those who claim it at the same moment', async () => {
    const x = bsnNumber(105);
    const given = await client(x);
    const clients = await Promise.all([client(), client(), client(), client()]);
    await setBsn(given.clientId, 1, bsnNumber(106));
    const edits = clients.map(({ clientId }) => setBsn(clientId, 1, x));
    expectOneWinner(await Promise.allSettled([...edits, client(x), client(x), client(x), client(x)]), 'bsn-in-use');
  });
});

describe("a person's subject", () => {
  const person = (subject: string) =>
    ask(operator, createPerson, { kind: 'person', name: `Wie ${subject}`, subject, roles: ['beheerder'] });

  it('is free once the person has another one', async () => {
    const one = await person('s-1');
    await ask(operator, updatePerson, { personId: one.personId, expectedVersion: 1, subject: 's-2' });
    const other = await person('s-1');
    await expect(ask(ownService, personBySubject, { subject: 's-1' })).resolves.toMatchObject({
      personId: other.personId,
    });
    await expect(ask(ownService, personBySubject, { subject: 's-2' })).resolves.toMatchObject({
      personId: one.personId,
    });
    const back = { personId: one.personId, expectedVersion: 2, subject: 's-1' };
    await expect(ask(operator, updatePerson, back)).rejects.toMatchObject({
      code: 'subject-in-use',
      fields: [{ path: 'subject' }],
    });
    await ask(operator, updatePerson, { personId: other.personId, expectedVersion: 1, subject: 's-3' });
    await expect(ask(operator, updatePerson, back)).resolves.toMatchObject({ subject: 's-1' });
  });

  it('is for one of those who claim it at the same moment', async () => {
    const wishes = Array.from({ length: 6 }, () => person('s-9'));
    expectOneWinner(await Promise.allSettled(wishes), 'subject-in-use');
  });
});

describe('names and labels', () => {
  it('swap between two places of one cluster', async () => {
    const [one, two] = [await place('Eén'), await place('Twee')];
    const relabel = (placeId: string, expectedVersion: number, name: string) =>
      ask(operator, updatePlace, { placeId, expectedVersion, name });
    await expect(relabel(one.placeId, 1, 'twee')).rejects.toMatchObject({
      code: 'already-exists',
      fields: [{ path: 'name' }],
    });
    await relabel(one.placeId, 1, 'Even anders');
    await relabel(two.placeId, 1, 'Eén');
    await relabel(one.placeId, 2, 'Twee');
    await expect(place('EEN')).rejects.toMatchObject({ code: 'already-exists' });
    await expect(place('Even anders')).resolves.toMatchObject({ name: 'Even anders' });
    // Another way to write the same label stays one's own.
    await expect(relabel(one.placeId, 3, 'TWEE')).resolves.toMatchObject({ name: 'TWEE' });
  });

  it('of organisations, locations and clusters are free once they changed', async () => {
    const organisation = async (name: string) => ask(operator, createOrganisation, { name, kind: 'institution' });
    const { organisationId } = await organisation('Oud Huis');
    const location = (name: string) => ask(operator, createLocation, { organisationId, name });
    const { locationId } = await location('Oude Kade');
    const cluster = (name: string) => ask(operator, createCluster, { locationId, name });
    const { clusterId } = await cluster('Oude Groep');
    await ask(operator, updateOrganisation, { organisationId, expectedVersion: 1, name: 'Nieuw Huis' });
    await ask(operator, updateLocation, { locationId, expectedVersion: 1, name: 'Nieuwe Kade' });
    await ask(operator, updateCluster, { clusterId, expectedVersion: 1, name: 'Nieuwe Groep' });
    await expect(organisation('Oud Huis')).resolves.toMatchObject({ version: 1 });
    await expect(location('Oude Kade')).resolves.toMatchObject({ version: 1 });
    await expect(cluster('Oude Groep')).resolves.toMatchObject({ version: 1 });
    const taken = { code: 'already-exists', fields: [{ path: 'name' }] };
    await expect(organisation('Nieuw Huis')).rejects.toMatchObject(taken);
    await expect(location('Nieuwe kade')).rejects.toMatchObject(taken);
    await expect(cluster('nieuwe groep')).rejects.toMatchObject(taken);
  });

  it('are for one of those who claim them at the same moment', async () => {
    const [one, two] = [await place('Links'), await place('Rechts')];
    const wishes = [one, two].map(({ placeId }) =>
      ask(operator, updatePlace, { placeId, expectedVersion: 1, name: 'Midden' }),
    );
    expectOneWinner(await Promise.allSettled([...wishes, place('Midden'), place('midden')]), 'already-exists');
  });

  it('stay free when the change that would have claimed them was refused', async () => {
    const { placeId } = await place('Vast');
    const stale = ask(operator, updatePlace, { placeId, expectedVersion: 7, name: 'Nooit' });
    await expect(stale).rejects.toMatchObject({ code: 'stale-version' });
    await expect(place('Nooit')).resolves.toMatchObject({ name: 'Nooit' });
  });
});

describe('a wait for one kind of place', () => {
  it('can be registered again after it ended, once', async () => {
    const { clientId } = await client();
    const zwaarte: Zwaarte = 'heavy';
    const register = () =>
      ask(haven.manager, registerWaiting, { clientId, kind: 'opvang', zwaarte, urgency: 'regular' });
    const { entryId, version } = await register();
    await expect(register()).rejects.toMatchObject({ code: 'already-waiting' });
    await ask(haven.manager, withdrawWaiting, { entryId, expectedVersion: version, reason: 'no-longer-needed' });
    const again = await Promise.allSettled([register(), register(), register()]);
    expectOneWinner(again, 'already-waiting');
  });
});
