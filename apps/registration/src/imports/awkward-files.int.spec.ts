import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { MAX_IMPORT_BYTES } from '#contracts/imports/imports.js';
import { registrationImports } from '#contracts/registration/imports.js';
import { createClient } from '#contracts/registration/clients.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import { Refusal } from '#contracts/refusal.js';
import { Outbox } from '#messaging/outbox.js';
import { waitFor } from '#testing/wait-for.js';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';
import { ImportWorker } from '#imports/import-worker.js';

const folder = join(import.meta.dirname, '../../../../examples/awkward');
const file = (name: string) => readFileSync(join(folder, name));

let registration: RunningRegistration;
let haven: ImportDesk;
let other: ImportDesk;
let desk: ImportDesk;
let havenId: string;

beforeAll(async () => {
  registration = await startRegistration();
  const organisation = async (name: string) => {
    const made = await registration.ask(operator, createOrganisation, { name, kind: 'institution' });
    return made.organisationId;
  };
  havenId = await organisation('De Haven');
  const otherId = await organisation('Het Kruispunt');
  haven = new ImportDesk(registration.ask, personWith('clientmanager', { organisationId: havenId }));
  other = new ImportDesk(registration.ask, personWith('clientmanager', { organisationId: otherId }));
  desk = new ImportDesk(registration.ask, operator);
  const columns = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
  const places = ['P-1', 'P-2', 'P-3'].map(
    (code) => `De Haven;Kade;Groep;${code};Kamer ${code};opvang;light;inside-chain`,
  );
  const theirs = 'Het Kruispunt;Straat;Huis;ANDER-1;Kamer;opvang;light;inside-chain';
  expect((await desk.import('places', [columns, ...places, theirs].join('\n'))).rows.done).toBe(4);
  const clients = 'clientnummer,achternaam\nHV-1,Jansen\nHV-2,Bakker\nHV-3,Visser\n';
  expect((await haven.import('clients', clients)).rows.done).toBe(3);
}, 60_000);
afterAll(() => registration.close());

async function wholeFile(name: string): Promise<(string | undefined)[]> {
  const { state, problem, problems } = await haven.preview('clients', file(name));
  return [state, problem?.code, ...(problems ?? []).map(({ path, code }) => `${path} ${code}`)];
}

describe('the preview of a file with mistakes', () => {
  it('names every cell of clients that is wrong', async () => {
    const { importId, rows, encoding } = await haven.preview('clients', file('clients-wrong-cells.csv'));
    expect(encoding).toBe('utf-8');
    expect(await haven.problems(importId)).toEqual([
      '2 geboortedatum date-not-existing',
      '3 geboortedatum birth-date-in-future',
      '4 zwaarte code-unknown',
      '4 bsn bsn-invalid',
      '4 postcode postcode-invalid',
      '4 email email-invalid',
      '5 geboortedatum cell-date-form',
      '5 achternaam field-required',
      '6 clientnummer field-required',
      '7 achternaam cell-formula',
      '9 clientnummer row-twice-in-file',
    ]);
    expect(rows).toMatchObject({ total: 9, new: 2, errors: 7 });
  });

  it('names rows of another width', async () => {
    const { importId } = await haven.preview('clients', file('clients-ragged-rows.csv'));
    expect(await haven.problems(importId)).toEqual(['2  row-columns-differ', '3  row-columns-differ']);
  });

  it('refuses a header that is wrong, without repeating data', async () => {
    expect(await wholeFile('clients-duplicate-header.csv')).toEqual([
      'failed',
      'column-twice',
      'achternaam column-twice',
      'geslacht column-unknown',
    ]);
    expect(await wholeFile('clients-no-header.csv')).toEqual(['failed', 'header-missing', ' header-missing']);
    const { problem } = await haven.preview('stays', file('clients-ragged-rows.csv'));
    expect(problem).toMatchObject({ path: 'regelnummer', code: 'column-missing' });
  });

  it('refuses characters and quotation marks that are wrong', async () => {
    expect((await wholeFile('clients-wrong-encoding.csv')).slice(0, 2)).toEqual(['failed', 'file-encoding-unreadable']);
    expect((await wholeFile('clients-open-quote.csv')).slice(0, 2)).toEqual(['failed', 'quotes-unbalanced']);
  });

  it('names what is wrong with stays, by the same rules as any change', async () => {
    const { importId, rows } = await haven.preview('stays', file('stays-wrong.csv'));
    expect(await haven.problems(importId)).toEqual([
      '3 plekcode place-occupied',
      '4 plekcode unknown-place-code',
      '5 clientnummer unknown-client-number',
      '6 plekcode unknown-place-code',
      '7 tot date-order',
      '8 van date-not-existing',
      '9 van arrival-in-future',
      '10 van reservation-in-past',
      '11 van client-not-housed',
      '12 bestemming field-required',
      '13 soort code-unknown',
      '14 regelnummer row-twice-in-file',
      '15 van client-already-housed',
    ]);
    expect(rows).toMatchObject({ new: 1, errors: 13 });
    const committed = await haven.import('stays', file('stays-wrong.csv'));
    expect(committed.rows).toMatchObject({ done: 1, refused: 0, errors: 13 });
  });

  it('names what is wrong with places', async () => {
    const { importId } = await desk.preview('places', file('places-wrong.csv'));
    expect(await desk.problems(importId)).toEqual([
      '2 instelling unknown-organisation',
      '3 soort code-unknown',
      '4 gesloten_vanaf date-order',
      '6 plekcode row-twice-in-file',
      '7 pleknaam row-twice-in-file',
    ]);
  });

  it('warns of somebody who seems to be there, and takes a BSN that is in use for a mistake', async () => {
    const person = { familyName: 'Pinas', givenNames: 'Dewi', bsn: '999990019' };
    const caller = personWith('clientmanager', { organisationId: havenId });
    const birthDate = parseCivilDate('2004-05-06');
    await registration.ask(caller, createClient, { ...person, birthDate });
    const content =
      'clientnummer;voornamen;achternaam;geboortedatum;bsn\nK-1;Dewi;Pinas;6-5-2004;\nK-2;An;Smit;;999990019\n';
    const { importId } = await other.preview('clients', content);
    const [first, second] = await other.rows(importId);
    expect(first).toMatchObject({ outcome: 'new', warnings: [{ path: 'achternaam', code: 'possible-duplicate' }] });
    expect(second).toMatchObject({ outcome: 'error', problems: [{ path: 'bsn', code: 'bsn-in-use' }] });
  });
});

