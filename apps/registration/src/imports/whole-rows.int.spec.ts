import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { housingSituationChanged } from '#contracts/registration/facts.js';
import { getClientHousing, recordHousingChange } from '#contracts/registration/stays.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import type { Caller } from '#contracts/caller.js';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';

const HEADER = 'regelnummer;clientnummer;plekcode;soort;van;tot;vertrekreden;bestemming';
const day = parseCivilDate;

let registration: RunningRegistration;
let manager: Caller;
let desk: ImportDesk;

beforeAll(async () => {
  registration = await startRegistration();
  const made = await registration.ask(operator, createOrganisation, { name: 'De Haven', kind: 'institution' });
  manager = personWith('clientmanager', { organisationId: made.organisationId });
  desk = new ImportDesk(registration.ask, manager);
  const columns = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
  const places = ['P-1', 'P-2', 'P-3', 'P-4', 'P-5'].map(
    (code) => `De Haven;Kade;Groep;${code};Kamer ${code};opvang;light;inside-chain`,
  );
  await new ImportDesk(registration.ask, operator).import('places', [columns, ...places].join('\n'));
  await desk.import('clients', 'clientnummer;achternaam\nC-1;Jansen\nC-2;Bakker\n');
  const first = [HEADER, 'R-1;C-1;P-1;verblijf;1-1-2026;1-2-2026;;', 'R-2;C-2;P-2;verblijf;1-1-2026;1-2-2026;;'];
  expect((await desk.import('stays', first.join('\n'))).rows).toMatchObject({ done: 2, refused: 0 });
}, 60_000);
afterAll(() => registration.close());

async function targetOf(kind: string, number: string): Promise<string> {
  const link = await registration.database.collection('external_ids').findOne({ kind, number });
  return String(link?.['targetId'] ?? '');
}

async function factsOf(clientId: string): Promise<unknown[]> {
  const facts = await registration.facts(housingSituationChanged.type);
  return facts.filter(({ partitionkey }) => partitionkey === clientId).map(({ data }) => data);
}

describe('a row that means two changes', () => {
  it('makes both in one unit of work', async () => {
    const clientId = await targetOf('client', 'C-1');
    const rows = [
      HEADER,
      'R-1;C-1;P-1;verblijf;1-1-2026;1-2-2026;;',
      'R-3;C-1;P-3;verblijf;1-2-2026;1-3-2026;own-choice;family',
    ];
    expect((await desk.import('stays', rows.join('\n'))).rows).toMatchObject({ done: 1, unchanged: 1, refused: 0 });
    const { changes, stays } = await registration.ask(manager, getClientHousing, { clientId });
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['arrival', 'departure', 'move']);
    expect(stays.at(-1)).toMatchObject({ from: '2026-02-01', until: '2026-03-01' });
    const facts = await factsOf(clientId);
    expect(facts).toEqual([
      expect.objectContaining({ kind: 'arrival', version: 1 }),
      expect.objectContaining({ kind: 'move', version: 2 }),
      expect.objectContaining({ kind: 'departure', version: 3 }),
    ]);
    // Repeatable: the same file again does nothing.
    expect((await desk.import('stays', rows.join('\n'))).rows).toMatchObject({ done: 0, unchanged: 2 });
    expect(await factsOf(clientId)).toEqual(facts);
  });

  it('makes neither when the second is refused at the commit', async () => {
    const clientId = await targetOf('client', 'C-2');
    const rows = [
      HEADER,
      'R-2;C-2;P-2;verblijf;1-1-2026;1-2-2026;;',
      'R-4;C-2;P-4;verblijf;1-2-2026;1-3-2026;deceased;deceased',
    ];
    const { importId, rows: previewed } = await desk.preview('stays', rows.join('\n'));
    expect(previewed).toMatchObject({ new: 1, errors: 0 });
    // Between preview and commit somebody records that the client came back: then nobody can have died before.
    const placeId = await targetOf('place', 'P-5');
    await registration.ask(manager, recordHousingChange, {
      clientId,
      kind: 'arrival',
      placeId,
      from: day('2026-04-01'),
    });
    const before = await registration.ask(manager, getClientHousing, { clientId });
    const facts = await factsOf(clientId);
    await desk.commit(importId);
    expect((await desk.until(importId, ['completed'])).rows).toMatchObject({ done: 0, refused: 1 });
    expect(await desk.problems(importId)).toEqual(['3 tot stay-after-death']);
    expect(await registration.ask(manager, getClientHousing, { clientId })).toEqual(before);
    expect(await factsOf(clientId)).toEqual(facts);
    expect(await targetOf('stay', 'R-4')).toBe('');
  });
});
