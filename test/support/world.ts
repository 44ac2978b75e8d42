import { DEMO_ORGANISATIONS, DEMO_PEOPLE, DEMO_SYSTEM } from '../../deploy/local/issuer/demo-people.ts';
import type { Api } from '../../examples/api.ts';
import type { TestSystem } from '../../libs/testing/src/system.ts';
import { type SignIn, signInto } from './sign-in.ts';

/** A small chain in a running system: one institution with places and clients, and who works with them. */
export interface World extends SignIn {
  readonly institutionId: string;
  readonly otherInstitutionId: string;
  readonly clusterId: string;
  readonly otherClusterId: string;
  readonly placeIds: readonly string[];
  readonly otherPlaceIds: readonly string[];
  readonly clientIds: readonly string[];
  /** Directory ids by key of the demo person. */
  readonly personIds: ReadonlyMap<string, string>;
}

export interface WorldSize {
  readonly places: number;
  readonly clients: number;
}

/**
 * Makes the world through the interface, as an operator and a clientmanager would: Samira's institution (De Haven) with
 * its places and clients, Joost's (Het Kruispunt) beside it, Noor as the regisseur of the first, Daan of the second.
 */
export async function makeWorld(system: TestSystem, size: WorldSize): Promise<World> {
  const signIn = signInto(system);
  const { as } = signIn;
  const operator = await as('beheer');
  const make = async (name: string, kind: string) =>
    (await operator.post<{ organisationId: string }>('/v1/organisations', { name, kind }, { key: `world-${name}` }))
      .organisationId;
  const organisations = new Map<string, string>();
  for (const { key, name, kind } of DEMO_ORGANISATIONS) organisations.set(key, await make(name, kind));
  const personIds = await makePeople(operator, organisations);
  const idOf = (key: string): string => {
    const id = organisations.get(key);
    if (id === undefined) throw new Error(`no organisation ${key}`);
    return id;
  };
  const first = await makeCluster(operator, idOf('de-haven'), personIds.get('samira'), size.places);
  const second = await makeCluster(operator, idOf('kruispunt'), personIds.get('joost'), Math.min(size.places, 4));
  for (const [regisseur, clusterId, coordinator] of [
    ['noor', first.clusterId, true],
    ['daan', second.clusterId, false],
  ] as const) {
    const body = { clusterIds: [clusterId], clientIds: [], coordinator };
    // The caseload is only accepted once the facts about person and cluster have arrived there.
    await patiently(() => operator.put(`/v1/caseloads/${personIds.get(regisseur) ?? ''}`, body));
  }
  const manager = await as('samira');
  const clientIds = await numbered(size.clients, async (number) => {
    const body = {
      givenNames: `Test${number}`,
      familyName: `Wereld${letters(number)}`,
      birthDate: '2005-03-04',
      notADuplicate: true,
    };
    return (await manager.post<{ clientId: string }>('/v1/clients', body, { key: `world-client-${number}` })).clientId;
  });
  return {
    institutionId: idOf('de-haven'),
    otherInstitutionId: idOf('kruispunt'),
    clusterId: first.clusterId,
    otherClusterId: second.clusterId,
    placeIds: first.placeIds,
    otherPlaceIds: second.placeIds,
    clientIds,
    personIds,
    ...signIn,
  };
}

async function makePeople(operator: Api, organisations: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const there = await operator.all<{ personId: string; subject: string; name: string; version: number }>('/v1/people');
  for (const { key, subject, name, roles, organisation } of DEMO_PEOPLE) {
    const known = there.find((person) => person.subject === subject);
    const organisationId = organisations.get(organisation);
    const body = { kind: 'person', name, subject, roles, organisationId };
    const person = known ?? (await operator.post<{ personId: string }>('/v1/people', body, { key: `world-${key}` }));
    ids.set(key, person.personId);
    // The operator was there from the start, without a name of her own.
    if (known !== undefined && known.name !== name) {
      await operator.patch(`/v1/people/${known.personId}`, { name, organisationId }, { version: known.version });
    }
  }
  const { clientId: subject, name, organisation } = DEMO_SYSTEM;
  const body = { kind: 'system', name, subject, roles: [], organisationId: organisations.get(organisation) };
  await operator.post('/v1/people', body, { key: `world-${subject}` });
  return ids;
}

async function makeCluster(
  operator: Api,
  organisationId: string,
  representativePersonId: string | undefined,
  places: number,
): Promise<{ clusterId: string; placeIds: string[] }> {
  const key = (what: string) => ({ key: `world-${organisationId}-${what}` });
  const location = await operator.post<{ locationId: string }>(
    `/v1/organisations/${organisationId}/locations`,
    { name: 'Havenkade' },
    key('location'),
  );
  const cluster = await operator.post<{ clusterId: string }>(
    `/v1/locations/${location.locationId}/clusters`,
    { name: 'Groep', representativePersonId },
    key('cluster'),
  );
  const placeIds = await numbered(places, async (number) => {
    const body = { name: `Kamer ${number}`, kind: 'opvang', zwaarte: 'medium', fundingFrame: 'inside-chain' };
    const path = `/v1/clusters/${cluster.clusterId}/places`;
    return (await operator.post<{ placeId: string }>(path, body, key(`place-${number}`))).placeId;
  });
  return { clusterId: cluster.clusterId, placeIds };
}

/** Makes as many as asked for, some at a time, in the order of their numbers. */
async function numbered(count: number, make: (number: number) => Promise<string>): Promise<string[]> {
  const made: string[] = [];
  for (let first = 1; first <= count; first += 8) {
    const numbers = Array.from({ length: Math.min(8, count - first + 1) }, (_, index) => first + index);
    made.push(...(await Promise.all(numbers.map(make))));
  }
  return made;
}

/** Names without digits, each different. */
function letters(number: number): string {
  return number.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 26)));
}

/** Tries until it works, at most 20 seconds: what was made a moment ago may still be on its way to another service. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
