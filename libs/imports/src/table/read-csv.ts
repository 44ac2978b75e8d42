import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { MAX_IMPORT_ROWS } from '#contracts/imports/imports.js';
import { fieldProblem } from '#contracts/refusal.js';
import { decodeText } from './decode-text.js';
import { cellOf, MAX_CELL_CHARACTERS, MAX_COLUMNS, type Table, UnreadableFile, withoutTail } from './table.js';

const SEPARATORS = [';', ',', '\t'] as const;
/** Excel writes and reads a first line that only names the separator. */
const SEPARATOR_LINE = /^sep=([;,\t])\r?\n/i;

/**
 * Reads a CSV file: any of three separators, RFC 4180 quoting, empty lines skipped. Rows are numbered as a spreadsheet
 * numbers them.
 * @throws UnreadableFile when the characters or the quotation marks are wrong, or there are too many rows
 */
export async function readCsv(bytes: Uint8Array, maxCell = MAX_CELL_CHARACTERS): Promise<Table> {
  const { text, encoding } = decodeText(bytes);
  const [line, named] = SEPARATOR_LINE.exec(text) ?? ['', undefined];
  const body = text.slice(line.length);
  const separator = named ?? separatorOf(body);
  if (isTooWide(body, separator)) throw new UnreadableFile([fieldProblem('', 'file-format-unreadable')]);
  const records = await recordsOf(body, separator);
  if (records.length > MAX_IMPORT_ROWS + 1) {
    throw new UnreadableFile([fieldProblem('', 'file-too-many-rows', { max: MAX_IMPORT_ROWS })]);
  }
  const skipped = line === '' ? 0 : 1;
  const rows = records
    .map(({ cells, width }, index) => ({
      row: index + 1 + skipped,
      cells: withoutTail(cells.map((cell) => cellOf(cell, maxCell))),
      width,
    }))
    .filter(({ cells }) => cells.length > 0);
  const [header, ...rest] = rows;
  return { encoding, separator, header: header?.cells.map((cell) => cell.text) ?? [], rows: rest };
}

/** Characters in which the end of the first line is looked for. */
const FIRST_LINE = 64 * 1024;
/** A spreadsheet has at most 16 384 columns, and writes a separator for each that was ever touched. */
const MAX_SEPARATORS = 16_384;
/** Characters between two moments at which other work goes first. */
const BREATH = 64 * 1024;

/** The separator that is in the first line most often, outside quotation marks. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const character of text.slice(0, FIRST_LINE)) {
    if (character === '"') quoted = !quoted;
    if (!quoted && (character === '\n' || character === '\r')) break;
    const count = counts.get(character);
    if (!quoted && count !== undefined) counts.set(character, count + 1);
  }
  const [first] = SEPARATORS;
  return SEPARATORS.reduce<string>(
    (best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best),
    first,
  );
}

/**
 * The cells under a title and one more, which says that there are too many: a file of wide rows is millions of cells.
 * Whatever stands beyond counts for the last one, so that it does not go unseen.
 */
function firstCells(record: readonly string[], most: number): string[] {
  const cells = record.slice(0, most);
  if (lastFilled(record) >= most && cells.at(-1)?.trim() === '') cells[most - 1] = record[lastFilled(record)] ?? '';
  return cells;
}

/** Index of the last cell with something in it; -1 when there is none. */
function lastFilled(record: readonly string[]): number {
  return record.findLastIndex((cell) => cell.trim() !== '');
}

/** More separators in one line than any table has; the parser would hold a cell for each of them. */
function isTooWide(text: string, separator: string): boolean {
  const [sought, lineFeed, carriageReturn] = [separator, '\n', '\r'].map((character) => character.charCodeAt(0));
  let inLine = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === lineFeed || code === carriageReturn) inLine = 0;
    else if (code === sought) inLine += 1;
    if (inLine > MAX_SEPARATORS) return true;
  }
  return false;
}

interface CsvRecord {
  /** Those under a title, and at most one more. */
  readonly cells: readonly string[];
  /** How many there were. */
  readonly width: number;
}

async function recordsOf(text: string, separator: string): Promise<CsvRecord[]> {
  const parser = parse({ delimiter: separator, relax_column_count: true, to: MAX_IMPORT_ROWS + 2 });
  const source = Readable.from(pieces(text));
  source.on('error', (error) => parser.destroy(error));
  const records: CsvRecord[] = [];
  try {
    // The parser gives arrays of texts, because it is told of no columns.
    let titles = 0;
    for await (const record of source.pipe(parser) as AsyncIterable<string[]>) {
      // Before the titles there may be empty lines.
      if (titles === 0) titles = Math.min(lastFilled(record) + 1, MAX_COLUMNS);
      records.push({ cells: firstCells(record, titles + 1), width: record.length });
    }
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : 1;
    throw new UnreadableFile([fieldProblem('', 'quotes-unbalanced', { row })]);
  }
}

/** A long text in pieces, so that reading it does not hold up everything else. */
async function* pieces(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += BREATH) {
    await breathe();
    yield text.slice(start, start + BREATH);
  }
}
