import type { ConfidenceInterval } from '#contracts/assessment/calibration.js';
import { fQuantile } from './f-distribution.js';

/** ICC(2,1) with its 95% interval. */
export interface Icc {
  readonly value: number;
  readonly interval: ConfidenceInterval;
}

const ALPHA = 0.05;

/**
 * ICC(2,1): two-way random effects, absolute agreement, one rater (Shrout & Fleiss 1979, Psychological Bulletin 86, 420–428;
 * the interval is theirs too, with Satterthwaite's degrees of freedom). How far would one rater's level be worth the same as
 * another's? On few subjects the estimate can fall below −1, which no correlation can be: it is cut off
 * there. Undefined when the raters together told no subjects apart, so
 * that all have the same mean: then there is nothing to agree on, and the interval would be a point.
 * @param ratings a row per subject with the level of each rater, in the same order, without gaps
 * @throws RangeError with fewer than two subjects or raters, or rows of unequal length
 */
export function intraclassCorrelation(ratings: readonly (readonly number[])[]): Icc | undefined {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2 || k < 2 || ratings.some((row) => row.length !== k)) {
    throw new RangeError('an ICC needs two or more subjects, all rated by the same two or more raters');
  }
  const grand = mean(ratings.flat());
  const rows = ratings.map(mean);
  const columns = Array.from({ length: k }, (_, rater) => mean(ratings.map((row) => row[rater] ?? grand)));
  const squares = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + (one - grand) ** 2, 0);
  const [total, between, judges] = [squares(ratings.flat()), k * squares(rows), n * squares(columns)];
  if (between < 1e-12) return undefined;
  const subjects = between / (n - 1);
  const raters = judges / (k - 1);
  const error = Math.max(0, total - between - judges) / ((n - 1) * (k - 1));
  const whole = subjects + (k - 1) * error + (k * (raters - error)) / n;
  const value = whole <= 0 ? -1 : within((subjects - error) / whole);
  return { value, interval: intervalOf({ n, k, subjects, raters, error, value }) };
}

interface Variances {
  readonly n: number;
  readonly k: number;
  /** Mean squares between subjects, between raters, and of what is left. */
  readonly subjects: number;
  readonly raters: number;
  readonly error: number;
  readonly value: number;
}

function intervalOf({ n, k, subjects, raters, error, value }: Variances): ConfidenceInterval {
  // Full agreement leaves no spread to reckon with.
  if (error < 1e-12 && raters < 1e-12) return { low: 1, high: 1 };
  // Below 0 the estimate is chance: as a true correlation it would leave no degrees of freedom.
  const plausible = Math.max(0, value);
  const a = (k * plausible) / (n * (1 - plausible));
  const b = 1 + (k * plausible * (n - 1)) / (n * (1 - plausible));
  const freedom =
    (a * raters + b * error) ** 2 / ((a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
  const spread = k * raters + (k * n - k - n) * error;
  const below = fQuantile(1 - ALPHA / 2, n - 1, freedom);
  const above = fQuantile(1 - ALPHA / 2, freedom, n - 1);
  const low = (n * (subjects - below * error)) / (below * spread + n * subjects);
  const high = (n * (above * subjects - error)) / (spread + n * above * subjects);
  return { low: within(low), high: within(high) };
}

function within(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0) / numbers.length;
}
