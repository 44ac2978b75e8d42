import type { Incomparability, ZrmLevel } from '#contracts/assessment/codes.js';

import type { DomainProgress, MeasurementListed, ProgressOfClient } from '../../api/zrm.js';

/** One ZRM in time. */
export interface Moment {
  readonly measurementId: string;
  readonly date: string;
  readonly matrixVersion: string;
}

/** What one ZRM says of a domain; when it gives no level, why not. */
export interface Point {
  readonly date: string;
  readonly level: ZrmLevel | 'not-assessed' | 'not-comparable';
}

/** A level of another version of the matrix that has something to do with the domain, and cannot be set beside it. */
export interface OtherLevel {
  readonly date: string;
  readonly level: ZrmLevel;
  readonly domain: string;
  readonly matrixVersion: string;
  readonly reason: Incomparability;
}

/** One domain as the pictures show it. */
export interface DomainPicture {
  readonly domain: string;
  readonly points: readonly Point[];
  readonly others: readonly OtherLevel[];
  readonly baseline?: { readonly date: string; readonly level: ZrmLevel } | undefined;
  readonly target?: { readonly date: string; readonly level: ZrmLevel } | undefined;
  /** In the latest ZRM. */
  readonly now: Point['level'];
  /** The last level before that, when the latest ZRM gave none. */
  readonly before?: { readonly date: string; readonly level: ZrmLevel } | undefined;
  readonly lastMove?: DomainProgress['lastMove'];
  /** Since when the level is what it is. */
  readonly since?: string | undefined;
}

/** Everything that the pictures of one client show. */
export interface ProgressPicture {
  readonly moments: readonly Moment[];
  readonly domains: readonly DomainPicture[];
  /** When another version of the matrix came into use. */
  readonly versionChanges: readonly { readonly date: string; readonly matrixVersion: string }[];
}

/**
 * The progress of a client as pictures show it: every ZRM of every domain, also where there is no level and why. Of the
 * ZRMs only those count that the progress is about: drafts and targets say nothing of the present.
 */
export function progressPicture(progress: ProgressOfClient, zrms: readonly MeasurementListed[]): ProgressPicture {
  const moments = momentsOf(progress, zrms);
  return {
    moments,
    domains: progress.domains.map((domain) => domainPicture(domain, moments, progress)),
    versionChanges: moments.flatMap(({ date, matrixVersion }, index) => {
      const before = moments[index - 1]?.matrixVersion;
      return before === undefined || before === matrixVersion ? [] : [{ date, matrixVersion }];
    }),
  };
}

function momentsOf(progress: ProgressOfClient, zrms: readonly MeasurementListed[]): Moment[] {
  const versions = new Map(zrms.map(({ measurementId, matrixVersion }) => [measurementId, matrixVersion]));
  const points = [...progress.domains.flatMap(({ series }) => series), ...progress.incomparable];
  const dates = new Map(points.map(({ measurementId, date }) => [measurementId, date]));
  if (progress.latest !== undefined) dates.set(progress.latest.measurementId, progress.latest.date);
  return [...dates]
    .map(([measurementId, date]) => {
      return { measurementId, date, matrixVersion: versions.get(measurementId) ?? progress.matrixVersion ?? '' };
    })
    .sort((a, b) => a.date.localeCompare(b.date));
}

function domainPicture(
  known: DomainProgress,
  moments: readonly Moment[],
  { incomparable, latest, matrixVersion }: ProgressOfClient,
): DomainPicture {
  const { domain, series, baseline, target, current, lastMove } = known;
  const others = incomparable.filter(({ related }) => related.includes(domain));
  const levels = new Map(series.map((point) => [point.measurementId, point.level]));
  // A version in which the domain was never given a level that counts: there it is something else, or was absent.
  const comparable = new Set(
    moments.flatMap((moment) => (levels.has(moment.measurementId) ? moment.matrixVersion : [])),
  );
  const levelIn = ({ measurementId, matrixVersion: version }: Moment): Point['level'] =>
    levels.get(measurementId) ??
    (version === matrixVersion || comparable.has(version) ? 'not-assessed' : 'not-comparable');
  const last = moments.find(({ measurementId }) => measurementId === latest?.measurementId);
  const now = last === undefined ? 'not-assessed' : levelIn(last);
  return {
    domain,
    points: moments.map((moment) => ({ date: moment.date, level: levelIn(moment) })),
    others: others.map(({ date, level, domain: other, matrixVersion: version, reason }) => {
      return { date, level, domain: other, matrixVersion: version, reason };
    }),
    baseline,
    target,
    now,
    ...(typeof now === 'number' || current === undefined ? {} : { before: current }),
    lastMove,
    since: current?.since,
  };
}

/** The domains that are farthest from their target, and how far; none when every target that was set is reached. */
export function farthestFromTarget(domains: readonly DomainPicture[]): DomainPicture[] {
  const gapOf = ({ now, target }: DomainPicture): number =>
    typeof now === 'number' && target !== undefined ? target.level - now : 0;
  const farthest = Math.max(0, ...domains.map(gapOf));
  return farthest === 0 ? [] : domains.filter((domain) => gapOf(domain) === farthest);
}

/** The domains with the lowest level of now. */
export function lowestOf(domains: readonly DomainPicture[]): DomainPicture[] {
  const levels = domains.flatMap(({ now }) => (typeof now === 'number' ? [now] : []));
  const lowest = Math.min(...levels);
  return domains.filter(({ now }) => now === lowest);
}

/** How the domains went since the first ZRM; each domain is in one of them, or in none when there is nothing to compare. */
export interface Changes {
  /** The last level is higher, lower or the same as in the first ZRM. */
  readonly up: number;
  readonly down: number;
  readonly same: number;
  /** Has levels, and none of the first ZRM that can be compared. */
  readonly later: number;
}

/** In how many domains the last level is higher, lower or the same as in the first ZRM. */
export function changesOf(domains: readonly DomainPicture[]): Changes {
  const steps = domains.flatMap(({ points }): (number | 'later')[] => {
    const levels = points.flatMap(({ level }) => (typeof level === 'number' ? [level] : []));
    const [first, last] = [points.at(0)?.level, levels.at(-1)];
    if (last === undefined) return [];
    if (typeof first !== 'number') return ['later'];
    return levels.length < 2 ? [] : [Math.sign(last - first)];
  });
  const count = (step: number | string): number => steps.filter((one) => one === step).length;
  return { up: count(1), down: count(-1), same: count(0), later: count('later') };
}
