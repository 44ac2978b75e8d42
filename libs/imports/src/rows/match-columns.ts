import { folded } from '#contracts/folded-text.js';
import type { ImportColumn } from '#contracts/imports/import-columns.js';
import { type FieldProblem, fieldProblem } from '#contracts/refusal.js';
import { type Cell, type Table, type TableRow, UnreadableFile } from '../table/table.js';

/** A row by the names of our columns; a row of another width has a problem of its own. */
export interface NamedRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly problem?: FieldProblem;
}

/** Longest name of a column that is repeated in a text. */
const SHOWN_NAME = 40;
/** Problems of a header that are told; whoever mends these sees the rest. */
const MOST_PROBLEMS = 50;

/** Names are the same whatever their capitals, accents, spaces, dashes and underscores. */
function keyOf(name: string): string {
  return folded(name).replaceAll(/[\s_-]+/g, '');
}

/**
 * Finds the columns of a kind of file by their names, in any order. A column that we do not know is a problem unless it
 * is empty all the way down.
 * @throws UnreadableFile with every problem of the header
 */
export function matchColumns(table: Table, columns: readonly ImportColumn[]): NamedRow[] {
  const known = new Map(
    columns.flatMap(({ name, also = [] }) => [name, ...also].map((title) => [keyOf(title), name] as const)),
  );
  const names = table.header.map((title) => known.get(keyOf(title)));
  const problems = headerProblems(table, columns, names);
  const [first, ...more] = problems;
  if (first !== undefined) throw new UnreadableFile([first, ...more]);
  const required = new Set(columns.filter((column) => column.required).map(({ name }) => name));
  const needed = names.findLastIndex((name) => name !== undefined && required.has(name)) + 1;
  return table.rows.map((row) => namedRow(row, names, needed));
}

function headerProblems(
  table: Table,
  columns: readonly ImportColumn[],
  names: readonly (string | undefined)[],
): FieldProblem[] {
  // Without one known name the first row is probably data: nothing of it may be repeated in a text.
  if (names.every((name) => name === undefined)) return [fieldProblem('', 'header-missing')];
  const unknown = table.header.flatMap((title, index) => {
    if (names[index] !== undefined || isEmptyBelow(table, index)) return [];
    const column = title === '' ? `(${String(index + 1)})` : title.slice(0, SHOWN_NAME);
    return [fieldProblem(column, 'column-unknown', { column })];
  });
  const twice = names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index ? [fieldProblem(name, 'column-twice', { column: name })] : [],
  );
  const missing = columns
    .filter(({ name, required }) => required && !names.includes(name))
    .map(({ name }) => fieldProblem(name, 'column-missing', { column: name }));
  return [...missing, ...twice, ...unknown].slice(0, MOST_PROBLEMS);
}

function isEmptyBelow({ rows }: Table, index: number): boolean {
  return rows.every(({ cells }) => {
    const cell = cells[index];
    return cell === undefined || (cell.text === '' && cell.formula !== true);
  });
}

/**
 * Excel leaves out the last separators of rows that end in empty cells, so a short row is one only when a column is
 * missing that must be there. A cell too many means that everything may have shifted.
 */
function namedRow({ row, cells, width }: TableRow, names: readonly (string | undefined)[], needed: number): NamedRow {
  const named = new Map<string, Cell>();
  names.forEach((name, index) => {
    if (name !== undefined) named.set(name, cells[index] ?? { text: '' });
  });
  const isShort = width !== undefined && width < needed;
  if (cells.length <= names.length && !isShort) return { row, cells: named };
  const counts = { actual: width ?? cells.length, expected: names.length };
  return { row, cells: named, problem: fieldProblem('', 'row-columns-differ', counts) };
}
