import type { CivilDate } from '#calendar/civil-date.js';
import { NOT_ASSESSED } from '#contracts/assessment/codes.js';
import type { MeasurementContent } from '#contracts/assessment/measurement.js';
import type { DomainReference, IncomparableScore, LevelPoint } from '#contracts/assessment/progress.js';
import type { VersionMapping } from '../matrix/mapping.js';
import { versionOf } from '../matrix/version-of.js';

/** A submitted ZRM. When one comes more than once, the highest version counts. */
export interface ProgressMeasurement {
  readonly measurementId: string;
  readonly version: number;
  readonly content: MeasurementContent;
}

/** A ZRM in terms of the version that is shown: the levels that can be compared, by domain. */
export interface Projected {
  readonly measurementId: string;
  readonly kind: MeasurementContent['kind'];
  readonly date: CivilDate;
  readonly levels: ReadonlyMap<string, LevelPoint>;
  readonly incomparable: readonly IncomparableScore[];
}

/**
 * The history that counts, in one version of the matrix: that of the latest observation, unless another is asked for. An observation is a baseline,
 * periodic or final ZRM; a target is none. The comparison starts at the latest baseline: what was before belongs to an
 * earlier comparison. The target is the latest that was set since then.
 */
export interface Projection {
  readonly matrixVersion?: string;
  /** Of the version and of every supplement that was filled in. */
  readonly domains: readonly DomainReference[];
  /** In order of date. */
  readonly observations: readonly Projected[];
  readonly baseline?: Projected;
  readonly target?: Projected;
}

/** How a history is looked at. */
export interface ProgressView {
  /** As it was on this date. */
  readonly asOf?: CivilDate | undefined;
  /** The version in which it is told, when it is not that of the latest observation. */
  readonly matrixVersion?: string | undefined;
}

/** Reads the history, in whatever order and however often a ZRM is in it. */
export function project(
  history: readonly ProgressMeasurement[],
  matrix: VersionMapping,
  { asOf, matrixVersion }: ProgressView = {},
): Projection {
  const all = inOrder(history).filter(({ content }) => asOf === undefined || content.date <= asOf);
  const start = all.findLast(({ content }) => content.kind === 'baseline')?.content.date;
  const counted = all.filter(({ content }) => start === undefined || content.date >= start);
  const observed = counted.filter(({ content }) => content.kind !== 'target');
  const shown = matrixVersion ?? (observed.at(-1) ?? counted.at(-1))?.content.matrixVersion;
  if (shown === undefined) return { domains: [], observations: [] };
  const supplements = new Set(counted.flatMap(({ content }) => content.supplements));
  const domains = [shown, ...matrix.codes('supplement').filter((code) => supplements.has(code))].flatMap((code) =>
    (matrix.version(code)?.domains ?? []).map((domain) => ({ matrixVersion: code, domain: domain.code })),
  );
  const observations = observed.map((measurement) => projected(measurement, shown, matrix));
  const baseline = observations.findLast(({ kind }) => kind === 'baseline');
  const target = counted.findLast(({ content }) => content.kind === 'target');
  return {
    matrixVersion: shown,
    domains,
    observations,
    ...(baseline === undefined ? {} : { baseline }),
    ...(target === undefined ? {} : { target: projected(target, shown, matrix) }),
  };
}

function inOrder(history: readonly ProgressMeasurement[]): ProgressMeasurement[] {
  const newest = new Map<string, ProgressMeasurement>();
  for (const measurement of history) {
    const known = newest.get(measurement.measurementId);
    if (known === undefined || known.version < measurement.version) newest.set(measurement.measurementId, measurement);
  }
  const key = ({ content, measurementId }: ProgressMeasurement) => `${content.date} ${measurementId}`;
  return [...newest.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function projected({ measurementId, content }: ProgressMeasurement, shown: string, matrix: VersionMapping): Projected {
  const { kind, date } = content;
  const levels = new Map<string, LevelPoint>();
  const incomparable: IncomparableScore[] = [];
  for (const { domain, score } of content.scores) {
    const version = versionOf(domain, content, matrix);
    if (score === NOT_ASSESSED || version === undefined) continue;
    const point = { measurementId, date, level: score };
    const match = matrix.match(version.code, domain, version.kind === 'core' ? shown : version.code);
    if (match.comparable) levels.set(match.domain, point);
    else {
      const { reason, related } = match;
      incomparable.push({ ...point, matrixVersion: version.code, domain, reason, related });
    }
  }
  return { measurementId, kind, date, levels, incomparable };
}
