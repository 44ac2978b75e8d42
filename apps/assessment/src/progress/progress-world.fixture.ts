import { addDays, parseCivilDate } from '#calendar/civil-date.js';
import type { MeasurementKind, ZrmScore } from '#contracts/assessment/codes.js';
import type { ClientProgress, DomainProgress, ProgressRule } from '#contracts/assessment/progress.js';
import { knownSteps, knownVersions } from '../matrix/known-versions.js';
import { VersionMapping } from '../matrix/mapping.js';
import { defaultProgressRules } from './default-rules.js';
import { progressOf } from './progress.js';
import type { ProgressMeasurement } from './projection.js';

export const matrix = new VersionMapping(knownVersions, knownSteps);

type Scores = Readonly<Record<string, ZrmScore>>;

/** A submitted ZRM; domains that are not named were not assessed. */
export function zrm(kind: MeasurementKind, date: string, scores: Scores, matrixVersion = '2017'): ProgressMeasurement {
  const supplements = Object.keys(scores).some((domain) => domain.startsWith('child-')) ? ['parenthood'] : [];
  const domains = [matrixVersion, ...supplements].flatMap((code) => matrix.version(code)?.domains ?? []);
  return {
    measurementId: `${kind} ${date}`,
    version: 1,
    content: {
      kind,
      date: parseCivilDate(date),
      matrixVersion,
      supplements,
      scores: domains.map(({ code }) => ({ domain: code, score: scores[code] ?? 'not-assessed' })),
      weights: [],
      participants: [],
    },
  };
}

/** A history: a baseline and then a ZRM every three months, with one score per ZRM for each domain, and a target. */
export function course(
  scores: Readonly<Record<string, readonly ZrmScore[]>>,
  target: Scores = {},
): ProgressMeasurement[] {
  const length = Math.max(0, ...Object.values(scores).map((list) => list.length));
  const start = parseCivilDate('2026-01-05');
  const zrms = Array.from({ length }, (_, index) => {
    const at = Object.entries(scores).map(([domain, list]) => [domain, list[index] ?? 'not-assessed'] as const);
    return zrm(index === 0 ? 'baseline' : 'periodic', addDays(start, index * 91), Object.fromEntries(at));
  });
  return Object.keys(target).length === 0 ? zrms : [...zrms, zrm('target', start, target)];
}

export function progress(
  history: readonly ProgressMeasurement[],
  rules: readonly ProgressRule[] = defaultProgressRules,
): ClientProgress {
  return progressOf(history, matrix, rules);
}

export function domainIn(result: ClientProgress, code: string): DomainProgress {
  const found = result.domains.find(({ domain }) => domain === code);
  if (found === undefined) throw new Error(`no domain ${code}`);
  return found;
}
