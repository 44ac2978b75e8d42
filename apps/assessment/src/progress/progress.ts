import type { CivilDate } from '#calendar/civil-date.js';
import type { ProgressDirection } from '#contracts/assessment/codes.js';
import type {
  ClientProgress,
  DomainProgress,
  DomainReference,
  MeasurementMark,
  ProgressFinding,
  ProgressRule,
} from '#contracts/assessment/progress.js';
import type { VersionMapping } from '../matrix/mapping.js';
import { domainProgress } from './domain-progress.js';
import { project } from './projection.js';
import type { Projected, ProgressMeasurement, ProgressView, Projection } from './projection.js';

type RuleOf<Kind extends ProgressRule['kind']> = Extract<ProgressRule, { readonly kind: Kind }>;

/**
 * Does the client move between baseline and target (domain.md §4)? A pure function of the submitted ZRMs, in any order and
 * however often each is given; the definitions stand in docs/decisions/0023-zrm-progress.md.
 *
 * - A ZRM *moves* when the level of a domain differs from the level at which that domain was last assessed; it *stands
 *   still* when at least one domain can be compared so and none differs; else it is silent, and skipped.
 * - *Stagnation* (scope client): the last `zrms` ZRMs that are not silent stand still, each against what was before it. So
 *   "two consecutive ZRMs without movement" takes three: one to start from and two that brought nothing. A client who
 *   reached every target that was set does not stagnate; nor, without any target, one who is at level 5 everywhere.
 * - *Drop*: in the latest ZRM a domain is `levels` or more below where it was last assessed.
 * - *Target reached*: in the latest ZRM a domain came from below its target to it, or above.
 * @param view looks at the history as it was on a date, or in another version of the matrix
 */
export function progressOf(
  history: readonly ProgressMeasurement[],
  matrix: VersionMapping,
  rules: readonly ProgressRule[],
  view: ProgressView = {},
): ClientProgress {
  const projection = project(history, matrix, view);
  const { matrixVersion, observations, baseline, target } = projection;
  const domains = projection.domains.map((domain) => domainProgress(domain, projection));
  const positions = domains.flatMap(({ position }) => position ?? []);
  const latest = observations.at(-1);
  const findings = rules.flatMap((rule) => {
    const counted = countedDomains(rule, domains, matrix);
    return rule.kind === 'drop' ? drops(rule, counted, latest) : stagnations(rule, counted, projection);
  });
  return {
    ...(matrixVersion === undefined ? {} : { matrixVersion }),
    ...(latest === undefined ? {} : { latest: markOf(latest) }),
    ...(baseline === undefined ? {} : { baseline: markOf(baseline) }),
    ...(target === undefined ? {} : { target: markOf(target) }),
    direction: overallDirection(domains, observations),
    ...(positions.length === 0 ? {} : { position: positions.reduce((sum, one) => sum + one, 0) / positions.length }),
    targetsSet: domains.filter((domain) => domain.target !== undefined).length,
    targetsReached: domains.filter(({ standing }) => standing === 'target-reached').length,
    domains,
    findings: [...findings, ...reached(domains, latest)],
    incomparable: [...observations, ...(target === undefined ? [] : [target])].flatMap((one) => one.incomparable),
  };
}

function markOf({ measurementId, kind, date }: Projected): MeasurementMark {
  return { measurementId, kind, date };
}

/** The domains that a rule is about, in the version that is shown. One that cannot be compared there is not counted. */
function countedDomains(
  { domains }: ProgressRule,
  shown: readonly DomainProgress[],
  matrix: VersionMapping,
): readonly DomainProgress[] {
  if (domains === undefined) return shown;
  return shown.filter((one) => domains.some((named) => isSame(named, one, matrix)));
}

function isSame(named: DomainReference, shown: DomainReference, matrix: VersionMapping): boolean {
  const match = matrix.match(named.matrixVersion, named.domain, shown.matrixVersion);
  return match.comparable && match.domain === shown.domain;
}