describe('a file', () => {
  const codeOf = async (work: Promise<unknown>) => {
    try {
      await work;
      return 'accepted';
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error);
    }
  };
  const caller = () => personWith('clientmanager', { organisationId: havenId });

  it('is not stored readably', async () => {
    await haven.preview('clients', 'clientnummer;achternaam;bsn\nHV-77;Geheimpje;999990020\n');
    const { database } = registration;
    for (const name of ['imports', 'import_chunks', 'import_rows']) {
      const stored = JSON.stringify(await database.collection(name).find().toArray());
      expect(stored).not.toMatch(/Geheimpje|999990020/);
    }
    expect(await database.collection('import_chunks').countDocuments()).toBe(0);
  });

  it('is only for the institution that sent it, and places only for the operator', async () => {
    const { importId } = await haven.preview('clients', 'clientnummer;achternaam\nHV-78;Bos\n');
    expect(await codeOf(other.get(importId))).toBe('not-found');
    expect(await codeOf(desk.get(importId))).toBe('not-found');
    expect(await codeOf(haven.upload('places', 'x'))).toBe('not-permitted');
    expect(await codeOf(desk.upload('stays', 'x'))).toBe('not-permitted');
    const { items } = await registration.ask(caller(), registrationImports.list, { limit: 1 });
    expect(items.map((item) => item.importId)).toEqual([importId]);
  });

  it('that is cancelled leaves nothing, and cannot be carried out', async () => {
    const { importId } = await haven.preview('clients', 'clientnummer;achternaam\nHV-79;Bos\n');
    await registration.ask(caller(), registrationImports.cancel, { importId });
    expect(await codeOf(haven.commit(importId))).toBe('import-not-previewed');
    expect(await codeOf(registration.ask(caller(), registrationImports.rows, { importId }))).toBe(
      'import-content-deleted',
    );
    const rows = registration.database.collection('import_rows');
    expect(await rows.countDocuments({ importId })).toBe(0);
  });

  it('is forgotten after its time, but for how many rows there were', async () => {
    const { importId } = await haven.preview('clients', 'clientnummer;achternaam\nHV-79;Bos\n');
    const imports = registration.database.collection<{ _id: string }>('imports');
    await imports.updateOne({ _id: importId }, { $set: { contentUntil: '2026-01-01' } });
    registration.get(ImportWorker).kick();
    expect((await haven.until(importId, ['cancelled'])).rows).toMatchObject({ total: 1, new: 1 });
    const rows = registration.database.collection('import_rows');
    await waitFor(async () => (await rows.countDocuments({ importId })) === 0);
    expect(await codeOf(haven.commit(importId))).toBe('import-not-previewed');
  });

  it('sent twice under one key is one import, and another file under that key is refused', async () => {
    const content = 'clientnummer;achternaam\nHV-80;Bos\n';
    const first = await haven.upload('clients', content, 'a.csv', 'key-1');
    expect(await haven.upload('clients', content, 'a.csv', 'key-1')).toBe(first);
    expect(await codeOf(haven.upload('clients', `${content}HV-81;Smit\n`, 'a.csv', 'key-1'))).toBe(
      'idempotency-key-reused',
    );
    expect(await codeOf(haven.upload('clients', content, 'b.csv', 'key-1'))).toBe('idempotency-key-reused');
  });

  it('of the largest size is read as a whole', async () => {
    const start = 'clientnummer;achternaam\n';
    const content = start + `HV-82;Bos${' '.repeat(MAX_IMPORT_BYTES - start.length - 9)}`;
    const summary = await haven.preview('clients', content);
    expect(summary).toMatchObject({ size: MAX_IMPORT_BYTES, state: 'previewed', rows: { new: 1 } });
  }, 60_000);

  it('changes what is different of a client, and leaves what it says nothing of', async () => {
    await haven.import(
      'clients',
      'clientnummer;achternaam;voornamen;telefoon;woonplaats\nHV-83;Bos;Eva;0612345678;Waterstad\n',
    );
    const next = 'clientnummer;achternaam;voornamen;telefoon;straat\nhv-83;Bos;;0687654321;Kade\n';
    const { importId, rows } = await haven.import('clients', next);
    expect(rows).toMatchObject({ change: 1, done: 1 });
    const [row] = await haven.rows(importId);
    const client = await registration.database
      .collection<{ _id: string; details: object }>('clients')
      .findOne({ _id: row?.targetId ?? '' });
    expect(client?.details).toMatchObject({
      givenNames: 'Eva',
      phone: '0687654321',
      address: { street: 'Kade', city: 'Waterstad' },
    });
    expect((await haven.import('clients', next)).rows).toMatchObject({ unchanged: 1, done: 0 });
  });

  it('is refused row by row where the situation changed since the preview', async () => {
    await haven.import('clients', 'clientnummer;achternaam\nHV-90;Bos\nHV-91;Smit\n');
    const header = 'regelnummer;clientnummer;plekcode;soort;van;tot';
    const mine = await haven.preview('stays', `${header}\nR1;HV-90;P-2;verblijf;1-1-2026;\n`);
    expect((await haven.import('stays', `${header}\nR2;HV-91;P-2;verblijf;1-1-2026;\n`)).rows.done).toBe(1);
    await haven.commit(mine.importId);
    expect((await haven.until(mine.importId, ['completed'])).rows).toMatchObject({ done: 0, refused: 1 });
    expect(await haven.problems(mine.importId)).toEqual(['2 plekcode place-occupied']);
  });

  it('previewed twice before it is carried out is carried out once', async () => {
    await haven.import('clients', 'clientnummer;achternaam\nHV-92;Bos\n');
    const content = 'regelnummer;clientnummer;plekcode;soort;van;tot\nR3;HV-92;P-3;verblijf;1-3-2025;1-4-2025\n';
    const [first, second] = [await haven.preview('stays', content), await haven.preview('stays', content)];
    await Promise.all([haven.commit(first.importId), haven.commit(second.importId)]);
    for (const { importId } of [first, second]) {
      expect((await haven.until(importId, ['completed'])).rows).toMatchObject({ done: 1, refused: 0 });
    }
    const [row] = await haven.rows(first.importId);
    const facts = await registration.facts('nl.doorstroom.registration.housing-situation-changed.v1');
    expect(facts.filter(({ partitionkey }) => partitionkey === row?.targetId)).toHaveLength(1);
  });
});

