import { CsvError, parse } from 'csv-parse/sync';
import { fieldProblem } from '#contracts/refusal.js';
import { MAX_IMPORT_ROWS } from '#contracts/registration/imports.js';
import { decodeText } from './decode-text.js';
import { cellOf, type Table, UnreadableFile, withoutTail } from './table.js';

const SEPARATORS = [';', ',', '\t'] as const;
/** Excel writes and reads a first line that only names the separator. */
const SEPARATOR_LINE = /^sep=([;,\t])\r?\n/i;

/**
 * Reads a CSV file: any of three separators, RFC 4180 quoting, empty lines skipped. Rows are numbered as a spreadsheet
 * numbers them.
 * @throws UnreadableFile when the characters or the quotation marks are wrong, or there are too many rows
 */
export function readCsv(bytes: Uint8Array): Table {
  const { text, encoding } = decodeText(bytes);
  const [line, named] = SEPARATOR_LINE.exec(text) ?? ['', undefined];
  const body = text.slice(line.length);
  const separator = named ?? separatorOf(body);
  const records = recordsOf(body, separator);
  if (records.length > MAX_IMPORT_ROWS + 1) {
    throw new UnreadableFile([fieldProblem('', 'file-too-many-rows', { max: MAX_IMPORT_ROWS })]);
  }
  const skipped = line === '' ? 0 : 1;
  const rows = records
    .map((record, index) => ({
      row: index + 1 + skipped,
      cells: withoutTail(record.map(cellOf)),
      width: record.length,
    }))
    .filter(({ cells }) => cells.length > 0);
  const [header, ...rest] = rows;
  return { encoding, separator, header: header?.cells.map((cell) => cell.text) ?? [], rows: rest };
}

/** The separator that is in the first line most often, outside quotation marks. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const character of text) {
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

function recordsOf(text: string, separator: string): string[][] {
  try {
    return parse(text, { delimiter: separator, relax_column_count: true, to: MAX_IMPORT_ROWS + 2 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : 1;
    throw new UnreadableFile([fieldProblem('', 'quotes-unbalanced', { row })]);
  }
}