function drops(
  { ruleId, levels }: RuleOf<'drop'>,
  domains: readonly DomainProgress[],
  latest: Projected | undefined,
): ProgressFinding[] {
  return domains.flatMap(({ domain, series }) => {
    const [before, last] = [series.at(-2), series.at(-1)];
    if (before === undefined || last === undefined || last.measurementId !== latest?.measurementId) return [];
    if (before.level - last.level < levels) return [];
    const moved = { domain, from: before.level, to: last.level, before: before.date, since: last.date };
    return [{ kind: 'drop', ruleId, ...moved }];
  });
}

function reached(domains: readonly DomainProgress[], latest: Projected | undefined): ProgressFinding[] {
  return domains.flatMap(({ domain, series, target }) => {
    const [before, last] = [series.at(-2), series.at(-1)];
    if (before === undefined || last === undefined || target === undefined) return [];
    if (last.measurementId !== latest?.measurementId) return [];
    if (before.level >= target.level || last.level < target.level) return [];
    const moved = { domain, from: before.level, to: last.level, target: target.level, since: last.date };
    return [{ kind: 'target-reached', ...moved }];
  });
}

function stagnations(
  rule: RuleOf<'stagnation'>,
  domains: readonly DomainProgress[],
  projection: Projection,
): ProgressFinding[] {
  const open = unfinished(domains);
  if (open.length === 0) return [];
  const about = (some: readonly DomainProgress[]) =>
    some.flatMap(({ domain, current }) => (current ? [{ domain, level: current.level, since: current.since }] : []));
  const { ruleId, zrms } = rule;
  if (rule.scope === 'domain') {
    return open.flatMap((one): ProgressFinding[] => {
      if (one.current === undefined || one.stillZrms < zrms) return [];
      const { since } = one.current;
      return [{ kind: 'stagnation', ruleId, zrms: one.stillZrms, since, domains: about([one]) }];
    });
  }
  const { still, since } = stillRun(domains, projection.observations);
  if (since === undefined || still < zrms) return [];
  return [{ kind: 'stagnation', ruleId, zrms: still, since, domains: about(open) }];
}

/**
 * The domains that still have a way to go: those whose target was not reached, when targets were set; else those below the
 * highest level.
 */
function unfinished(domains: readonly DomainProgress[]): readonly DomainProgress[] {
  const assessed = domains.filter(({ current }) => current !== undefined);
  const aimed = domains.filter(({ target }) => target !== undefined);
  if (aimed.length === 0) return assessed.filter(({ current }) => current !== undefined && current.level < 5);
  return assessed.filter(({ target, standing }) => target !== undefined && standing !== 'target-reached');
}

type Turn = 'moved' | 'still' | 'silent';

/** What one ZRM brought: the change of level of each domain that can be compared with an earlier ZRM. */
function changesIn({ measurementId }: Projected, domains: readonly DomainProgress[]) {
  return domains.flatMap(({ series }) => {
    const index = series.findIndex((point) => point.measurementId === measurementId);
    const [before, here] = [series[index - 1], series[index]];
    return before === undefined || here === undefined ? [] : [here.level - before.level];
  });
}

function turnOf(observation: Projected, domains: readonly DomainProgress[]): Turn {
  const changes = changesIn(observation, domains);
  if (changes.length === 0) return 'silent';
  return changes.some((change) => change !== 0) ? 'moved' : 'still';
}

/** How many ZRMs at the end stand still, and the date of the one that they stand still at. */
function stillRun(
  domains: readonly DomainProgress[],
  observations: readonly Projected[],
): { readonly still: number; readonly since?: CivilDate } {
  let still = 0;
  for (const observation of observations.toReversed()) {
    const turn = turnOf(observation, domains);
    if (turn === 'moved') return { still, since: observation.date };
    if (turn === 'still') still += 1;
  }
  const start = observations.find(({ levels }) => domains.some(({ domain }) => levels.has(domain)));
  return start === undefined ? { still } : { still, since: start.date };
}

/** Which way the last ZRM went that can be compared: by the sum over its domains. */
function overallDirection(domains: readonly DomainProgress[], observations: readonly Projected[]): ProgressDirection {
  for (const observation of observations.toReversed()) {
    const changes = changesIn(observation, domains);
    if (changes.length === 0) continue;
    const sum = changes.reduce((total, change) => total + change, 0);
    if (sum !== 0) return sum > 0 ? 'up' : 'down';
    return changes.some((change) => change !== 0) ? 'mixed' : 'same';
  }
  return 'unknown';
}
