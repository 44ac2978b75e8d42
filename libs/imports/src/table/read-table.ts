import { fieldProblem } from '#contracts/refusal.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import { MAX_CELL_CHARACTERS, type Table, UnreadableFile } from './table.js';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Old Excel and other Office files. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PDF = [0x25, 0x50, 0x44, 0x46];

/**
 * Reads a file as a table, by its content and not by its name.
 * @param maxCell characters of a cell that are kept
 * @throws UnreadableFile with the reason
 */
export async function readTable(bytes: Buffer, maxCell = MAX_CELL_CHARACTERS): Promise<Table> {
  const startsWith = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  if (startsWith(OLE) || startsWith(PDF)) throw new UnreadableFile([fieldProblem('', 'file-format-unreadable')]);
  const table = startsWith(ZIP) ? await readXlsx(bytes, { maxCell }) : await readCsv(bytes, maxCell);
  if (table.header.length === 0 || table.rows.length === 0) {
    throw new UnreadableFile([fieldProblem('', 'file-empty')]);
  }
  return table;
}
