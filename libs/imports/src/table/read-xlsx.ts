import { on } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MAX_IMPORT_ROWS } from '#contracts/imports/imports.js';
import { fieldProblem } from '#contracts/refusal.js';
import {
  cellOf,
  MAX_CELL_CHARACTERS,
  MAX_COLUMNS,
  type Table,
  type TableRow,
  UnreadableFile,
  withoutTail,
} from './table.js';
import type { WorkbookMessage, WorkbookQuestion, WorkbookRow } from './xlsx-worker.js';
import { guardUnpacking } from './zip-guard.js';

/** Characters of all cells together, many times what fifty thousand rows of ours have; cells may share one text in a file. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
/** Memory and time in which any workbook of the largest size can be opened. */
const MAX_HEAP_MB = 1_024;
const TIME_LIMIT_MS = 120_000;

/**
 * Reads the first visible sheet of a workbook. Formulas are marked and never worked out.
 * @throws UnreadableFile when it is no workbook, unpacks too large, or has too many rows
 */
export async function readXlsx(
  bytes: Buffer,
  { maxCharacters = MAX_CHARACTERS, maxCell = MAX_CELL_CHARACTERS } = {},
): Promise<Table> {
  await guardUnpacking(bytes);
  const rows = await rowsOf(bytes, maxCharacters, maxCell);
  const [header, ...rest] = rows;
  return { encoding: 'xlsx', header: header?.cells.map(({ text }) => text) ?? [], rows: rest };
}

/** Opens the workbook in a thread, which is ended when it takes too much memory or time. */
async function rowsOf(bytes: Buffer, maxCharacters: number, maxCell: number): Promise<TableRow[]> {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  const question: WorkbookQuestion = {
    bytes: copy,
    maxRows: MAX_IMPORT_ROWS + 1,
    maxColumns: MAX_COLUMNS + 1,
    // White space around a text is taken off afterwards.
    maxCellCharacters: maxCell * 2,
    maxCharacters,
  };
  const worker = new Worker(new URL(`./xlsx-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: question,
    transferList: [copy],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const rows: TableRow[] = [];
  try {
    const limits = { signal: AbortSignal.timeout(TIME_LIMIT_MS), close: ['exit'] };
    // The thread is ours, and sends nothing else.
    for await (const [message] of on(worker, 'message', limits) as AsyncIterable<[WorkbookMessage]>) {
      if ('rows' in message) {
        rows.push(...message.rows.map((row) => tableRow(row, maxCell)).filter(({ cells }) => cells.length > 0));
      } else if (message.end === 'done') return rows;
      else throw refusalOf(message.end);
    }
    throw refusalOf('unreadable');
  } catch (error) {
    throw isOutOfBounds(error) ? refusalOf('unreadable') : error;
  } finally {
    await worker.terminate();
  }
}

function tableRow({ row, cells }: WorkbookRow, maxCell: number): TableRow {
  const read = cells.map((cell) =>
    typeof cell === 'string' ? cellOf(cell, maxCell) : { text: '', formula: true as const },
  );
  return { row, cells: withoutTail(read) };
}

function isOutOfBounds(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error.code === 'ABORT_ERR';
}

function refusalOf(reason: 'unreadable' | 'empty' | 'too-many-rows' | 'too-much-text'): UnreadableFile {
  switch (reason) {
    case 'empty':
      return new UnreadableFile([fieldProblem('', 'file-empty')]);
    case 'too-many-rows':
      return new UnreadableFile([fieldProblem('', 'file-too-many-rows', { max: MAX_IMPORT_ROWS })]);
    case 'too-much-text': {
      const max = `${Math.round(MAX_CHARACTERS / (1024 * 1024))} MB`;
      return new UnreadableFile([fieldProblem('', 'file-unpacks-too-large', { max })]);
    }
    case 'unreadable':
      return new UnreadableFile([fieldProblem('', 'file-format-unreadable')]);
  }
}
