import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validate } from 'class-validator';
import { parseCivilDate } from '#calendar/civil-date.js';
import {
  createClient,
  type ClientSort,
  listClientVersions,
  listDataQuality,
  searchClients,
  SearchClients,
} from '#contracts/registration/clients.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { bsnNumber, type Institution, makeInstitution } from '../test-support/people-and-places.js';
import { personWith, type RunningRegistration, startRegistration } from '../test-support/running-registration.js';

let service: RunningRegistration;
let haven: Institution;
let brug: Institution;
const ids = new Map<string, string>();
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);
const day = parseCivilDate;

/** Family name, given names, date of birth, and the day of arrival where they live. */
const people: [string, string, string?, string?][] = [
  ['de Vries', 'Anna', '2001-02-03', '2026-01-05'],
  ['Vriesman', 'Bo', '1999-12-31', '2026-01-02'],
  ['Şahin', 'Cem', '2004-07-08', '2026-01-03'],
  ['Jansen', 'Daan', '2001-02-03'],
  ['Jansen', 'Anna'],
  ['Bakker', 'Eva', '2000-01-01'],
];

beforeAll(async () => {
  service = await startRegistration();
  haven = await makeInstitution(ask, 'Haven', 3);
  brug = await makeInstitution(ask, 'Brug', 1);
  const free = [...haven.placeIds];
  for (const [index, [familyName, givenNames, birthDate, from]] of people.entries()) {
    const command = {
      familyName,
      givenNames,
      ...(birthDate ? { birthDate: day(birthDate) } : {}),
      ...(index === 0 ? { bsn: bsnNumber(1), zwaarte: 'heavy' as const } : {}),
      notADuplicate: true,
    };
    const { clientId } = await ask(haven.manager, createClient, command);
    ids.set(`${givenNames} ${familyName}`, clientId);
    if (from) {
      const placeId = free.shift() ?? '';
      await ask(haven.manager, recordHousingChange, { clientId, kind: 'arrival', placeId, from: day(from) });
    }
  }
  await ask(haven.manager, recordHousingChange, {
    clientId: ids.get('Cem Şahin') ?? '',
    kind: 'departure',
    date: day('2026-02-01'),
    reason: 'own-choice',
    destination: 'family',
  });
  await ask(brug.manager, createClient, { familyName: 'Vreemd', notADuplicate: true });
}, 60_000);
afterAll(() => service.close());

async function found(query: SearchClients, caller = haven.manager): Promise<string[]> {
  return (await ask(caller, searchClients, query)).items.map(({ name }) => name);
}

describe('searching clients', () => {
  it.each<[SearchClients, string[]]>([
    [{ text: 'vries' }, ['Anna de Vries', 'Bo Vriesman']],
    [{ text: 'VRIES an' }, ['Anna de Vries']],
    [{ text: 'sahin' }, ['Cem Şahin']],
    [{ text: '3-2-2001' }, ['Anna de Vries', 'Daan Jansen']],
    [{ text: 'jan 2001-02-03' }, ['Daan Jansen']],
    [{ birthDate: day('1999-12-31') }, ['Bo Vriesman']],
    [{ bsn: bsnNumber(1) }, ['Anna de Vries']],
    [{ text: bsnNumber(1) }, ['Anna de Vries']],
    [{ text: bsnNumber(2) }, []],
    [{ zwaarte: 'heavy' }, ['Anna de Vries']],
    [{ housing: 'housed' }, ['Anna de Vries', 'Bo Vriesman']],
    [{ housing: 'left' }, ['Cem Şahin']],
    [{ housing: 'none' }, ['Eva Bakker', 'Anna Jansen', 'Daan Jansen']],
    [{ text: 'vreemd' }, []],
  ])('%j', async (query, names) => {
    const sorted = await found(query);
    expect(new Set(sorted)).toEqual(new Set(names));
  });

  it('refuses a BSN that cannot be one', async () => {
    await expect(found({ bsn: '123456789' })).rejects.toMatchObject({ code: 'bsn-invalid' });
  });

  it('is bound to what the caller sees', async () => {
    await expect(found({}, brug.manager)).resolves.toEqual(['Vreemd']);
    await expect(found({ organisationId: haven.organisationId }, brug.manager)).resolves.toEqual([]);
    const inCluster = await found({}, haven.regisseur);
    expect(new Set(inCluster)).toEqual(new Set(['Anna de Vries', 'Bo Vriesman', 'Cem Şahin']));
    await expect(found({}, personWith('trajectregisseur'))).resolves.toEqual([]);
    const named = personWith('trajectregisseur', { clientIds: [ids.get('Eva Bakker') ?? ''] });
    await expect(found({}, named)).resolves.toEqual(['Eva Bakker']);
  });

  const expected: [ClientSort, string[]][] = [
    ['name', ['Eva Bakker', 'Anna de Vries', 'Anna Jansen', 'Daan Jansen', 'Cem Şahin', 'Bo Vriesman']],
    ['birthDate', ['Anna Jansen', 'Bo Vriesman', 'Eva Bakker', 'Anna de Vries', 'Daan Jansen', 'Cem Şahin']],
    ['since', ['Eva Bakker', 'Anna Jansen', 'Daan Jansen', 'Bo Vriesman', 'Cem Şahin', 'Anna de Vries']],
  ];

  it.each(expected)('pages through everybody once, by %s and back', async (sort, names) => {
    for (const [order, wanted] of [
      [sort, names],
      [`-${sort}`, [...names].reverse()],
    ] as [ClientSort, string[]][]) {
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ask(haven.manager, searchClients, { sort: order, limit: 2, ...(cursor ? { cursor } : {}) });
        expect(page.total).toBe(people.length);
        paged.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(paged)).toEqual(new Set(wanted));
      expect(paged).toHaveLength(wanted.length);
      if (sort === 'name') expect(paged).toEqual(wanted);
    }
  });

  it('logs exactly the clients that were shown', async () => {
    const before = (await service.accesses()).length;
    await ask(haven.manager, searchClients, { text: 'jansen', limit: 1 });
    const entries = (await service.accesses()).slice(before);
    expect(entries).toEqual([
      expect.objectContaining({
        action: 'search',
        operation: 'registration.clients.search',
        subjects: [{ clientId: ids.get('Anna Jansen'), ground: 'own-institution' }],
      }),
    ]);
  });
});

