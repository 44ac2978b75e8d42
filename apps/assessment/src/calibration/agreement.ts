import type { Agreement, CalibrationMinimums, LevelDistribution } from '#contracts/assessment/calibration.js';
import { NOT_ASSESSED, zrmLevels } from '#contracts/assessment/codes.js';
import type { HiddenFigureReason, ZrmLevel, ZrmScore } from '#contracts/assessment/codes.js';
import { intraclassCorrelation } from './intraclass-correlation.js';
import { tableOf, weightedKappa } from './weighted-kappa.js';

/** What one rater gave one client or vignette on one domain; once. */
export interface Rating {
  readonly rater: string;
  readonly subject: string;
  readonly domain: string;
  readonly score: ZrmScore;
}

/**
 * The minimums of a region that set none: fewer than ten subjects give an interval so wide that the figure says nothing,
 * and counts under five are suppressed (domain.md §2).
 */
export const defaultCalibrationMinimums: CalibrationMinimums = { subjects: 10, clients: 5 };

/**
 * How far the raters of a calibration session agree, per domain: quadratic-weighted kappa for two raters, ICC(2,1) for
 * several (domain.md §4). Only subjects count that every rater of the domain gave a level. The order does not matter.
 * @throws RangeError when a rater gave a subject two scores on one domain
 */
export function agreementPerDomain(
  ratings: readonly Rating[],
  minimums: CalibrationMinimums = defaultCalibrationMinimums,
): ReadonlyMap<string, Agreement> {
  const domains = [...new Set(ratings.map(({ domain }) => domain))].sort();
  return new Map(
    domains.map((domain) => [
      domain,
      agreementOn(
        ratings.filter((rating) => rating.domain === domain),
        minimums,
      ),
    ]),
  );
}

function agreementOn(ratings: readonly Rating[], minimums: CalibrationMinimums): Agreement {
  const raters = [...new Set(ratings.map(({ rater }) => rater))].sort();
  const bySubject = new Map<string, Map<string, ZrmScore>>();
  for (const { rater, subject, score } of ratings) {
    const given = bySubject.get(subject) ?? new Map<string, ZrmScore>();
    if (given.has(rater)) throw new RangeError('a rater gave a subject two scores on one domain');
    bySubject.set(subject, given.set(rater, score));
  }
  const rows = [...bySubject]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, given]) => raters.flatMap((rater) => levelOf(given.get(rater)) ?? []))
    .filter((row) => row.length === raters.length);
  const counts = { raters: raters.length, subjects: rows.length, leftOut: bySubject.size - rows.length };
  if (raters.length < 2) return { shown: false, because: 'too-few-raters', ...counts };
  // Two is what the reckoning itself needs, whatever the region says.
  if (rows.length < Math.max(2, minimums.subjects)) return { shown: false, because: 'too-few-subjects', ...counts };
  const measure = raters.length === 2 ? 'kappa' : 'icc';
  const figure = measure === 'kappa' ? kappaOf(rows) : intraclassCorrelation(rows);
  if (figure === undefined) return { shown: false, because: whyNone(measure, rows), ...counts };
  const { value, interval } = figure;
  return { shown: true, measure, value, interval, ...counts };
}

/** Of two raters one may have told the subjects apart, and the other not. */
function whyNone(measure: 'kappa' | 'icc', rows: readonly (readonly ZrmLevel[])[]): HiddenFigureReason {
  const isAllTheSame = new Set(rows.map((row) => row.join())).size === 1;
  return measure === 'icc' || isAllTheSame ? 'no-variation' : 'one-level';
}

function kappaOf(rows: readonly (readonly ZrmLevel[])[]) {
  const pairs = rows.map(([first = 1, second = 1]) => [first - 1, second - 1] as const);
  return weightedKappa(tableOf(pairs, zrmLevels.length));
}

/** How often each level was given, of one domain and one institution; to be set side by side. */
export function distributionOf(
  scores: readonly ZrmScore[],
  minimums: CalibrationMinimums = defaultCalibrationMinimums,
): LevelDistribution {
  const levels = scores.flatMap((score) => levelOf(score) ?? []);
  const assessed = levels.length;
  if (assessed < Math.max(1, minimums.clients)) return { shown: false, because: 'too-few-subjects' };
  const count = (level: ZrmLevel): number => levels.filter((one) => one === level).length;
  const counts = { 1: count(1), 2: count(2), 3: count(3), 4: count(4), 5: count(5) };
  const share = (level: ZrmLevel): number => counts[level] / assessed;
  return {
    shown: true,
    assessed,
    notAssessed: scores.length - assessed,
    counts,
    shares: { 1: share(1), 2: share(2), 3: share(3), 4: share(4), 5: share(5) },
    mean: levels.reduce((total, level) => total + level, 0) / assessed,
  };
}

function levelOf(score: ZrmScore | undefined): ZrmLevel | undefined {
  return score === NOT_ASSESSED ? undefined : score;
}
