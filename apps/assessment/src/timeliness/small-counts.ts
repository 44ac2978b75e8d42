/** Counts under this are not told to who sees aggregates only (domain.md §2, `beleid`); that there are none, is. */
export const SMALLEST_COUNT = 5;

/** Which cells of a table with its margins may not be told: one row and one column more than the counts. */
export type Hidden = readonly (readonly boolean[])[];

interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * Which cells of a table may not be told, when the sums of its rows and columns, in a last column and row, are told as far
 * as they may be. Hidden are the counts under five, and so many others that none of these can be reckoned from what is left:
 *
 * - Each hidden cell is a corner of a rectangle of hidden cells. Along such a rectangle one can be added and taken away by
 *   turns without any sum changing, so that no sum gives it away (Gusfield 1988: a cell is safe exactly when it lies on a
 *   cycle). One that would have to go below nothing does not count.
 * - Where the sum of a line is told, its hidden cells are five or more together.
 */
export function hiddenCells(counts: readonly (readonly number[])[]): Hidden {
  const table = withMargins(counts);
  const hidden = table.map((row) => row.map((count) => count > 0 && count < SMALLEST_COUNT));
  for (let more = nextToHide(table, hidden); more.length > 0; more = nextToHide(table, hidden)) {
    for (const { row, column } of more) cellsOf(hidden, row)[column] = true;
  }
  return hidden;
}

function withMargins(counts: readonly (readonly number[])[]): number[][] {
  const rows = counts.map((row) => [...row, sumOf(row)]);
  const width = rows[0]?.length ?? 1;
  return [...rows, Array.from({ length: width }, (_, column) => sumOf(rows.map((row) => row[column] ?? 0)))];
}

/** Cells that have to be hidden too; none when the table is safe. Each step hides at least one more, so it comes to an end. */
function nextToHide(table: number[][], hidden: boolean[][]): Cell[] {
  for (const [row, cells] of hidden.entries()) {
    for (const [column, isHidden] of cells.entries()) {
      if (!isHidden) continue;
      const more = cheapestRectangle(table, hidden, { row, column });
      if (more.length > 0) return more;
    }
  }
  return tooSmallTogether(table, hidden);
}

/** What has to be hidden beside a cell, so that it is a corner of a rectangle; none when it is one already. */
function cheapestRectangle(table: number[][], hidden: boolean[][], corner: Cell): Cell[] {
  let best: { cells: Cell[]; cost: number } | undefined;
  for (let row = 0; row < table.length; row += 1) {
    for (let column = 0; column < cellsOf(table, row).length; column += 1) {
      if (row === corner.row || column === corner.column || !canTurn(table, corner, { row, column })) continue;
      const corners = [
        { row, column },
        { row, column: corner.column },
        { row: corner.row, column },
      ];
      const cells = corners.filter((cell) => !at(hidden, cell));
      const cost = cells.reduce((sum, cell) => sum + costOf(table, cell), 0);
      if (best === undefined || cost < best.cost) best = { cells, cost };
    }
  }
  // Without any other line there is nothing to reckon it from.
  return best?.cells ?? [];
}

/** The sums of all rows say most to everybody: they are worth so many times as much as another count. */
const WORTH_OF_TOTALS = 10;

/** Rather a small count than a large one, and rather one than a sum; that there are none tells most, so it is hidden last. */
function costOf(table: number[][], cell: Cell): number {
  const count = at(table, cell);
  if (count === 0) return Number.MAX_SAFE_INTEGER / 1_000;
  return cell.row === table.length - 1 ? count * WORTH_OF_TOTALS : count;
}

/** Whether one can be added and taken away by turns around a rectangle, in one of both directions, without going below 0. */
function canTurn(table: number[][], a: Cell, b: Cell): boolean {
  const corners: readonly (readonly [Cell, 1 | -1])[] = [
    [a, 1],
    [{ row: a.row, column: b.column }, -1],
    [b, 1],
    [{ row: b.row, column: a.column }, -1],
  ];
  return [1, -1].some((direction) =>
    corners.every(([cell, turn]) => at(table, cell) + direction * turn * signOf(table, cell) >= 0),
  );
}

/** A sum goes along with what it is the sum of; so does the sum of all with both. */
function signOf(table: number[][], { row, column }: Cell): 1 | -1 {
  const inLastRow = row === table.length - 1;
  const inLastColumn = column === cellsOf(table, row).length - 1;
  return inLastRow === inLastColumn ? 1 : -1;
}

/** The next cell of a line whose sum is told and whose hidden cells are a count under five together. */
function tooSmallTogether(table: number[][], hidden: boolean[][]): Cell[] {
  for (const line of linesOf(table)) {
    const [sum, parts] = [line.at(-1), line.slice(0, -1)];
    if (sum === undefined || at(hidden, sum)) continue;
    const together = sumOf(parts.filter((cell) => at(hidden, cell)).map((cell) => at(table, cell)));
    if (together === 0 || together >= SMALLEST_COUNT) continue;
    const visible = parts.filter((cell) => !at(hidden, cell) && at(table, cell) > 0);
    const [next = sum] = visible.sort((a, b) => at(table, a) - at(table, b));
    return [next];
  }
  return [];
}

/** Each row and column as cells, its sum last. */
function linesOf(table: number[][]): Cell[][] {
  const columns = cellsOf(table, 0).map((_, column) => table.map((__, row) => ({ row, column })));
  const rows = table.map((cells, row) => cells.map((_, column) => ({ row, column })));
  return [...rows, ...columns];
}

function cellsOf<T>(table: T[][], row: number): T[] {
  const cells = table[row];
  if (cells === undefined) throw new RangeError('there is no such row');
  return cells;
}

function at<T>(table: T[][], { row, column }: Cell): T {
  const value = cellsOf(table, row)[column];
  if (value === undefined) throw new RangeError('there is no such cell');
  return value;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