describe('data quality', () => {
  it('says who misses what, and the share that is registered', async () => {
    const all = await ask(haven.manager, listDataQuality, {});
    expect(all.organisations).toEqual([
      { organisationId: haven.organisationId, organisationName: 'Haven', clients: 5, complete: 0 },
    ]);
    expect(all.items.map(({ clientName }) => clientName)).toEqual([
      'Eva Bakker',
      'Anna de Vries',
      'Anna Jansen',
      'Daan Jansen',
      'Bo Vriesman',
    ]);
    expect(all.items[1]).toMatchObject({ missing: ['contact', 'municipality-of-origin'] });
    const noBirthDate = await ask(haven.manager, listDataQuality, { missing: 'birth-date' });
    expect(noBirthDate.items.map(({ clientName }) => clientName)).toEqual(['Anna Jansen']);
  });

  it('pages by name, and keeps to what the caller sees', async () => {
    const first = await ask(haven.manager, listDataQuality, { limit: 3 });
    const rest = await ask(haven.manager, listDataQuality, { limit: 3, cursor: first.nextCursor ?? '' });
    expect([first.items.length, rest.items.length, rest.nextCursor, first.total]).toEqual([3, 2, undefined, 5]);
    const caseload = await ask(haven.regisseur, listDataQuality, {});
    expect(caseload.items.map(({ clientName }) => clientName)).toEqual(['Anna de Vries', 'Bo Vriesman']);
    const others = await ask(brug.manager, listDataQuality, { organisationId: haven.organisationId });
    expect(others).toMatchObject({ items: [], organisations: [] });
  });
});

describe('long texts', () => {
  const cyrillic = (length: number) => 'Ж'.repeat(length);

  it('versions of a record with all that it can hold come in more pages', async () => {
    const VERSIONS = 100;
    const contactPersons = Array.from({ length: 20 }, () => ({ name: cyrillic(160), relation: 'other' as const }));
    const { clientId } = await ask(haven.manager, createClient, {
      familyName: 'Uitvoerig',
      contactPersons,
      notADuplicate: true,
    });
    const stored = service.database.collection<{ _id: string; version: number }>('client_versions');
    const [first] = await stored.find({ _id: `${clientId}:1` }).toArray();
    if (first === undefined) throw new Error('no version');
    const later = Array.from({ length: VERSIONS - 1 }, (_, index) => index + 2);
    await stored.insertMany(later.map((version) => ({ ...first, _id: `${clientId}:${String(version)}`, version })));
    const seen: number[] = [];
    let pages = 0;
    for (let cursor: string | undefined, more = true; more;) {
      const page = await ask(haven.manager, listClientVersions, { clientId, limit: 200, ...(cursor && { cursor }) });
      expect(JSON.stringify(page).length).toBeLessThan(260_000);
      seen.push(...page.items.map(({ version }) => version));
      pages += 1;
      cursor = page.nextCursor;
      more = cursor !== undefined;
    }
    expect(pages).toBeGreaterThan(1);
    expect(seen).toEqual([...later.reverse(), 1]);
  });

  it('a list goes on behind a name as long as a name can be', async () => {
    const names = ['А', 'Б'].map((begin) => ({ familyName: begin + cyrillic(119), givenNames: cyrillic(120) }));
    for (const name of names) await ask(haven.manager, createClient, { ...name, notADuplicate: true });
    const query = { text: cyrillic(20), limit: 1 };
    const { items, nextCursor = '' } = await ask(haven.manager, searchClients, query);
    const next = { ...query, cursor: nextCursor };
    // The gateway checks it, and would refuse a cursor that is too long.
    expect(await validate(Object.assign(new SearchClients(), next))).toEqual([]);
    const rest = await ask(haven.manager, searchClients, next);
    expect([...items, ...rest.items].map(({ name }) => name)).toEqual(
      names.map(({ givenNames, familyName }) => `${givenNames} ${familyName}`),
    );
  });
});
