import type { ConfidenceInterval } from '#contracts/assessment/calibration.js';

/** A table of two raters: cell [i][j] counts the subjects that the first gave category i and the second category j. */
export type AgreementTable = readonly (readonly number[])[];

/** Weight of agreement when one rater gives category i and the other j: 1 for the same, down to 0. */
export type AgreementWeight = (i: number, j: number, categories: number) => number;

/** One step off costs a little, more steps much more: 1 − (i − j)² / (k − 1)². */
export const quadratic: AgreementWeight = (i, j, categories) => 1 - (i - j) ** 2 / (categories - 1) ** 2;

/** A kappa with its large-sample standard error and 95% interval, cut off at −1 and 1. */
export interface Kappa {
  readonly value: number;
  readonly standardError: number;
  readonly interval: ConfidenceInterval;
}

/** 97.5th percentile of the normal distribution. */
const Z = 1.959_963_984_540_054;

/**
 * Cohen's weighted kappa of two raters (Cohen 1968, Psychological Bulletin 70, 213–220), with the standard error for an
 * interval of Fleiss, Cohen & Everitt (1969, Psychological Bulletin 72, 323–327). Undefined when a rater gave every subject
 * one category: whatever the other gave, kappa would be 0 and its error 0 too, an interval that says that it is certain.
 */
export function weightedKappa(table: AgreementTable, weight: AgreementWeight = quadratic): Kappa | undefined {
  const categories = table.length;
  const total = sum(table.map(sum));
  const columns = table.map((_, category) => table.map((row) => row[category] ?? 0));
  if (!hasTwo(table) || !hasTwo(columns)) return undefined;
  const cells = table.flatMap((row, i) =>
    row.map((count, j) => ({ i, j, share: count / total, weight: weight(i, j, categories) })),
  );
  const marginal = (side: 'i' | 'j') =>
    table.map((_, category) => sum(cells.filter((cell) => cell[side] === category).map(({ share }) => share)));
  const [first, second] = [marginal('i'), marginal('j')];
  const chance = (i: number, j: number): number => (first[i] ?? 0) * (second[j] ?? 0);
  const observed = sum(cells.map((cell) => cell.share * cell.weight));
  const expected = sum(cells.map((cell) => chance(cell.i, cell.j) * cell.weight));
  const value = (observed - expected) / (1 - expected);
  const meanOfRow = first.map((_, i) => sum(second.map((share, j) => share * weight(i, j, categories))));
  const meanOfColumn = second.map((_, j) => sum(first.map((share, i) => share * weight(i, j, categories))));
  const spread = sum(
    cells.map((cell) => {
      const means = (meanOfRow[cell.i] ?? 0) + (meanOfColumn[cell.j] ?? 0);
      return cell.share * (cell.weight - means * (1 - value)) ** 2;
    }),
  );
  const variance = (spread - (value - expected * (1 - value)) ** 2) / (total * (1 - expected) ** 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  const interval = { low: Math.max(-1, value - Z * standardError), high: Math.min(1, value + Z * standardError) };
  return { value, standardError, interval };
}

/** Counts pairs of categories, 0 up to the number of categories, into a table. */
export function tableOf(pairs: readonly (readonly [number, number])[], categories: number): AgreementTable {
  const table = Array.from({ length: categories }, () => Array.from({ length: categories }, () => 0));
  for (const [i, j] of pairs) {
    const row = table[i];
    if (row?.[j] === undefined) throw new RangeError(`category ${i} or ${j} is not below ${categories}`);
    row[j] += 1;
  }
  return table;
}

/** Whether subjects are in two categories at least, of those that the lines of a table stand for. */
function hasTwo(lines: AgreementTable): boolean {
  return lines.filter((counts) => sum(counts) > 0).length >= 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