describe('reading the rows of an import', () => {
  it('is logged: who, and which import, also of people who have no file', async () => {
    const { importId } = await haven.preview('clients', 'clientnummer;achternaam\nLOG-1;Nieuwkomer\nLOG-2;---\n');
    const logged = async () =>
      (await registration.accesses()).filter(({ aboutImportId }) => aboutImportId === importId);
    expect(await logged()).toEqual([]);
    await haven.rows(importId);
    expect(await logged()).toEqual([
      expect.objectContaining({
        action: 'read',
        operation: registrationImports.rows.subject,
        actorId: `clientmanager-${havenId}`,
        subjects: [],
      }),
    ]);
  });

  it('stands in the log of who is recognised, though the rows do not name them', async () => {
    const caller = personWith('clientmanager', { organisationId: havenId });
    const person = { familyName: 'Herkend', givenNames: 'Ada', bsn: '999990020' };
    const birthDate = parseCivilDate('2003-02-01');
    const { clientId } = await registration.ask(caller, createClient, { ...person, birthDate });
    const ask = (name: string) =>
      other.preview('clients', `clientnummer;voornamen;achternaam;geboortedatum;bsn\n${name}`);
    for (const { importId } of [await ask('H-1;Ada;Herkend;1-2-2003;'), await ask('H-2;An;Smit;;999990020')]) {
      await other.rows(importId);
      const logged = (await registration.accesses()).filter(({ aboutImportId }) => aboutImportId === importId);
      expect(logged.map(({ subjects }) => subjects)).toEqual([[{ clientId, ground: 'duplicate-check' }]]);
    }
  });

  it('is refused when it cannot be logged', async () => {
    const { importId } = await haven.preview('clients', 'clientnummer;achternaam\nLOG-3;Nieuwkomer\n');
    const store = jest.spyOn(registration.get(Outbox), 'store').mockRejectedValue(new Error('no disk'));
    await expect(haven.rows(importId)).rejects.toMatchObject({ code: 'access-log-unavailable' });
    store.mockRestore();
  });
});
