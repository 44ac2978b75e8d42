import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { DEMO_ORGANISATIONS } from '../deploy/local/issuer/demo-people.ts';
import {
  departureDestinationLabels,
  departureReasonLabels,
  fundingFrameLabels,
  leaveReasonLabels,
  placeKindLabels,
  zwaarteLabels,
  type Label,
} from '../libs/contracts/src/code-labels.ts';
import { dutchDate } from './dates.ts';
import { simulateYear, type ExampleStay } from './history.ts';
import { INSTITUTIONS } from './institutions.ts';
import { drawClient, type ExampleClient } from './persons.ts';
import { Chance } from './random.ts';
import { zrmColumns, zrmRows } from './zrms.ts';

type Institution = (typeof INSTITUTIONS)[number];
type Row = readonly string[];

/** A file of the examples and who would send it. */
export interface ExampleFile {
  readonly path: string;
  readonly kind: 'places' | 'clients' | 'stays' | 'zrms';
  readonly organisation: Institution['organisation'];
  /** Key of the demo person who imports it. */
  readonly importer: string;
  /** Codes of the places that are nobody's after these stays, now or planned; of a file of stays. */
  readonly freePlaces?: readonly string[];
}

const PLACE_COLUMNS = [
  'instelling',
  'locatie',
  'cluster',
  'plekcode',
  'pleknaam',
  'soort',
  'zwaarte',
  'financiering',
  'open_vanaf',
  'gesloten_vanaf',
];
const CLIENT_COLUMNS = [
  'clientnummer',
  'voornamen',
  'tussenvoegsel',
  'achternaam',
  'geboortedatum',
  'bsn',
  'straat',
  'huisnummer',
  'toevoeging',
  'postcode',
  'woonplaats',
  'telefoon',
  'email',
  'gemeente_van_herkomst',
  'taal',
  'zwaarte',
];
const STAY_COLUMNS = [
  'regelnummer',
  'clientnummer',
  'plekcode',
  'soort',
  'van',
  'tot',
  'verlofreden',
  'vertrekreden',
  'bestemming',
];

/** Writes the example files for a year that ends on `today` into a folder; the same seed and day give the same files. */
export async function writeExampleFiles(folder: string, today: string, seed = 20_261): Promise<ExampleFile[]> {
  mkdirSync(folder, { recursive: true });
  const chance = new Chance(seed);
  const files: ExampleFile[] = [];
  for (const institution of INSTITUTIONS) {
    const places = institution.clusters.flatMap(({ code, places: count }) =>
      Array.from({ length: count }, (_, index) => `${code}-${String(index + 1).padStart(2, '0')}`),
    );
    const drawn = Array.from({ length: institution.clients }, (_, index) =>
      drawClient(chance, `${institution.prefix}-${1001 + index}`, today),
    );
    const numbers = drawn.map(({ number }) => number);
    const stays = simulateYear(chance, institution.prefix, places, numbers, today);
    const clients = drawn.map((client, index) => ({
      ...client,
      zwaarte: zwaarteOf(client, index, stays, institution),
    }));
    type More = Pick<ExampleFile, 'freePlaces'>;
    const write = async (
      kind: ExampleFile['kind'],
      importer: string,
      columns: Row,
      rows: Row[],
      more: More = {},
    ): Promise<void> => {
      const extension = institution.form === 'xlsx' ? 'xlsx' : 'csv';
      const path = join(folder, `${institution.organisation}-${kind}.${extension}`);
      writeFileSync(path, await encode(institution.form, columns, rows));
      files.push({ path, kind, organisation: institution.organisation, importer, ...more });
    };
    await write('places', 'beheer', PLACE_COLUMNS, placeRows(institution));
    await write('clients', institution.manager, CLIENT_COLUMNS, clients.map(clientRow));
    const taken = new Set(stays.filter(({ until }) => until === '').map(({ place }) => place));
    const freePlaces = places.filter((place) => !taken.has(place));
    await write('stays', institution.manager, STAY_COLUMNS, stays.map(stayRow), { freePlaces });
    // A series of its own, so that the other files do not change with it.
    const filledIn = zrmRows(new Chance(seed + numbers.length), institution.zrms, stays, today);
    await write('zrms', institution.manager, zrmColumns(institution.zrms), filledIn);
  }
  return files;
}

