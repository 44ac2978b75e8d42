import type { FieldProblem } from '#contracts/refusal.js';

/** A cell as text. Dates of a workbook are written `YYYY-MM-DD`. `formula`: it holds one, which is never worked out. */
export interface Cell {
  readonly text: string;
  readonly formula?: true;
}

/** A row with something in it. `row` is its number as a spreadsheet shows it; the first line of the file is 1. */
export interface TableRow {
  readonly row: number;
  /** Without the empty ones at the end. */
  readonly cells: readonly Cell[];
  /** How many cells the row was written with, where that is known (CSV). */
  readonly width?: number;
}

/** What a file holds, before anything is known of its columns. */
export interface Table {
  readonly encoding: string;
  readonly separator?: string;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** A file that cannot be read as a table at all. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(readonly problems: readonly [FieldProblem, ...FieldProblem[]]) {
    super(problems[0].code);
  }
}

/**
 * Text that a spreadsheet would work out as a formula: it starts with `=`, `@`, or `+` without being a phone number or
 * plain number.
 */
export function looksLikeFormula(text: string): boolean {
  return /^[=@]/.test(text) || (text.startsWith('+') && !/^\+[\d\s().,-]+$/.test(text));
}

/** Columns beyond this are not looked at; our widest file has thirty. */
export const MAX_COLUMNS = 40;
/** Characters of a cell that are kept at least: of a text that is longer than its column takes it only matters that it is. */
export const MAX_CELL_CHARACTERS = 300;

/** A cell of a text. @param max characters that are kept */
export function cellOf(text: string, max = MAX_CELL_CHARACTERS): Cell {
  // A letter that is written with two units may be cut through.
  const trimmed = text.trim().slice(0, max).toWellFormed();
  return looksLikeFormula(trimmed) ? { text: trimmed, formula: true } : { text: trimmed };
}

/** Cells without the empty ones at the end. */
export function withoutTail(cells: readonly Cell[]): readonly Cell[] {
  const last = cells.findLastIndex(({ text, formula }) => text !== '' || formula === true);
  return cells.slice(0, last + 1);
}
