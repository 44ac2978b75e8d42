import type { CivilDate } from '#calendar/civil-date.js';
import {
  type DepartureDestination,
  departureDestinations,
  type DepartureReason,
  departureReasons,
  type FundingFrame,
  fundingFrames,
  type LeaveReason,
  leaveReasons,
  type PlaceKind,
  placeKinds,
  type Zwaarte,
  zwaartes,
} from '#contracts/codes.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { importColumns, stayRowLabels, type StayRowKind } from '#contracts/registration/import-columns.js';
import { parseBsn } from '../../clients/bsn.js';
import { checkedClient } from '../../clients/client-rules.js';
import type { ClientRecord } from '../../clients/client.schema.js';
import { isName } from '../../name-rules.js';
import { withoutNothing } from '../../without-nothing.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import { RowReader } from '#imports/rows/read-cells.js';

/** A row that was read: what it says, or everything that is wrong with it, per column. */
export type CheckedRow<T> = { readonly row: number } & (
  | { readonly record: T; readonly problems: readonly [] }
  | { readonly record?: undefined; readonly problems: readonly FieldProblem[] }
);

/** A place as a file describes it; names are those of the file. */
export interface PlaceRow {
  readonly organisation: string;
  readonly location: string;
  readonly cluster: string;
  readonly code: string;
  readonly name: string;
  readonly kind: PlaceKind;
  readonly zwaarte: Zwaarte;
  readonly fundingFrame: FundingFrame;
  readonly openFrom?: CivilDate;
  readonly closedFrom?: CivilDate;
}

/** A client as a file describes them. */
export interface ClientRow {
  readonly number: string;
  readonly details: ClientRecord;
  /** Nine digits. */
  readonly bsn?: string;
}

/** A stay, reservation or leave as a file describes it. */
export interface StayRow {
  readonly number: string;
  readonly clientNumber: string;
  readonly kind: 'stay' | 'reservation' | 'leave';
  /** Absent for leave. */
  readonly placeCode?: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly leaveReason?: LeaveReason;
  readonly departure?: { readonly reason: DepartureReason; readonly destination: DepartureDestination };
}

function checked<T>(reader: RowReader, row: number, record: T | undefined): CheckedRow<T> {
  if (reader.isSound && record !== undefined) return { row, record, problems: [] };
  return { row, problems: reader.problems };
}

/** Checks one row of places. */
export function checkPlaceRow(source: NamedRow): CheckedRow<PlaceRow> {
  const reader = new RowReader(source, importColumns.places);
  if (!reader.isSound && source.problem) return { row: source.row, problems: reader.problems };
  const [organisation, location, cluster] = ['instelling', 'locatie', 'cluster'].map((name) =>
    requiredName(reader, name),
  );
  const kind = needed(reader, 'soort', reader.code('soort', placeKinds));
  const zwaarte = needed(reader, 'zwaarte', reader.code('zwaarte', zwaartes));
  const fundingFrame = needed(reader, 'financiering', reader.code('financiering', fundingFrames));
  const openFrom = reader.date('open_vanaf');
  const closedFrom = reader.date('gesloten_vanaf');
  if (openFrom && closedFrom && closedFrom <= openFrom) reader.add(fieldProblem('gesloten_vanaf', 'date-order'));
  const code = reader.requiredText('plekcode');
  const name = requiredName(reader, 'pleknaam');
  if (!kind || !zwaarte || !fundingFrame || !organisation || !location || !cluster) {
    return checked<PlaceRow>(reader, source.row, undefined);
  }
  const record = { organisation, location, cluster, code, name, kind, zwaarte, fundingFrame, openFrom, closedFrom };
  return checked(reader, source.row, withoutNothing<PlaceRow>(record));
}

function requiredName(reader: RowReader, column: string): string {
  const text = reader.requiredText(column);
  if (text !== '' && !isName(text)) reader.add(fieldProblem(column, 'name-without-letters'));
  return text;
}

/** The columns of a client and the fields that they fill. */
export const clientColumns = {
  givenNames: 'voornamen',
  familyNamePrefix: 'tussenvoegsel',
  familyName: 'achternaam',
  birthDate: 'geboortedatum',
  bsn: 'bsn',
  'address.street': 'straat',
  'address.houseNumber': 'huisnummer',
  'address.houseNumberAddition': 'toevoeging',
  'address.postcode': 'postcode',
  'address.city': 'woonplaats',
  phone: 'telefoon',
  email: 'email',
  municipalityOfOrigin: 'gemeente_van_herkomst',
  language: 'taal',
  zwaarte: 'zwaarte',
} as const;

