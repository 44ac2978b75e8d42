import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { zrmSubmitted } from '#contracts/assessment/facts.js';
import { zrmImports } from '#contracts/assessment/imports.js';
import { getMeasurement, listMeasurements } from '#contracts/assessment/measurements.js';
import { listZrmClients } from '#contracts/assessment/clients.js';
import type { AccessLogged } from '#contracts/audit/access-logged.js';
import type { ImportSummary } from '#contracts/imports/imports.js';
import { clientNumberLinked } from '#contracts/registration/facts.js';
import { FileDesk } from '#imports/test-support/file-desk.js';
import { waitFor } from '#testing/wait-for.js';
import { ClientNumbersRepository } from '../directory/client-numbers.repository.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import {
  clientmanagerOf,
  INSTITUTION,
  personWith,
  regisseurOf,
  RunningAssessment,
} from '../test-support/running-assessment.js';
import { type Cells, zrmFile } from './zrm-import.fixture.js';

const manager = clientmanagerOf();
const other = clientmanagerOf('other');
const awkward = join(import.meta.dirname, '../../../../examples/awkward/zrms-wrong.csv');

const row = (clientnummer: string, datum: string, more: Cells = {}): Cells => {
  return { clientnummer, datum, soort: 'periodiek', versie: '2017', ...more };
};

