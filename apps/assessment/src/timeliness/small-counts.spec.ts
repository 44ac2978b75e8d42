import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hiddenCells, SMALLEST_COUNT } from './small-counts.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const withSums = (counts: readonly (readonly number[])[]): number[][] => {
  const rows = counts.map((row) => [...row, sum(row)]);
  return [...rows, (rows[0] ?? []).map((_, column) => sum(rows.map((row) => row[column] ?? 0)))];
};

/** What is told: the count, or nothing. */
const told = (counts: readonly (readonly number[])[]) => {
  const hidden = hiddenCells(counts);
  return withSums(counts).map((row, index) =>
    row.map((count, at) => (hidden[index]?.[at] === true ? undefined : count)),
  );
};

/**
 * Which hidden cells somebody can reckon who knows all that is told and that rows and columns add up: those that are the same
 * in every solution of these equations (Gaussian elimination).
 */
function reckonable(table: readonly (readonly (number | undefined)[])[]): string[] {
  const cells = table.flatMap((row, r) => row.flatMap((count, c) => (count === undefined ? [`${r},${c}`] : [])));
  const [height, width] = [table.length, table[0]?.length ?? 0];
  const rows = Array.from({ length: height }, (_, r) => Array.from({ length: width }, (__, c) => `${r},${c}`));
  const columns = Array.from({ length: width }, (_, c) => Array.from({ length: height }, (__, r) => `${r},${c}`));
  const equations = [...rows, ...columns].map((line) =>
    cells.map((cell): number => (line.includes(cell) ? (cell === line.at(-1) ? -1 : 1) : 0)),
  );
  // Reduced: a cell is known when a row is left in which it stands alone.
  const matrix = equations.map((equation) => [...equation]);
  let lead = 0;
  for (let column = 0; column < cells.length && lead < matrix.length; column += 1) {
    const pivot = matrix.findIndex((row, index) => index >= lead && Math.abs(row[column] ?? 0) > 1e-9);
    const [row, first] = [matrix[pivot], matrix[lead]];
    if (row === undefined || first === undefined) continue;
    [matrix[lead], matrix[pivot]] = [row, first];
    const divisor = row[column] ?? 1;
    for (const [index, value] of row.entries()) row[index] = value / divisor;
    for (const other of matrix) {
      const factor = other[column] ?? 0;
      if (other === row || factor === 0) continue;
      for (const [index, value] of row.entries()) other[index] = (other[index] ?? 0) - factor * value;
    }
    lead += 1;
  }
  return matrix.flatMap((row) => {
    const left = row.flatMap((value, index) => (Math.abs(value) > 1e-9 ? [index] : []));
    return left.length === 1 ? (cells[left[0] ?? 0] ?? []) : [];
  });
}

const anyTable = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })), {
      minLength: columns,
      maxLength: columns,
    }),
    { minLength: rows, maxLength: rows },
  ),
);

describe('small counts in a table', () => {
  it('are left as they are when there are none', () => {
    expect(
      told([
        [10, 20],
        [0, 7],
      ]),
    ).toEqual(
      withSums([
        [10, 20],
        [0, 7],
      ]),
    );
    expect(told([])).toEqual([[]]);
  });

  it('are hidden with as little else as keeps them from being reckoned', () => {
    expect(
      told([
        [40, 3, 12],
        [50, 9, 20],
        [60, 30, 25],
      ]),
    ).toEqual([
      [40, undefined, undefined, 55],
      [50, undefined, undefined, 79],
      [60, 30, 25, 115],
      [150, 42, 57, 249],
    ]);
  });

  it('are those from one to four', () => {
    expect(told([[4, 22]])).toEqual([
      [undefined, undefined, 26],
      [undefined, undefined, 26],
    ]);
    expect(told([[5, 8]])).toEqual([
      [5, 8, 13],
      [5, 8, 13],
    ]);
  });

  it('are hidden with another small count rather than a large one, and never with that there are none', () => {
    expect(told([[20, 2, 1, 13]])[0]).toEqual([20, undefined, undefined, undefined, 36]);
    expect(told([[12, 0, 1, 2]])[0]).toEqual([undefined, 0, undefined, undefined, 15]);
  });

  it('rather take the sum of a line with them than the sum of all lines', () => {
    expect(
      told([
        [0, 21],
        [2, 1],
      ]),
    ).toEqual([
      [0, undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, 24],
    ]);
  });

  it('go with a sum that could be one more or less, where there are none to take away', () => {
    expect(
      told([
        [1, 1],
        [0, 17],
      ]),
    ).toEqual([
      [undefined, undefined, undefined],
      [0, undefined, undefined],
      [undefined, undefined, 19],
    ]);
  });

  it('are hidden with the sum when there is nothing else to hide', () => {
    expect(told([[3, 0]])).toEqual([
      [undefined, 0, undefined],
      [undefined, 0, undefined],
    ]);
  });

  it('are never told, nor to be reckoned from what is told', () => {
    fc.assert(
      fc.property(anyTable, (counts) => {
        const table = told(counts);
        for (const count of table.flat()) {
          expect(count === undefined || count === 0 || count >= SMALLEST_COUNT).toBe(true);
        }
        expect(reckonable(table)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are never told as the rest of a line either', () => {
    fc.assert(
      fc.property(anyTable, (counts) => {
        const table = told(counts);
        const columns = (table[0] ?? []).map((_, column) => table.map((row) => row[column]));
        for (const line of [...table, ...columns]) {
          const total = line.at(-1);
          const known = line.slice(0, -1).filter((count) => count !== undefined);
          if (total === undefined || known.length === line.length - 1) continue;
          expect(total - sum(known)).not.toBeLessThan(SMALLEST_COUNT);
        }
      }),
      { numRuns: 500 },
    );
  });
});
