import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ZrmSubmitted } from '../../libs/contracts/src/assessment/facts.ts';
import type { DeadLetter } from '../../libs/contracts/src/dead-letters.ts';
import type { ImportKind, ImportSummary } from '../../libs/contracts/src/imports/imports.ts';
import type { ClientHousing } from '../../libs/contracts/src/registration/stays.ts';
import {
  carriedOut,
  CLIENT_COLUMNS,
  csv,
  PLACE_COLUMNS,
  previewed,
  rowsOf,
  sendFile,
  STAY_COLUMNS,
  ZRM_IMPORTS,
} from '../support/files.ts';
import { allTold, inSortedOrder } from '../support/meldingen.ts';
import { bringBack } from '../support/power.ts';
import { Stored } from '../support/stored.ts';
import { makeWorld, patiently, type World } from '../support/world.ts';

const CLIENTS = 50;
/** Every client arrives and moves; every second one leaves by the row that says the move: two changes in one row. */
const LINES = CLIENTS * 2;
const DEPARTURES = CLIENTS / 2;
const CHANGES = LINES + DEPARTURES;
/** Rows that are done when the power goes: early, half-way through the arrivals, among the moves and departures. */
const CUT_AFTER = [3, 30, 65];
const MINUTE = 60_000;
const ZRMS = CLIENTS * 2;
const ZRM = 'nl.doorstroom.assessment.zrm-submitted.v1';
const ZRM_COLUMNS = ['clientnummer', 'datum', 'soort', 'versie', 'Huisvesting', 'Justitie'];
const HOUSING = 'nl.doorstroom.registration.housing-situation-changed.v1';