/** Mostly that of the place where somebody stays: who stays on another one is an exception that ought to be seen. */
function zwaarteOf(
  { number, zwaarte }: ExampleClient,
  index: number,
  stays: readonly ExampleStay[],
  { clusters }: Institution,
): ExampleClient['zwaarte'] {
  if (zwaarte === '' || index % 7 === 0) return zwaarte;
  const last = stays.filter(({ client, place }) => client === number && place !== '').at(-1);
  return clusters.find(({ code }) => last?.place.startsWith(`${code}-`))?.zwaarte ?? zwaarte;
}

function placeRows({ organisation, clusters }: Institution): Row[] {
  const name = DEMO_ORGANISATIONS.find(({ key }) => key === organisation)?.name ?? organisation;
  return clusters.flatMap((cluster) =>
    Array.from({ length: cluster.places }, (_, index) => [
      name,
      cluster.location,
      cluster.name,
      `${cluster.code}-${String(index + 1).padStart(2, '0')}`,
      `Kamer ${index + 1}`,
      placeKindLabels[cluster.kind].nl,
      zwaarteLabels[cluster.zwaarte].nl,
      fundingFrameLabels[cluster.financing].nl,
      '',
      '',
    ]),
  );
}

function clientRow(client: ExampleClient): Row {
  const email = '';
  const addition = '';
  return [
    client.number,
    client.givenNames,
    client.prefix,
    client.familyName,
    dutchDate(client.birthDate),
    client.bsn,
    client.street,
    client.houseNumber,
    addition,
    client.postcode,
    client.town,
    client.phone,
    email,
    client.municipality,
    client.language,
    client.zwaarte === '' ? '' : zwaarteLabels[client.zwaarte].nl,
  ];
}

const STAY_KINDS = { stay: 'verblijf', reservation: 'reservering', leave: 'verlof' } as const;

function stayRow(stay: ExampleStay): Row {
  const until = stay.until === '' ? '' : dutchDate(stay.until);
  return [
    stay.number,
    stay.client,
    stay.place,
    STAY_KINDS[stay.kind],
    dutchDate(stay.from),
    until,
    label(leaveReasonLabels, stay.leaveReason),
    label(departureReasonLabels, stay.departureReason),
    label(departureDestinationLabels, stay.destination),
  ];
}

function label(labels: Readonly<Record<string, Label>>, code: string): string {
  return labels[code]?.nl ?? code;
}

async function encode(form: Institution['form'], columns: Row, rows: Row[]): Promise<Buffer> {
  if (form === 'xlsx') return await workbook(columns, rows);
  const text = [columns, ...rows].map((row) => row.map(cell).join(';')).join('\r\n');
  return form === 'csv-utf8' ? Buffer.from(`\uFEFF${text}\r\n`) : iconv.encode(westEuropean(`${text}\r\n`), 'win1252');
}

/** An older system writes the letters that it does not have without their marks. */
function westEuropean(text: string): string {
  const known = (letter: string) => iconv.decode(iconv.encode(letter, 'win1252'), 'win1252') === letter;
  return Array.from(text.replaceAll('ı', 'i'))
    .map((letter) => (known(letter) ? letter : letter.normalize('NFD').replace(/\p{M}/gu, '')))
    .join('');
}

/** Excel's own quoting. */
function cell(value: string): string {
  return /[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

async function workbook(columns: Row, rows: Row[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  // Fixed, so that the same rows give the same file.
  book.created = new Date('2026-01-01T00:00:00Z');
  book.modified = book.created;
  const sheet = book.addWorksheet('Export');
  sheet.addRow([...columns]);
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
