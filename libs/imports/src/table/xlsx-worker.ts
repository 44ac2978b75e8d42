import { parentPort, workerData } from 'node:worker_threads';
import ExcelJS from 'exceljs';

/**
 * Opens a workbook in a thread of its own, with bounded memory: the library works in one go, and a workbook may be large.
 * It imports nothing of ours, so that it runs as it stands, built or not.
 */

/** A cell that holds a formula, or what is left of one. */
interface Formula {
  readonly formula: true;
}

/** A row as the thread sends it. */
export interface WorkbookRow {
  readonly row: number;
  readonly cells: readonly (string | Formula)[];
}

type WorkbookEnd = 'done' | 'unreadable' | 'empty' | 'too-many-rows' | 'too-much-text';

/** What the thread sends: rows of the first visible sheet, some at a time, and then that this was all, or why not. */
export type WorkbookMessage = { readonly rows: readonly WorkbookRow[] } | { readonly end: WorkbookEnd };
type Send = (message: WorkbookMessage) => void;

/** What the thread is given. */
export interface WorkbookQuestion {
  readonly bytes: ArrayBuffer;
  readonly maxRows: number;
  readonly maxColumns: number;
  /** A longer text is cut. */
  readonly maxCellCharacters: number;
  /** Of all cells together. */
  readonly maxCharacters: number;
}

/** Rows that are sent together: few enough not to hold up who receives them. */
const BATCH = 500;

async function open(question: WorkbookQuestion, send: Send): Promise<WorkbookEnd> {
  const { bytes, maxRows, maxColumns, maxCellCharacters, maxCharacters } = question;
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.load(bytes);
  } catch {
    // Whatever the library stumbles over, the file is not one that it can read.
    return 'unreadable';
  }
  const sheet = book.worksheets.find(({ state }) => state === 'visible');
  if (sheet === undefined) return 'empty';
  if (sheet.rowCount > maxRows) return 'too-many-rows';
  let rows: WorkbookRow[] = [];
  // Within the file many cells may share one long text; sent, each has its own.
  let characters = 0;
  const textOf = (value: ExcelJS.CellValue): string | Formula => {
    const cell = cellOf(value);
    if (typeof cell !== 'string') return cell;
    const text = cell.slice(0, maxCellCharacters);
    characters += text.length;
    return text;
  };
  sheet.eachRow((row, number) => {
    if (characters > maxCharacters) return;
    const width = Math.min(row.cellCount, maxColumns);
    rows.push({
      row: number,
      cells: Array.from({ length: width }, (_, index) => textOf(row.getCell(index + 1).value)),
    });
    if (rows.length < BATCH) return;
    send({ rows });
    rows = [];
  });
  if (characters > maxCharacters) return 'too-much-text';
  send({ rows });
  return 'done';
}

function cellOf(value: ExcelJS.CellValue): string | Formula {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return isoDate(value);
  if (typeof value !== 'object') return String(value);
  if ('formula' in value || 'sharedFormula' in value) return { formula: true };
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return linkText(value.text);
  // An error like #REF! is what is left of a formula.
  return { formula: true };
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

const port = parentPort;
if (port !== null) {
  const send: Send = (message) => port.postMessage(message);
  // The question is what read-xlsx.ts sends along.
  send({ end: await open(workerData as WorkbookQuestion, send) });
}