/** Issue "Bad input and faults": killing any process at any moment loses and doubles nothing, also while a file is carried out. */
describe('power cuts while a file of stays is carried out', () => {
  let system: TestSystem;
  let world: World;
  let stored: Stored;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    stored = new Stored(system);
    world = await makeWorld(system, { places: 1, clients: 0 });
    const numbers = Array.from({ length: LINES }, (_, index) => String(index + 1));
    const place = (n: string) => [
      'Stichting De Haven',
      'Havenkade',
      'Groep',
      `P-${n}`,
      `Bed ${n}`,
      'opvang',
      'light',
      'inside-chain',
      '',
      '',
    ];
    const client = (n: string) => [`C-${n}`, `Imp${letters(n)}`, `Ort${letters(n)}`, '2-3-2004', ''];
    await imported('beheer', 'places', csv(PLACE_COLUMNS, ...numbers.map(place)));
    await imported('samira', 'clients', csv(CLIENT_COLUMNS, ...numbers.slice(0, CLIENTS).map(client)));
  }, 2 * MINUTE);

  afterAll(async () => {
    await stored.close();
    await system.close();
  }, MINUTE);

  it(
    'lose no row, double none and leave none half-done',
    async () => {
      const manager = await world.as('samira');
      const importId = await uploaded('samira', 'stays', csv(STAY_COLUMNS, ...stayLines()));
      expect((await previewed(manager, importId)).rows).toMatchObject({ total: LINES, new: LINES, errors: 0 });
      await manager.post(`/v1/imports/${importId}/commit`, {});
      const part = system.part('registration');
      const doneAtCut: number[] = [];
      for (const rows of CUT_AFTER) {
        await waitFor(async () => (await doneRows(importId)) >= rows, {
          timeout: MINUTE,
          interval: 5,
          what: `${rows} rows that are done`,
        });
        await part.kill9();
        doneAtCut.push(await doneRows(importId));
        await bringBack(part);
      }
      const last = doneAtCut.at(-1) ?? LINES;
      expect(last).toBeLessThan(LINES);
      console.info(`killed registration after ${doneAtCut.join(', ')} of ${LINES} rows`);

      const summary = await waitFor(
        async () => {
          const now = await manager.get<ImportSummary>(`/v1/imports/${importId}`);
          return now.state === 'completed' ? now : undefined;
        },
        { timeout: MINUTE, interval: 200, what: 'the end of the import' },
      );
      expect(summary.rows).toMatchObject({ total: LINES, done: LINES, refused: 0, errors: 0 });
      expect((await rowsOf(manager, importId)).map(({ outcome }) => outcome)).toEqual(Array(LINES).fill('done'));
      await reportIsComplete(importId);

      const links = stored.database('registration').collection<{ targetId: string }>('external_ids');
      const clientIds = (await links.find({ kind: 'client' }).toArray()).map(({ targetId }) => targetId);
      expect(clientIds).toHaveLength(CLIENTS);
      const changes = (
        await Promise.all(
          clientIds.map(async (clientId) => {
            const housing = await manager.get<ClientHousing>(`/v1/clients/${clientId}/housing`);
            return housing.changes.map(({ version, kind }) => ({ clientId, version, kind }));
          }),
        )
      ).flat();
      expect(countOf(changes)).toEqual({ arrival: CLIENTS, move: CLIENTS, departure: DEPARTURES });
      const facts = await stored
        .database('registration')
        .collection('outbox')
        .find({ 'event.type': HOUSING })
        .toArray();
      expect(facts).toHaveLength(CHANGES);
      const inbox = await allTold(await world.as('noor'), CHANGES);
      expect(inSortedOrder(inbox)).toEqual(inSortedOrder(changes));
      expect(await (await world.as('beheer')).all<DeadLetter>('/v1/dead-letters')).toEqual([]);
    },
    3 * MINUTE,
  );

  // After the one above: the clients and their stays are those of its file.
  it(
    'lose no ZRM and double none, and the same file again changes nothing',
    async () => {
      const manager = await world.as('samira');
      const door = await world.doorOf('samira');
      const file = csv(ZRM_COLUMNS, ...zrmLines());
      // What registration told of the clients may still be on its way.
      const { importId } = await patiently(async () => {
        const answer = await sendFile(door, 'zrms', file, undefined, ZRM_IMPORTS);
        const summary = await previewed(manager, (JSON.parse(answer.text) as ImportSummary).importId, ZRM_IMPORTS);
        if (summary.rows.errors === 0) return summary;
        await manager.post(`${ZRM_IMPORTS}/${summary.importId}/cancel`, {});
        throw new Error(`${summary.rows.errors} rows with errors`);
      });
      await manager.post(`${ZRM_IMPORTS}/${importId}/commit`, {});
      const part = system.part('assessment');
      for (const rows of [10, 60]) {
        await waitFor(async () => (await doneRows(importId, 'assessment')) >= rows, {
          timeout: MINUTE,
          interval: 5,
          what: `${rows} rows that are done`,
        });
        await part.kill9();
        await bringBack(part);
      }
      const summary = await waitFor(
        async () => {
          const now = await manager.get<ImportSummary>(`${ZRM_IMPORTS}/${importId}`);
          return now.state === 'completed' ? now : undefined;
        },
        { timeout: MINUTE, interval: 200, what: 'the end of the import' },
      );
      expect(summary.rows).toMatchObject({ total: ZRMS, done: ZRMS, refused: 0, errors: 0 });
      await reportIsComplete(importId, ZRM_IMPORTS);
      const assessment = stored.database('assessment');
      expect(await assessment.collection('measurements').countDocuments()).toBe(ZRMS);
      const facts = await assessment.collection('outbox').find({ 'event.type': ZRM }).toArray();
      expect(facts).toHaveLength(ZRMS);
      expect(facts.flatMap(({ event }) => (event as { data: ZrmSubmitted }).data.findings)).toEqual([]);
      const again = await sendFile(door, 'zrms', file, undefined, ZRM_IMPORTS);
      const repeated = await previewed(manager, (JSON.parse(again.text) as ImportSummary).importId, ZRM_IMPORTS);
      expect(repeated.rows).toMatchObject({ total: ZRMS, unchanged: ZRMS, new: 0, change: 0, errors: 0 });
      expect(await (await world.as('beheer')).all<DeadLetter>('/v1/dead-letters')).toEqual([]);
    },
    3 * MINUTE,
  );

  /** Read past the service, which may be away. */
  function doneRows(importId: string, service: 'registration' | 'assessment' = 'registration'): Promise<number> {
    return stored.database(service).collection('import_rows').countDocuments({ importId, outcome: 'done' });
  }

  async function uploaded(who: string, kind: ImportKind, content: Buffer): Promise<string> {
    const answer = await sendFile(await world.doorOf(who), kind, content, `kills-${kind}`);
    return (JSON.parse(answer.text) as ImportSummary).importId;
  }

  async function imported(who: string, kind: ImportKind, content: Buffer): Promise<void> {
    const api = await world.as(who);
    const importId = await uploaded(who, kind, content);
    expect((await previewed(api, importId)).rows).toMatchObject({ errors: 0 });
    expect((await carriedOut(api, importId)).rows).toMatchObject({ refused: 0 });
  }

  async function reportIsComplete(importId: string, path = '/v1/imports'): Promise<void> {
    const door = await world.doorOf('samira');
    const { status, text } = await door.send(`${path}/${importId}/report?format=csv`);
    expect(status).toBe(200);
    const [, ...lines] = text.trim().split(/\r?\n/);
    expect(lines.map((line) => line.split(';').slice(0, 2).join(' '))).toEqual(
      Array.from({ length: LINES }, (_, index) => `${index + 2} Verwerkt`),
    );
  }
});

/** Each client: first place from January, second from February; every second client left in March. */
function stayLines(): string[][] {
  return Array.from({ length: CLIENTS }, (_, index) => index + 1).flatMap((n) => {
    const leaves = n % 2 === 0;
    const departure = leaves ? ['1-3-2026', '', 'own-choice', 'family'] : ['', '', '', ''];
    return [
      [`A-${n}`, `C-${n}`, `P-${n}`, 'verblijf', '1-1-2026', '1-2-2026', '', '', ''],
      [`B-${n}`, `C-${n}`, `P-${CLIENTS + n}`, 'verblijf', '1-2-2026', ...departure],
    ];
  });
}

/** Each client: a baseline and then a drop, long ago. */
function zrmLines(): string[][] {
  const dates = { nulmeting: '15-1-2026', periodiek: '10-2-2026' };
  return Array.from({ length: CLIENTS }, (_, index) => `C-${index + 1}`).flatMap((number) => [
    [number, dates.nulmeting, 'nulmeting', '2017', '4', '3'],
    [number, dates.periodiek, 'periodiek', '2017', '1', '3'],
  ]);
}

function countOf(changes: readonly { kind: string }[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(changes, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));
}

/** Names without digits, each different. */
function letters(number: string): string {
  return number.replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
}
