import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { Api } from '../../examples/api.ts';
import type { Caseload } from '../../libs/contracts/src/notifications/caseloads.ts';
import type { Melding, MeldingPart } from '../../libs/contracts/src/notifications/meldingen.ts';
import type { Page } from '../../libs/contracts/src/paging.ts';
import type { ImportKind, ImportSummary } from '../../libs/contracts/src/imports/imports.ts';
import type { OutsideEventAnswers } from '../../libs/contracts/src/registration/outside-events.ts';
import { inDays, today } from '../support/days.ts';
import { problemIn } from '../support/door.ts';
import {
  carriedOut,
  CLIENT_COLUMNS,
  csv,
  dutch,
  PLACE_COLUMNS,
  previewed,
  rowsOf,
  sendFile,
  STAY_COLUMNS,
} from '../support/files.ts';
import { housingParts } from '../support/meldingen.ts';
import { Stored } from '../support/stored.ts';
import { makeWorld, patiently, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** Changes from files and from other systems go through the same rules, and become meldingen (domain.md §3). */
describe('changes from outside', () => {
  let system: TestSystem;
  let world: World;
  let stored: Stored;
  let samira: Api;

  beforeAll(async () => {
    system = await startSystem({ services: ['issuer', 'registration', 'notifications', 'gateway'] });
    world = await makeWorld(system, { places: 1, clients: 0 });
    stored = new Stored(system);
    samira = await world.as('samira');
    const places = ['1', '2', '3'].map((number) => {
      const start = ['Stichting De Haven', 'Molenweg 40', 'Molenhof', `HVM-${number}`, `Kamer ${number}`];
      return [...start, 'Begeleid wonen', 'Licht', 'Binnen de gesubsidieerde keten', '', ''];
    });
    const done = await imported(await world.as('beheer'), 'places', csv(PLACE_COLUMNS, ...places));
    expect(done.rows).toMatchObject({ total: 3, done: 3, refused: 0 });
    await guardMolenhof();
  }, 2 * MINUTE);

  afterAll(async () => {
    await stored.close();
    await system.close();
  }, MINUTE);

  const clients = csv(
    CLIENT_COLUMNS,
    ['HV-1', 'Aaltje', 'Bestand', '3-4-2004', '111222333'],
    ['HV-2', 'Bouke', 'Regelman', '29-2-2004', ''],
    ['HV-3', 'Carlijn', 'Kolom', '5-6-2005', ''],
  );
  const stays = csv(
    STAY_COLUMNS,
    ['R-1', 'HV-1', 'HVM-1', 'verblijf', dutch(inDays(-90)), '', '', '', ''],
    ['R-2', 'HV-1', '', 'verlof', dutch(inDays(-30)), dutch(inDays(-20)), 'Bij familie', '', ''],
    ['R-3', 'HV-2', 'HVM-2', 'verblijf', dutch(inDays(-80)), dutch(inDays(-40)), '', 'own-choice', 'family'],
  );

  it(
    'a file becomes stays and meldingen; the same file again changes nothing',
    async () => {
      expect((await imported(samira, 'clients', clients)).rows).toMatchObject({ done: 3, errors: 0, refused: 0 });
      expect((await imported(samira, 'stays', stays)).rows).toMatchObject({ done: 3, errors: 0, refused: 0 });
      const parts = await waitFor(async () => {
        const told = await partsFor('noor');
        return told.length >= 3 ? told : undefined;
      });
      // A stay with its end is one change.
      expect(parts.map(({ kind }) => kind).sort()).toEqual(['arrival', 'arrival', 'leave']);

      const before = await stored.registration();
      expect((await previewOf(samira, 'clients', clients)).rows).toMatchObject({ unchanged: 3, new: 0, change: 0 });
      expect((await imported(samira, 'stays', stays)).rows).toMatchObject({ unchanged: 3, done: 0 });
      expect(await stored.registration()).toEqual(before);
      expect(await partsFor('noor')).toHaveLength(parts.length);
    },
    MINUTE,
  );

  it(
    'events of another system become meldingen, in whatever order they come, and each once',
    async () => {
      const before = (await partsFor('noor')).length;
      const batch = [
        event('e-3', 'return', { clientNumber: 'HV-3', date: inDays(-2) }),
        event('e-2', 'leave', { clientNumber: 'HV-3', date: inDays(-5), reason: 'hospital' }),
        event('e-1', 'arrival', { clientNumber: 'HV-3', placeCode: 'HVM-3', date: inDays(-10) }),
      ];
      const first = await report(batch);
      expect(first.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
      const again = await report(batch);
      expect(again.map(({ outcome }) => outcome)).toEqual(Array(3).fill('already-accepted'));
      expect(again.map(({ changeId }) => changeId)).toEqual(first.map(({ changeId }) => changeId));
      const parts = await waitFor(async () => {
        const told = await partsFor('noor');
        return told.length >= before + 3 ? told : undefined;
      });
      expect(parts).toHaveLength(before + 3);
      const told = parts.filter(({ recordedBy }) => recordedBy !== world.personIds.get('samira'));
      expect(told.map(({ kind }) => kind)).toEqual(['arrival', 'leave', 'return']);
    },
    MINUTE,
  );

  it.each([
    ['an open quotation mark', 'stays', Buffer.from('regelnummer;clientnummer\n"R-1;HV-1\n'), 'quotes-unbalanced'],
    [
      'bytes that are no text',
      'stays',
      Buffer.from([0x72, 0x81, 0x8d, 0x3b, 0x90, 0x0a, 0x41]),
      'file-encoding-unreadable',
    ],
    ['no header', 'stays', csv(['R-1', 'HV-1'], ['R-2', 'HV-2']), 'header-missing'],
    ['a header alone', 'stays', csv(STAY_COLUMNS), 'file-empty'],
    ['a column that is not there', 'clients', csv(['clientnummer', 'voornamen'], ['HV-9', 'X']), 'column-missing'],
    [
      'a column too many',
      'clients',
      csv([...CLIENT_COLUMNS, 'salaris'], ['9', 'X', 'Y', '1-1-2001', '', '1']),
      'column-unknown',
    ],
    ['a column twice', 'clients', csv([...CLIENT_COLUMNS, 'bsn'], ['9', 'X', 'Y', '1-1-2001', '', '']), 'column-twice'],
    [
      'too many rows',
      'clients',
      csv(CLIENT_COLUMNS, ...Array.from({ length: 50_001 }, () => ['1'])),
      'file-too-many-rows',
    ],
  ] as const)('a file with %s fails as a whole and says why', async (_says, kind, content, code) => {
    const before = await stored.registration();
    const failed = await previewOf(samira, kind, content);
    expect(failed).toMatchObject({ state: 'failed', problem: { code } });
    expect(failed.problem?.nl).not.toBe(failed.problem?.en);
    await expect(samira.post(`/v1/imports/${failed.importId}/commit`, {})).rejects.toMatchObject({
      code: 'import-not-previewed',
    });
    expect(await stored.registration()).toEqual(before);
  });

  it('a file that is no file, too large, or of no kind is turned away at the door', async () => {
    const before = await stored.registration();
    const door = await world.doorOf('samira');
    const answers = [
      await sendFile(door, 'stays', Buffer.from('%PDF-1.7 something')),
      await sendFile(door, 'stays', Buffer.alloc(0)),
      await sendFile(door, undefined, clients),
      await door.post('/v1/imports', { kind: 'stays' }),
      await sendFile(door, 'stays', Buffer.alloc(25 * 1024 * 1024 + 1, 'x;')),
    ];
    expect(answers.map((answer) => [answer.status, problemIn(answer).code])).toEqual([
      [415, 'file-format-unreadable'],
      [422, 'file-empty'],
      [400, 'invalid-input'],
      [415, 'media-type-unsupported'],
      [413, 'body-too-large'],
    ]);
    expect(await stored.registration()).toEqual(before);
  }, 30_000);

  it.each([
    [
      'of separators alone',
      () => Buffer.concat([Buffer.from('clientnummer;achternaam\n'), Buffer.alloc(20_000_000, ';')]),
    ],
    [
      'of many rows that are far too wide',
      () => Buffer.from(`clientnummer;achternaam\n${`${'x;'.repeat(120)}\n`.repeat(40_000)}`),
    ],
  ])(
    'a file %s is read in the memory that there is',
    async (_what, file) => {
      const { pid } = system.part('registration');
      const { importId } = JSON.parse(
        (await sendFile(await world.doorOf('samira'), 'clients', file())).text,
      ) as ImportSummary;
      const read = await waitFor(
        async () => {
          const now = await samira.get<ImportSummary>(`/v1/imports/${importId}`);
          return now.state === 'reading' ? undefined : now;
        },
        { timeout: 60_000, interval: 200, what: 'the end of the reading' },
      );
      expect(['failed', 'previewed']).toContain(read.state);
      expect(read.rows.new).toBe(0);
      // It would be started again, and read the file again; nothing starts it here.
      expect(system.part('registration').lines.join('\n')).not.toContain('heap out of memory');
      expect(process.kill(pid ?? -1, 0)).toBe(true);
    },
    2 * MINUTE,
  );

  it('every wrong cell of a row is told by its column, and only the good rows are carried out', async () => {
    const content = csv(
      CLIENT_COLUMNS,
      ['HV-20', 'Goed', 'Regelzes', '1-1-2003', ''],
      ['HV-21', 'Fout', 'Elfproef', '1-1-2003', '123456789'],
      ['HV-22', 'Fout', 'Toekomst', dutch(inDays(1)), ''],
      ['HV-23', '=CMD()', 'Formule', '31-2-2003', ''],
      ['HV-24', 'Fout', '', '1-1-2003', ''],
      ['HV-20', 'Dubbel', 'Nummer', '1-1-2003', ''],
      ['HV-25', 'Kort'],
      ['HV-26', 'Te', 'Lang', '1-1-2003', '', 'x'],
    );
    const preview = await previewOf(samira, 'clients', content);
    expect(preview).toMatchObject({ state: 'previewed', rows: { total: 8, new: 1, errors: 7 } });
    const rows = await rowsOf(samira, preview.importId);
    expect(
      rows.map(({ row, problems }) => [row, ...problems.map(({ path, code }) => `${path} ${code}`).sort()]),
    ).toEqual([
      [2],
      [3, 'bsn bsn-invalid'],
      [4, 'geboortedatum birth-date-in-future'],
      [5, 'geboortedatum date-not-existing', 'voornamen cell-formula'],
      [6, 'achternaam field-required'],
      [7, 'clientnummer row-twice-in-file'],
      [8, ' row-columns-differ'],
      [9, ' row-columns-differ'],
    ]);
    const report = await (await world.doorOf('samira')).send(`/v1/imports/${preview.importId}/report?format=csv`);
    expect(report.status).toBe(200);
    // What a spreadsheet would work out leaves with an apostrophe in front.
    expect(report.text).toContain("'=CMD()");
    expect((await carriedOut(samira, preview.importId)).rows).toMatchObject({ done: 1, errors: 7 });
  }, 30_000);

  it('a row about a place or client of somebody else, and one that overlaps, are refused in the preview', async () => {
    const before = await stored.registration();
    const content = csv(
      STAY_COLUMNS,
      ['R-9', 'HV-2', 'HVM-1', 'verblijf', dutch(inDays(-10)), '', '', '', ''],
      ['R-10', 'KP-1', 'HVM-2', 'verblijf', dutch(inDays(-10)), '', '', '', ''],
      ['R-11', 'HV-2', 'KPO-1', 'verblijf', dutch(inDays(-10)), '', '', '', ''],
      ['R-12', 'HV-2', 'HVM-2', 'verblijf', dutch(inDays(-10)), dutch(inDays(-12)), '', '', ''],
    );
    const preview = await previewOf(samira, 'stays', content);
    const rows = await rowsOf(samira, preview.importId);
    expect(rows.map(({ problems }) => problems.map(({ path, code }) => `${path} ${code}`))).toEqual([
      ['plekcode place-occupied'],
      ['clientnummer unknown-client-number'],
      ['plekcode unknown-place-code'],
      ['tot date-order'],
    ]);
    expect(await stored.registration()).toEqual(before);
    await samira.post(`/v1/imports/${preview.importId}/cancel`, {});
  }, 30_000);

  it('another institution sees neither the file nor its rows', async () => {
    const preview = await previewOf(samira, 'clients', clients);
    const joost = await world.as('joost');
    for (const path of ['', '/rows', '/report']) {
      await expect(joost.get(`/v1/imports/${preview.importId}${path}`)).rejects.toMatchObject({ status: 404 });
    }
    await expect(joost.post(`/v1/imports/${preview.importId}/commit`, {})).rejects.toMatchObject({ status: 404 });
  });

  async function imported(api: Api, kind: ImportKind, content: Buffer): Promise<ImportSummary> {
    const preview = await previewOf(api, kind, content);
    if (preview.state !== 'previewed') throw new Error(JSON.stringify(preview.problems));
    const wrong = (await rowsOf(api, preview.importId)).flatMap(({ problems }) => problems);
    if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
    return carriedOut(api, preview.importId);
  }

  async function previewOf(api: Api, kind: ImportKind, content: Buffer): Promise<ImportSummary> {
    const who = api === samira ? 'samira' : 'beheer';
    const sent = await sendFile(await world.doorOf(who), kind, content);
    if (sent.status !== 201) throw new Error(sent.text);
    return previewed(api, (JSON.parse(sent.text) as ImportSummary).importId);
  }

  /** Noor guards the imported cluster too. */
  async function guardMolenhof(): Promise<void> {
    const operator = await world.as('beheer');
    const { locations } = await operator.get<{
      locations: { clusters: { clusterId: string; name: string }[] }[];
    }>(`/v1/organisations/${world.institutionId}`);
    const molenhof = locations.flatMap(({ clusters: all }) => all).find(({ name }) => name === 'Molenhof');
    const noorId = world.personIds.get('noor') ?? '';
    const { items } = await operator.get<Page<Caseload>>(`/v1/caseloads?personId=${noorId}`);
    const clusterIds = [world.clusterId, molenhof?.clusterId ?? ''];
    await patiently(() =>
      operator.put(`/v1/caseloads/${noorId}`, { clusterIds, clientIds: [] }, { version: items[0]?.version ?? 0 }),
    );
  }

  async function report(events: readonly object[]): Promise<OutsideEventAnswers['answers']> {
    const type = 'application/cloudevents-batch+json';
    return (await (await world.as('e-vita-demo')).post<OutsideEventAnswers>('/v1/events', events, { type })).answers;
  }

  function event(id: string, name: string, data: object): object {
    return {
      specversion: '1.0',
      id,
      source: 'urn:nld:e-vita-demo:de-haven',
      type: `nl.doorstroom.housing.${name}-reported.v1`,
      time: `${today()}T08:00:00Z`,
      datacontenttype: 'application/json',
      data,
    };
  }

  /** What somebody was told of housing, oldest first. */
  async function partsFor(person: string): Promise<MeldingPart[]> {
    const meldingen = await (await world.as(person)).all<Melding>('/v1/meldingen');
    return meldingen.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).flatMap(housingParts);
  }
});
