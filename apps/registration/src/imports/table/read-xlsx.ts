import ExcelJS from 'exceljs';
import { fieldProblem } from '#contracts/refusal.js';
import { MAX_IMPORT_ROWS } from '#contracts/registration/imports.js';
import { type Cell, cellOf, type Table, type TableRow, UnreadableFile, withoutTail } from './table.js';
import { guardUnpacking } from './zip-guard.js';

/** Columns beyond this are not looked at; our widest file has sixteen. */
const MAX_COLUMNS = 100;

/**
 * Reads the first visible sheet of a workbook. Formulas are marked and never worked out.
 * @throws UnreadableFile when it is no workbook, unpacks too large, or has too many rows
 */
export async function readXlsx(bytes: Buffer): Promise<Table> {
  guardUnpacking(bytes);
  const sheet = (await open(bytes)).worksheets.find(({ state }) => state === 'visible');
  if (sheet === undefined) throw new UnreadableFile([fieldProblem('', 'file-empty')]);
  if (sheet.rowCount > MAX_IMPORT_ROWS + 1) {
    throw new UnreadableFile([fieldProblem('', 'file-too-many-rows', { max: MAX_IMPORT_ROWS })]);
  }
  const rows: TableRow[] = [];
  sheet.eachRow((row, number) => {
    const width = Math.min(row.cellCount, MAX_COLUMNS);
    const cells = withoutTail(Array.from({ length: width }, (_, index) => cellOfValue(row.getCell(index + 1).value)));
    if (cells.length > 0) rows.push({ row: number, cells });
  });
  const [header, ...rest] = rows;
  return { encoding: 'xlsx', header: header?.cells.map((cell) => cell.text) ?? [], rows: rest };
}

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  try {
    const copy = new ArrayBuffer(bytes.length);
    new Uint8Array(copy).set(bytes);
    return await book.xlsx.load(copy);
  } catch {
    // Whatever the library stumbles over, the file is not one that it can read.
    throw new UnreadableFile([fieldProblem('', 'file-format-unreadable')]);
  }
}

function cellOfValue(value: ExcelJS.CellValue): Cell {
  if (value === null || value === undefined) return { text: '' };
  if (value instanceof Date) return { text: isoDate(value) };
  if (typeof value !== 'object') return cellOf(String(value));
  if ('formula' in value || 'sharedFormula' in value) return { text: '', formula: true };
  if ('richText' in value) return cellOf(value.richText.map(({ text }) => text).join(''));
  if ('hyperlink' in value) return cellOf(linkText(value.text));
  // An error like #REF! is what is left of a formula.
  return { text: '', formula: true };
}

/** The text of a link may be rich text, whatever its type says. */
function linkText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null || !('richText' in text) || !Array.isArray(text.richText)) return '';
  return text.richText.map((part: unknown) => partText(part)).join('');
}

function partText(part: unknown): string {
  return typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string' ? part.text : '';
}

/** Workbooks hold dates without a zone; the library gives them as midnight in UTC. */
function isoDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
