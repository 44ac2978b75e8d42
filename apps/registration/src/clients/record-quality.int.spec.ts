import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { createClient, listDataQuality } from '#contracts/registration/clients.js';
import type { DataQuality } from '#contracts/registration/client-shapes.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { type Institution, makeInstitution } from '../test-support/people-and-places.js';
import { personWith, type RunningRegistration, startRegistration } from '../test-support/running-registration.js';
import { ClientsRepository } from './clients.repository.js';

const INCOMPLETE = 23;
const COMPLETE = 4;
const PAGE = 5;

let service: RunningRegistration;
let haven: Institution;
let brug: Institution;
const incomplete: string[] = [];
const complete: string[] = [];

beforeAll(async () => {
  service = await startRegistration();
  haven = await makeInstitution(service.ask, 'Haven', COMPLETE);
  brug = await makeInstitution(service.ask, 'Brug', 1);
  for (let number = 0; number < INCOMPLETE + COMPLETE; number += 1) {
    // Names out of order, and the complete ones between the others; two of one name, which only the identifier orders.
    const familyName = `Naam${String.fromCharCode(97 + ((number * 7) % 26))}`;
    const isComplete = number % 7 === 3 && complete.length < COMPLETE;
    const more = { birthDate: parseCivilDate('2004-05-06'), phone: '0612345678', zwaarte: 'light' as const };
    const { clientId } = await service.ask(haven.manager, createClient, {
      givenNames: `Nummer`,
      familyName,
      municipalityOfOrigin: 'Waterstad',
      notADuplicate: true,
      ...(isComplete ? more : {}),
    });
    (isComplete ? complete : incomplete).push(clientId);
    if (!isComplete) continue;
    const placeId = haven.placeIds[complete.length - 1] ?? '';
    const arrival = { clientId, kind: 'arrival' as const, placeId, from: parseCivilDate('2026-01-05') };
    await service.ask(haven.manager, recordHousingChange, arrival);
  }
  await service.ask(brug.manager, createClient, { familyName: 'Vreemd', notADuplicate: true });
}, 60_000);
afterAll(() => service.close());
afterEach(() => {
  jest.restoreAllMocks();
});

async function allPages(caller: Caller, filter: object = {}): Promise<DataQuality[]> {
  const pages: DataQuality[] = [];
  for (let cursor: string | undefined; pages.length < 20;) {
    const page = await service.ask(caller, listDataQuality, { ...filter, limit: PAGE, ...(cursor && { cursor }) });
    pages.push(page);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  return pages;
}

/** How many records are read from the database while something is asked. */
function countingReads(): { reads: () => number } {
  const repository = service.get(ClientsRepository);
  const read = repository.eachByName.bind(repository);
  let reads = 0;
  jest.spyOn(repository, 'eachByName').mockImplementation(async function* counted(...asked) {
    for await (const client of read(...asked)) {
      reads += 1;
      yield client;
    }
  });
  return { reads: () => reads };
}

describe('the list of records that miss something', () => {
  it('gives everybody once over several pages, by name, with exact shares on the first', async () => {
    const [first, ...further] = await allPages(haven.manager);
    expect(further).toHaveLength(4);
    const items = [...(first?.items ?? []), ...further.flatMap((page) => page.items)];
    expect(items.map(({ clientId }) => clientId).sort()).toEqual([...incomplete].sort());
    const names = items.map(({ clientName }) => clientName);
    expect(names).toEqual([...names].sort());
    expect(first).toMatchObject({
      total: INCOMPLETE,
      organisations: [
        {
          organisationId: haven.organisationId,
          organisationName: 'Haven',
          clients: INCOMPLETE + COMPLETE,
          complete: COMPLETE,
        },
      ],
    });
    for (const page of further) expect([page.organisations, page.total]).toEqual([[], undefined]);
  });

  it('keeps to what is asked for, and to what a regisseur sees, on every page', async () => {
    const withoutZwaarte = (await allPages(haven.manager, { missing: 'zwaarte' })).flatMap(({ items }) => items);
    expect(withoutZwaarte).toHaveLength(INCOMPLETE);
    const named = incomplete.slice(0, 7);
    const regisseur = personWith('trajectregisseur', { clusterIds: [haven.clusterId], clientIds: named });
    const [first, second, ...none] = await allPages(regisseur);
    expect(none).toEqual([]);
    expect([...(first?.items ?? []), ...(second?.items ?? [])].map(({ clientId }) => clientId).sort()).toEqual(
      [...named].sort(),
    );
    expect(first).toMatchObject({ total: 7, organisations: [{ clients: 7 + COMPLETE, complete: COMPLETE }] });
  });

  it('reads no further than a page needs, once the shares are known', async () => {
    const first = await service.ask(haven.manager, listDataQuality, { limit: PAGE });
    const { reads } = countingReads();
    await service.ask(haven.manager, listDataQuality, { limit: PAGE, cursor: first.nextCursor ?? '' });
    expect(reads()).toBeGreaterThan(PAGE);
    expect(reads()).toBeLessThanOrEqual(PAGE + 1 + COMPLETE);
  });
});
