import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { zrmLevels } from '#contracts/assessment/codes.js';
import type { ZrmLevel } from '#contracts/assessment/codes.js';
import { fieldProblem } from '#contracts/refusal.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { Label } from '#contracts/code-labels.js';
import { keyOfName } from './matrix-version.js';
import type { MatrixDomain, MatrixVersion } from '#contracts/assessment/matrix.js';

/** The form of a file with official cell texts. */
export type TextsForm = 'json' | 'csv';

/**
 * What is wrong with one cell. `row`: as a spreadsheet shows it (the header of a CSV is 1), in JSON the position in the
 * list from 1; 0 is the file as a whole. `path` is the column, empty for the row as a whole.
 */
export interface TextProblem extends FieldProblem {
  readonly row: number;
}

/** The version with the official texts, or everything that is wrong with the file. */
export type OfficialTexts =
  | { readonly outcome: 'read'; readonly version: MatrixVersion }
  | { readonly outcome: 'refused'; readonly problems: readonly [TextProblem, ...TextProblem[]] };

/** Longest text of a cell, in characters. */
export const MAX_CELL_TEXT = 2000;

const DOMAIN = 'domein';
const columnsNl = zrmLevels.map((level) => `niveau_${level}`);
const columnsEn = zrmLevels.map((level) => `niveau_${level}_en`);
const needed = [DOMAIN, ...columnsNl];

/**
 * Puts the official cell texts of a deployer's file into a version (domain.md §4: they are copyrighted, so we ship none).
 * One row per domain, found by its code or either name; columns `domein`, `niveau_1` … `niveau_5`, and if wanted
 * `niveau_1_en` … `niveau_5_en` (all or none), without which English readers see the Dutch text. CSV with `;` or `,`, or
 * JSON: a list of objects with these names. All domains must be there.
 */
export function readOfficialTexts(text: string, form: TextsForm, version: MatrixVersion): OfficialTexts {
  const table = form === 'csv' ? tableOfCsv(text) : tableOfJson(text);
  const problems = [...table.problems, ...columnProblems(table)];
  const [first, ...others] = problems;
  if (first !== undefined) return { outcome: 'refused', problems: [first, ...others] };
  return fill(table.rows, version);
}

interface Row {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly problems: readonly TextProblem[];
}

function broken(...problems: readonly TextProblem[]): Table {
  return { columns: [], rows: [], problems };
}

function tableOfCsv(text: string): Table {
  const body = text.replace(/^\uFEFF/, '');
  const delimiter = (body.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',';
  let records: string[][];
  try {
    // The parser gives arrays of texts, because it is told of no columns.
    records = parse(body, { delimiter, relax_column_count: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Records before the one at fault; its lines are no guide, for an open quotation mark takes all that follow.
    const row = typeof error['records'] === 'number' ? error['records'] + 1 : 1;
    return broken({ row, ...fieldProblem('', 'quotes-unbalanced', { row }) });
  }
  const [header = [], ...lines] = records;
  const columns = header.map((column) => column.toLowerCase());
  const problems: TextProblem[] = [];
  const rows: Row[] = [];
  for (const [index, cells] of lines.entries()) {
    const row = index + 2;
    if (cells.every((cell) => cell === '')) continue;
    if (cells.length !== columns.length) {
      const params = { actual: cells.length, expected: columns.length };
      problems.push({ row, ...fieldProblem('', 'row-columns-differ', params) });
    }
    rows.push({ row, cells: new Map(columns.map((column, position) => [column, cells[position] ?? ''])) });
  }
  return { columns, rows, problems };
}

function tableOfJson(text: string): Table {
  const items = jsonOf(text);
  if (!Array.isArray(items)) return broken({ row: 0, ...fieldProblem('', 'zrm-texts-not-json') });
  const problems: TextProblem[] = [];
  const rows = items.map((item: unknown, index): Row => {
    const row = index + 1;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      problems.push({ row, ...fieldProblem('', 'zrm-texts-not-json') });
      return { row, cells: new Map() };
    }
    const cells = new Map<string, string>();
    for (const [column, value] of Object.entries(item)) {
      if (typeof value === 'string') cells.set(column.toLowerCase(), value.trim());
      else problems.push({ row, ...fieldProblem(column, 'text-form') });
    }
    return { row, cells };
  });
  // An object may leave a column out; every row of itself is checked for that.
  return { columns: [...new Set([...needed, ...rows.flatMap(({ cells }) => [...cells.keys()])])], rows, problems };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function columnProblems({ columns, rows, problems }: Table): TextProblem[] {
  if (problems.length > 0) return [];
  if (rows.length === 0) return [{ row: 0, ...fieldProblem('', 'file-empty') }];
  const english = columns.some((column) => columnsEn.includes(column)) ? columnsEn : [];
  const all = [...needed, ...english];
  const row = 1;
  return [
    ...all
      .filter((column) => !columns.includes(column))
      .map((column) => ({ row, ...fieldProblem(column, 'column-missing', { column }) })),
    ...columns
      .filter((column) => !all.includes(column))
      .map((column) => ({ row, ...fieldProblem(column, 'column-unknown', { column }) })),
    ...columns
      .filter((column, index) => columns.indexOf(column) !== index)
      .map((column) => ({ row, ...fieldProblem(column, 'column-twice', { column }) })),
  ];
}

function fill(rows: readonly Row[], version: MatrixVersion): OfficialTexts {
  const problems: TextProblem[] = [];
  const found = new Map<string, Readonly<Record<ZrmLevel, Label>>>();
  const english = rows.some(({ cells }) => columnsEn.some((column) => cells.has(column)));
  for (const { row, cells } of rows) {
    const domain = domainNamed(version, cells.get(DOMAIN) ?? '');
    if (domain === undefined) {
      problems.push({ row, ...fieldProblem(DOMAIN, 'zrm-domain-unknown', { version: version.code }) });
    } else if (found.has(domain.code)) {
      problems.push({ row, ...fieldProblem(DOMAIN, 'zrm-domain-twice') });
    }
    const [one, two, three, four, five] = zrmLevels.map((level) => {
      const nl = textIn(cells, `niveau_${level}`, row, problems);
      const en = english ? textIn(cells, `niveau_${level}_en`, row, problems) : nl;
      return { nl, en };
    });
    if (domain !== undefined && one && two && three && four && five) {
      found.set(domain.code, { 1: one, 2: two, 3: three, 4: four, 5: five });
    }
  }
  for (const { code, name } of version.domains) {
    if (found.has(code)) continue;
    problems.push({ row: 0, ...fieldProblem(DOMAIN, 'zrm-text-domain-missing', { domain: name.nl }) });
  }
  const [first, ...others] = problems;
  if (first !== undefined) return { outcome: 'refused', problems: [first, ...others] };
  const domains = version.domains.map((domain) => ({ ...domain, cells: found.get(domain.code) ?? domain.cells }));
  return { outcome: 'read', version: { ...version, texts: 'official', domains } };
}

function textIn(cells: ReadonlyMap<string, string>, column: string, row: number, problems: TextProblem[]): string {
  const text = cells.get(column) ?? '';
  if (text === '') problems.push({ row, ...fieldProblem(column, 'field-required') });
  if (text.length > MAX_CELL_TEXT) {
    problems.push({ row, ...fieldProblem(column, 'field-too-long', { max: MAX_CELL_TEXT }) });
  }
  return text;
}

function domainNamed(version: MatrixVersion, name: string): MatrixDomain | undefined {
  const key = keyOfName(name);
  return version.domains.find((domain) => {
    return [domain.code, domain.name.nl, domain.name.en].some((known) => keyOfName(known) === key);
  });
}