/** Checks one row of clients with the rules of client records. */
export function checkClientRow(source: NamedRow, today: CivilDate): CheckedRow<ClientRow> {
  const reader = new RowReader(source, importColumns.clients);
  if (!reader.isSound && source.problem) return { row: source.row, problems: reader.problems };
  const number = reader.requiredText('clientnummer');
  const bsnText = reader.text('bsn');
  const language = reader.text('taal');
  if (language !== undefined && language.length < 2) reader.add(fieldProblem('taal', 'field-invalid'));
  const record: ClientRecord = {
    ...withoutNothing<Partial<ClientRecord>>({
      givenNames: reader.text('voornamen'),
      familyNamePrefix: reader.text('tussenvoegsel'),
      birthDate: reader.date('geboortedatum'),
      phone: reader.text('telefoon'),
      email: reader.text('email'),
      municipalityOfOrigin: reader.text('gemeente_van_herkomst'),
      language,
      zwaarte: reader.code('zwaarte', zwaartes),
    }),
    familyName: reader.requiredText('achternaam'),
    address: withoutNothing<NonNullable<ClientRecord['address']>>({
      street: reader.text('straat'),
      houseNumber: reader.text('huisnummer'),
      houseNumberAddition: reader.text('toevoeging'),
      postcode: reader.text('postcode'),
      city: reader.text('woonplaats'),
    }),
    contactPersons: [],
  };
  const bsn = bsnText === undefined ? undefined : tried(reader, () => parseBsn(bsnText));
  const details = tried(reader, () => checkedClient(record, { today }));
  return checked(reader, source.row, details && { number, details, ...(bsn === undefined ? {} : { bsn }) });
}

/** Checks one row of stays, as far as it can be without knowing what is there. */
export function checkStayRow(source: NamedRow): CheckedRow<StayRow> {
  const reader = new RowReader(source, importColumns.stays);
  if (!reader.isSound && source.problem) return { row: source.row, problems: reader.problems };
  const number = reader.requiredText('regelnummer');
  const clientNumber = reader.requiredText('clientnummer');
  const kinds = Object.keys(stayRowLabels).filter((kind): kind is StayRowKind => kind in stayRowLabels);
  const kind = needed(reader, 'soort', reader.code('soort', kinds));
  const from = needed(reader, 'van', reader.date('van'));
  const until = reader.date('tot');
  if (from && until && until <= from) reader.add(fieldProblem('tot', 'date-order'));
  const placeCode = reader.text('plekcode');
  if (kind !== undefined && kind !== 'verlof' && placeCode === undefined) reader.missing('plekcode');
  const leaveReason = reader.code('verlofreden', leaveReasons);
  if (kind === 'verlof' && leaveReason === undefined) reader.missing('verlofreden');
  if (kind !== undefined && kind !== 'verlof' && leaveReason) reader.add(fieldProblem('verlofreden', 'field-invalid'));
  const departure = departureOf(reader, kind, until);
  if (!kind || !from) return checked<StayRow>(reader, source.row, undefined);
  const record: StayRow = {
    number,
    clientNumber,
    kind: stayKinds[kind],
    ...(placeCode === undefined || kind === 'verlof' ? {} : { placeCode }),
    from,
    ...(until === undefined ? {} : { until }),
    ...(leaveReason === undefined ? {} : { leaveReason }),
    ...(departure === undefined ? {} : { departure }),
  };
  return checked(reader, source.row, record);
}

const stayKinds = { verblijf: 'stay', reservering: 'reservation', verlof: 'leave' } as const;

function departureOf(
  reader: RowReader,
  kind: StayRowKind | undefined,
  until: CivilDate | undefined,
): StayRow['departure'] {
  const reason = reader.code('vertrekreden', departureReasons);
  const destination = reader.code('bestemming', departureDestinations);
  if (reason === undefined && destination === undefined) return undefined;
  if (kind !== undefined && kind !== 'verblijf') {
    reader.add(fieldProblem(reason === undefined ? 'bestemming' : 'vertrekreden', 'field-invalid'));
  }
  if (reason === undefined) reader.missing('vertrekreden');
  if (destination === undefined) reader.missing('bestemming');
  if (until === undefined) reader.missing('tot');
  return reason && destination ? { reason, destination } : undefined;
}

function needed<T>(reader: RowReader, column: string, value: T | undefined): T | undefined {
  if (value === undefined) reader.missing(column);
  return value;
}

/** Applies a rule and notes its refusal at the columns that it names. */
function tried<T>(reader: RowReader, rule: () => T): T | undefined {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    for (const problem of clientProblems(error)) reader.add(problem);
    return undefined;
  }
}

/** A refusal of a client's record, at the columns of the file. */
export function clientProblems({ code, messages, fields }: Refusal): FieldProblem[] {
  if (fields.length === 0) return [{ path: '', code, ...messages }];
  return fields.map((problem) => ({ ...problem, path: columnOf(problem.path) }));
}

function columnOf(path: string): string {
  return Object.entries(clientColumns).find(([field]) => field === path)?.[1] ?? 'clientnummer';
}
