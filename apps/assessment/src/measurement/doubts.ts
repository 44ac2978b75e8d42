import type { ZrmLevel } from '#contracts/assessment/codes.js';
import { NOT_ASSESSED } from '#contracts/assessment/codes.js';
import type { LoweredTarget, MeasurementContent, MeasurementDoubt } from '#contracts/assessment/measurement.js';
import type { VersionMapping } from '../matrix/mapping.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { versionOf } from '../matrix/version-of.js';
import { presenceOn } from './content-rules.js';
import type { MeasurementContext } from './measurement-types.js';

/**
 * What is possible but unusual in a ZRM: a target below the baseline (whichever of the two is filled in last), and a second
 * baseline in one stay in the chain, which makes the comparison start anew.
 */
export function doubtsAbout(content: MeasurementContent, context: MeasurementContext): readonly MeasurementDoubt[] {
  const stay = presenceOn(content.date, context.presence);
  const others = context.others
    .filter(({ measurementId }) => measurementId !== context.measurementId)
    .map((other) => other.content)
    .filter(({ date }) => stay !== undefined && presenceOn(date, context.presence) === stay)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const latest = (kind: 'baseline' | 'target') => others.findLast((other) => other.kind === kind);
  if (content.kind === 'target') return lowered(latest('baseline'), content, context.matrix);
  if (content.kind !== 'baseline') return [];
  const baseline = latest('baseline');
  const again: readonly MeasurementDoubt[] =
    baseline === undefined ? [] : [{ question: 'baseline-again', since: baseline.date }];
  return [...again, ...lowered(content, latest('target'), context.matrix)];
}

function lowered(
  baseline: MeasurementContent | undefined,
  target: MeasurementContent | undefined,
  matrix: VersionMapping,
): readonly MeasurementDoubt[] {
  if (baseline === undefined || target === undefined) return [];
  const from = levelsOf(baseline, matrix);
  const domains = [...levelsOf(target, matrix)].flatMap(([domain, { level, version }]): LoweredTarget[] =>
    [...from].flatMap(([other, before]) => {
      const match = matrix.match(before.version.code, other, version.code);
      const same = match.comparable && match.domain === domain;
      return same && level < before.level ? [{ domain, baseline: before.level, target: level }] : [];
    }),
  );
  return domains.length === 0 ? [] : [{ question: 'target-below-baseline', domains }];
}

/** The levels of a ZRM, each with the version of the matrix or supplement that its domain belongs to. */
function levelsOf(content: MeasurementContent, matrix: VersionMapping) {
  const levels = new Map<string, { readonly level: ZrmLevel; readonly version: MatrixVersion }>();
  for (const { domain, score } of content.scores) {
    const version = versionOf(domain, content, matrix);
    if (score !== NOT_ASSESSED && version !== undefined) levels.set(domain, { level: score, version });
  }
  return levels;
}