describe('files of ZRMs', () => {
  let running: RunningAssessment;
  let desk: FileDesk;
  let versions = 0;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
    desk = new FileDesk((...asked) => running.ask(...asked), manager, zrmImports);
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  /** Tells what a number stands for, and waits until it is known. */
  const numbered = async (number: string, clientId: string, organisationId = INSTITUTION): Promise<void> => {
    const numberHash = running.get(ClientNumberHash).of(organisationId, number);
    versions += 1;
    const data = { organisationId, numberHash, clientId, version: versions };
    await running.publish(clientNumberLinked, data, numberHash, versions);
    const numbers = running.get(ClientNumbersRepository);
    await waitFor(async () => (await numbers.clientsOf([numberHash])).get(numberHash) === clientId, { what: number });
  };

  const client = async (number: string, from = '2025-01-10', channel: 'person' | 'import' = 'person') => {
    const clientId = `client-${number}`;
    await running.housed(clientId, [{ from }], { channel });
    await numbered(number, clientId);
    return clientId;
  };

  const outcomes = async ({ importId }: ImportSummary) => (await desk.rows(importId)).map(({ outcome }) => outcome);
  const listed = async (clientId: string) => (await running.ask(manager, listMeasurements, { clientId })).items;
  const told = async (clientId: string) =>
    (await running.facts(zrmSubmitted)).filter((fact) => fact.clientId === clientId);

  it('become ZRMs of the client, in order, with who had the file carried out, and are there once', async () => {
    const clientId = await client('A-1');
    const file = zrmFile(
      row('a-1', '20-4-2025', { huisvesting: '3' }),
      row('A-1', '15-1-2025', { soort: 'nulmeting', huisvesting: '2' }),
      row('A-1 ', '15-1-2025', { soort: 'doelscore', huisvesting: '4' }),
      row('A-1', '18-7-2025', { soort: 'periodiek', huisvesting: '4', bijzonderheden: 'Bespreken' }),
    );
    const preview = await desk.preview('zrms', file);
    expect(preview).toMatchObject({ state: 'previewed', rows: { total: 4, new: 4, errors: 0 } });
    expect(await listed(clientId)).toEqual([]);
    await desk.commit(preview.importId);
    expect((await desk.until(preview.importId, ['completed'])).rows).toMatchObject({ done: 4, refused: 0 });
    const zrms = await listed(clientId);
    expect(zrms.map(({ date, kind }) => `${String(date)} ${kind}`).sort()).toEqual([
      '2025-01-15 baseline',
      '2025-01-15 target',
      '2025-04-20 periodic',
      '2025-07-18 periodic',
    ]);
    expect(new Set(zrms.map(({ origin }) => origin))).toEqual(new Set(['import']));
    const [newest] = zrms;
    const whose = { clientId, measurementId: newest?.measurementId ?? '' };
    expect(await running.ask(manager, getMeasurement, whose)).toMatchObject({
      origin: 'import',
      recordedBy: manager.personId,
      content: { particulars: 'Bespreken' },
    });
    const again = await desk.import('zrms', file);
    expect(again.rows).toMatchObject({ unchanged: 4, done: 0, errors: 0 });
    expect(await listed(clientId)).toHaveLength(4);
    expect(await told(clientId)).toHaveLength(4);
  });

  it('tell what they give reason to discuss only of a recent ZRM that is the latest; the list shows all', async () => {
    const clientId = await client('B-1');
    const history = zrmFile(
      row('B-1', '15-1-2026', { soort: 'nulmeting' }),
      row('B-1', '15-3-2026', { huisvesting: '1', bijzonderheden: 'Oud nieuws' }),
    );
    expect((await desk.import('zrms', history)).rows).toMatchObject({ done: 2 });
    expect((await told(clientId)).map(({ findings, particulars, origin }) => [findings, particulars, origin])).toEqual([
      [[], false, 'import'],
      [[], false, 'import'],
    ]);
    const { items } = await running.ask(manager, listZrmClients, { list: 'changed' });
    expect(items.find((one) => one.clientId === clientId)?.findings).toMatchObject([
      { kind: 'drop', domain: 'housing' },
    ]);
    const recent = zrmFile(row('B-1', '2-6-2026', { justitie: '2', bijzonderheden: 'Nieuws' }));
    expect((await desk.import('zrms', recent)).rows).toMatchObject({ done: 1 });
    expect((await told(clientId)).at(-1)).toMatchObject({
      particulars: true,
      findings: [{ kind: 'drop', domain: 'justice' }],
    });
    // Between what is there: it changes how the client stood, and is no news.
    const between = zrmFile(row('B-1', '1-6-2026', { justitie: '1' }));
    expect((await desk.import('zrms', between)).rows).toMatchObject({ done: 1 });
    expect((await told(clientId)).at(-1)).toMatchObject({ date: '2026-06-01', particulars: false, findings: [] });
  });

  it('remind of nothing today: what is late by them is told tomorrow, when all of them are in', async () => {
    const clientId = await client('C-1', '2025-01-10', 'import');
    const early = zrmFile(
      row('C-1', '15-1-2025', { soort: 'nulmeting' }),
      row('C-1', '16-1-2025', { soort: 'doelscore' }),
    );
    await desk.import('zrms', early);
    await desk.import('zrms', zrmFile(row('C-1', '15-4-2025'), row('C-1', '15-7-2025')));
    const due = async () => (await running.facts(zrmDueChanged)).filter((fact) => fact.clientId === clientId);
    const plans = running.database.collection<{ _id: string; nextAt: Date | null }>('due_plans');
    expect((await plans.findOne({ _id: clientId }))?.nextAt).toEqual(new Date('2026-06-16T07:00:00Z'));
    expect(await due()).toEqual([]);
    running.setNow('2026-06-16T07:00:01Z');
    await waitFor(async () => (await due()).length > 0, { timeout: 15_000, what: 'the reminder of the next morning' });
    expect(await due()).toMatchObject([{ change: 'late', due: 'periodic', dueOn: '2025-10-15' }]);
    running.setNow('2026-06-15T10:00:00Z');
  });

  it('correct what is there by the rules, and are refused precisely when the term is over', async () => {
    const clientId = await client('D-1');
    const zrm = await fillIn(running, manager, clientId, whole('periodic', '2026-06-10', { housing: 4 }));
    const file = zrmFile(row('D-1', '10-6-2026', { huisvesting: '3' }));
    const { importId, rows } = await desk.import('zrms', file);
    expect(rows).toMatchObject({ change: 1, done: 1 });
    expect((await desk.rows(importId))[0]).toMatchObject({ outcome: 'done', targetId: zrm.id });
    const view = await running.ask(manager, getMeasurement, { clientId, measurementId: zrm.id });
    expect(view).toMatchObject({
      origin: 'form',
      state: 'corrected',
      correction: { reason: 'information-came-later' },
    });
    expect(view.earlier).toHaveLength(1);
    const preview = await desk.preview('zrms', zrmFile(row('D-1', '10-6-2026', { huisvesting: '5' })));
    expect(preview.rows).toMatchObject({ change: 1 });
    running.setNow('2026-07-10T10:00:00Z');
    await desk.commit(preview.importId);
    expect((await desk.until(preview.importId, ['completed'])).rows).toMatchObject({ done: 0, refused: 1 });
    expect(await desk.problems(preview.importId)).toEqual(['2  zrm-correction-term-over']);
    running.setNow('2026-06-15T10:00:00Z');
  });

  it('with mistakes name each of them by row and column, and carry out the others', async () => {
    await client('HV-1', '2026-01-10');
    await running.housed('elsewhere', [{ from: '2026-01-10', organisationId: 'other' }]);
    await numbered('HV-2', 'elsewhere');
    await numbered('ANDER-1', 'elsewhere', 'other');
    const preview = await desk.preview('zrms', readFileSync(awkward));
    expect(await desk.problems(preview.importId)).toEqual([
      '4 financien zrm-level-invalid',
      '4 werk_en_opleiding zrm-level-invalid',
      '4 huisvesting zrm-level-invalid',
      '4 justitie zrm-level-invalid',
      '5 verslaving zrm-domain-unknown',
      '6 versie zrm-version-unknown',
      '8 datum row-twice-in-file',
      '9 datum zrm-date-before-arrival',
      '10 datum zrm-date-in-future',
      '11 clientnummer not-found',
      '12 clientnummer unknown-client-number',
      '13 clientnummer unknown-client-number',
      '14 soort code-unknown',
      '14 ingevuld_met code-unknown',
      '15 bijzonderheden cell-formula',
      '15 datum date-not-existing',
      '16  zrm-nothing-assessed',
      '17 datum zrm-date-taken',
      '18 clientnummer field-required',
      '18 versie field-required',
    ]);
    const warned = (await desk.rows(preview.importId)).flatMap(({ row: at, warnings }) =>
      warnings.map(({ path, code }) => `${String(at)} ${path} ${code}`),
    );
    expect(warned).toEqual([
      '3 huisvesting zrm-target-below-baseline',
      '19 soort zrm-baseline-again',
      '19 huisvesting zrm-target-below-baseline',
    ]);
    await desk.commit(preview.importId);
    expect((await desk.until(preview.importId, ['completed'])).rows).toMatchObject({ done: 4, refused: 0, errors: 14 });
    expect((await outcomes(preview)).filter((outcome) => outcome === 'done')).toHaveLength(4);
  });

  it('of too many rows are refused before a row is looked at', async () => {
    const rows = Array.from({ length: 5_001 }, (_, index) => `X-${index};1-6-2026;periodiek;2017;3`);
    const summary = await desk.preview('zrms', ['clientnummer;datum;soort;versie;huisvesting', ...rows].join('\n'));
    expect(summary).toMatchObject({ state: 'failed', problem: { code: 'file-too-many-rows' } });
    expect(summary.problem?.en).toContain('5000');
  });

  it('are for the institution alone, and reading the rows stands in the log of each client', async () => {
    const clientId = 'erin';
    await running.housed(clientId, [{ from: '2025-01-10' }]);
    await numbered('GEHEIM-77', clientId);
    const file = zrmFile(row('GEHEIM-77', '1-6-2026'), row('niemand', '1-6-2026'));
    const { importId } = await desk.preview('zrms', file);
    const asOther = new FileDesk((...asked) => running.ask(...asked), other, zrmImports);
    expect(await refusedBy(asOther.get(importId))).toEqual(['not-found']);
    for (const caller of [regisseurOf(), personWith('beheerder')]) {
      const theirs = new FileDesk((...asked) => running.ask(...asked), caller, zrmImports);
      expect(await refusedBy(theirs.upload('zrms', 'x'))).toEqual(['not-permitted']);
    }
    await desk.rows(importId);
    const entries = await running.database
      .collection<{ event: { data: AccessLogged | { accesses: AccessLogged[] } } }>('outbox')
      .find({ 'event.type': /access/ })
      .toArray();
    const logged = entries
      .flatMap(({ event: { data } }) => ('accesses' in data ? data.accesses : [data]))
      .filter(({ aboutImportId }) => aboutImportId === importId);
    expect(logged).toMatchObject([{ operation: zrmImports.rows.subject, subjects: [{ clientId }] }]);
    const stored = JSON.stringify([
      await running.database.collection('import_rows').find({ importId }).toArray(),
      await running.database.collection('client_numbers').find().toArray(),
    ]);
    expect(stored).not.toMatch(/GEHEIM|niemand/);
  });

  it('follow a number to the record that goes on, and to whom it stands for now', async () => {
    const [old, current, later] = [await client('F-1'), await client('F-2'), await client('F-3')];
    await running.recordChanged(old, { change: 'merged', version: 1, mergedInto: current });
    await desk.import('zrms', zrmFile(row('F-1', '1-2-2026')));
    expect((await listed(current)).map(({ clientId }) => clientId)).toEqual([current]);
    await numbered('F-1', later);
    await desk.import('zrms', zrmFile(row('F-1', '1-2-2026')));
    expect(await listed(later)).toHaveLength(1);
  });

  it('carried out twice at the same time become one ZRM each', async () => {
    const clients = await Promise.all(['G-1', 'G-2', 'G-3'].map((number) => client(number)));
    const file = zrmFile(
      ...['G-1', 'G-2', 'G-3'].flatMap((number) => [row(number, '1-2-2026'), row(number, '1-5-2026')]),
    );
    const [first, second] = [await desk.preview('zrms', file), await desk.preview('zrms', file)];
    await Promise.all([desk.commit(first.importId), desk.commit(second.importId)]);
    for (const { importId } of [first, second]) {
      expect((await desk.until(importId, ['completed'])).rows).toMatchObject({ done: 6, refused: 0 });
    }
    for (const clientId of clients) {
      expect(await listed(clientId)).toHaveLength(2);
      expect((await told(clientId)).map(({ version }) => version)).toEqual([1, 2]);
    }
  });
});
