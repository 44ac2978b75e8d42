import type { DomainStanding, ProgressDirection, ZrmLevel } from '#contracts/assessment/codes.js';
import type { DomainProgress, DomainReference, LevelPoint } from '#contracts/assessment/progress.js';
import type { Projection } from './projection.js';

/**
 * One domain between baseline and target. Only assessed levels count: a ZRM in which the domain was not assessed is as if
 * it had not been, it neither moves the domain nor lets it stand still. The current level is the last that was assessed,
 * which may be of an earlier ZRM than the latest.
 */
export function domainProgress({ matrixVersion, domain }: DomainReference, projection: Projection): DomainProgress {
  const series = projection.observations.flatMap(({ levels }) => levels.get(domain) ?? []);
  const last = series.at(-1);
  const baseline = projection.baseline?.levels.get(domain);
  const target = projection.target?.levels.get(domain);
  const still = last === undefined ? 0 : stillAtEnd(series, last.level);
  const arrived = series.at(-1 - still);
  const before = series.at(-2 - still);
  const position = last && baseline && target ? positionOf(last.level, baseline.level, target.level) : undefined;
  return {
    domain,
    matrixVersion,
    standing: standingOf(last, baseline, target),
    direction: directionOf(series),
    ...(position === undefined ? {} : { position }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(target === undefined ? {} : { target }),
    ...(last === undefined || arrived === undefined ? {} : { current: { ...last, since: arrived.date } }),
    ...(before === undefined || arrived === undefined
      ? {}
      : { lastMove: { from: before.level, to: arrived.level, since: arrived.date } }),
    stillZrms: still,
    series,
  };
}

/**
 * Where a level lies between baseline (0) and target (1), never outside; higher levels never lie lower. With a target at or
 * below the baseline there is nothing in between: reached or not.
 */
export function positionOf(level: ZrmLevel, baseline: ZrmLevel, target: ZrmLevel): number {
  if (level >= target) return 1;
  return level <= baseline ? 0 : (level - baseline) / (target - baseline);
}

/** Points at the end that have the level of the point before them. */
function stillAtEnd(series: readonly LevelPoint[], level: ZrmLevel): number {
  const moved = series.findLastIndex((point) => point.level !== level);
  return series.length - moved - 2;
}

function standingOf(
  last: LevelPoint | undefined,
  baseline: LevelPoint | undefined,
  target: LevelPoint | undefined,
): DomainStanding {
  if (last === undefined) return 'not-assessed';
  if (target !== undefined && last.level >= target.level) return 'target-reached';
  if (target === undefined) return 'no-target';
  if (baseline === undefined) return 'no-baseline';
  if (last.level === baseline.level) return 'at-baseline';
  return last.level > baseline.level ? 'above-baseline' : 'below-baseline';
}

function directionOf(series: readonly LevelPoint[]): ProgressDirection {
  const [before, last] = [series.at(-2), series.at(-1)];
  if (before === undefined || last === undefined) return 'unknown';
  if (before.level === last.level) return 'same';
  return before.level < last.level ? 'up' : 'down';
}
