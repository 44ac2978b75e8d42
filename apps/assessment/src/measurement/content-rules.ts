import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import { contains } from '#calendar/date-interval.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { isZrmLevel, NOT_ASSESSED } from '#contracts/assessment/codes.js';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import { MAX_PARTICULARS, MAX_REMARK } from '#contracts/assessment/measurement.js';
import type { DraftContent, DraftScore, MeasurementContent } from '#contracts/assessment/measurement.js';
import { fieldProblem } from '#contracts/refusal.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { VersionMapping } from '../matrix/mapping.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import type { GivenContent, GivenScore, MeasurementContext } from './measurement-types.js';

/** Given content in good form, or everything in it that has no meaning at all and cannot even stand in a draft. */
export type ReadContent =
  | { readonly outcome: 'read'; readonly content: DraftContent }
  | { readonly outcome: 'refused'; readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

/**
 * Reads what was filled in (domain.md §4: whole levels only, one level per domain). Scores come out in the order of the
 * matrix, so that the same content always has the same form.
 */
export function readContent(given: GivenContent, matrix: VersionMapping): ReadContent {
  const problems: FieldProblem[] = [];
  const versions = versionsOf(given, matrix, problems);
  const scores = versions === undefined ? [] : readScores(given, versions, problems);
  const factors = new Set<string>();
  for (const [index, { factor, note }] of (given.weights ?? []).entries()) {
    if (factors.has(factor)) problems.push(fieldProblem(`weights[${index}].factor`, 'zrm-weight-factor-twice'));
    factors.add(factor);
    checkLength(`weights[${index}].note`, note, MAX_REMARK, problems);
  }
  checkLength('particulars', given.particulars, MAX_PARTICULARS, problems);
  const [first, ...others] = problems;
  if (first !== undefined) return { outcome: 'refused', problems: [first, ...others] };
  const { kind, date, matrixVersion, supplements = [], weights = [], participants = [] } = given;
  const particulars = given.particulars?.trim() ?? '';
  const content = {
    kind,
    ...(date === undefined ? {} : { date }),
    matrixVersion,
    supplements: [...new Set(supplements)].sort(),
    scores,
    weights: [...weights].sort((a, b) => (a.factor < b.factor ? -1 : 1)),
    ...(particulars === '' ? {} : { particulars }),
    participants: [...new Set(participants)].sort(),
  };
  return { outcome: 'read', content };
}

/** What a draft misses before it is a ZRM: a fitting date, and a score for every domain. Empty when it can be submitted. */
export function missingIn(content: DraftContent, context: MeasurementContext): readonly FieldProblem[] {
  const scored = new Set(content.scores.flatMap(({ domain, score }) => (score === undefined ? [] : [domain])));
  const unscored = [content.matrixVersion, ...content.supplements]
    .flatMap((code) => context.matrix.version(code)?.domains ?? [])
    .filter(({ code }) => !scored.has(code))
    .map(({ code }) => fieldProblem(`scores.${code}.score`, 'zrm-score-missing'));
  const nothing = unscored.length === 0 && content.scores.every(({ score }) => score === NOT_ASSESSED);
  return [
    ...dateProblems(content, context),
    ...unscored,
    ...(nothing ? [fieldProblem('scores', 'zrm-nothing-assessed')] : []),
  ];
}

/** The draft as a ZRM, or undefined when its date or a score is still missing. */
export function completed({ date, scores, ...rest }: DraftContent): MeasurementContent | undefined {
  const complete = scores.flatMap(({ score, ...others }) => (score === undefined ? [] : [{ score, ...others }]));
  return date === undefined || complete.length < scores.length ? undefined : { ...rest, date, scores: complete };
}

/** The part of the client's time in the chain in which a date lies; the day of departure still belongs to it. */
export function presenceOn<Interval extends DateInterval>(
  date: CivilDate,
  presence: readonly Interval[],
): Interval | undefined {
  // On a day of departure and a new arrival the new time counts.
  const within = presence.find((interval) => contains(interval, date));
  return within ?? presence.find(({ from, until }) => until === date && from <= date);
}

function dateProblems({ date, kind }: DraftContent, context: MeasurementContext): FieldProblem[] {
  if (date === undefined) return [fieldProblem('date', 'zrm-date-missing')];
  if (date > civilDateInAmsterdam(context.now)) return [fieldProblem('date', 'zrm-date-in-future')];
  const [first] = context.presence.map(({ from }) => from).sort();
  if (first !== undefined && date < first) return [fieldProblem('date', 'zrm-date-before-arrival', { date: first })];
  if (presenceOn(date, context.presence) === undefined) return [fieldProblem('date', 'zrm-date-not-housed', { date })];
  // A target says nothing about the day itself: it may be set on the day of a measurement, but not twice on one day.
  const taken = context.others.some(({ measurementId, content }) => {
    const alike = (content.kind === 'target') === (kind === 'target');
    return measurementId !== context.measurementId && alike && content.date === date;
  });
  return taken ? [fieldProblem('date', 'zrm-date-taken', { date })] : [];
}

function versionsOf(
  given: GivenContent,
  matrix: VersionMapping,
  problems: FieldProblem[],
): MatrixVersion[] | undefined {
  const find = (code: string, kind: MatrixVersion['kind']): MatrixVersion | undefined => {
    const version = matrix.version(code);
    return version?.kind === kind ? version : undefined;
  };
  const main = find(given.matrixVersion, 'core');
  if (main === undefined) {
    problems.push(fieldProblem('matrixVersion', 'zrm-version-unknown', { allowed: matrix.codes('core').join(', ') }));
  }
  const supplements = (given.supplements ?? []).map((code, index) => {
    const supplement = find(code, 'supplement');
    if (supplement === undefined) {
      const params = { allowed: matrix.codes('supplement').join(', ') };
      problems.push(fieldProblem(`supplements[${index}]`, 'zrm-supplement-unknown', params));
    }
    return supplement;
  });
  const found = [main, ...supplements].filter((version) => version !== undefined);
  return found.length === supplements.length + 1 ? [...new Set(found)] : undefined;
}

function readScores(given: GivenContent, versions: readonly MatrixVersion[], problems: FieldProblem[]): DraftScore[] {
  const domains = versions.flatMap((version) => version.domains.map(({ code }) => code));
  const read = new Map<string, DraftScore>();
  const seen = new Set<string>();
  for (const [index, { domain, score, clientScore, remark }] of given.scores.entries()) {
    if (!domains.includes(domain)) {
      problems.push(fieldProblem(`scores[${index}].domain`, 'zrm-domain-unknown', { version: given.matrixVersion }));
      continue;
    }
    if (seen.has(domain)) problems.push(fieldProblem(`scores[${index}].domain`, 'zrm-domain-twice'));
    seen.add(domain);
    checkLength(`scores.${domain}.remark`, remark, MAX_REMARK, problems);
    const own = readScore(`scores.${domain}.score`, score, problems);
    const client = readScore(`scores.${domain}.clientScore`, clientScore, problems);
    const words = remark?.trim() ?? '';
    // A remark without a score is kept too: a draft is never lost.
    if (own === undefined && client === undefined && words === '') continue;
    read.set(domain, {
      domain,
      ...(own === undefined ? {} : { score: own }),
      ...(client === undefined ? {} : { clientScore: client }),
      ...(words === '' ? {} : { remark: words }),
    });
  }
  return domains.flatMap((domain) => read.get(domain) ?? []);
}

function readScore(path: string, given: GivenScore | undefined, problems: FieldProblem[]): ZrmScore | undefined {
  if (given === undefined) return undefined;
  if (given === NOT_ASSESSED || isZrmLevel(given)) return given;
  problems.push(fieldProblem(path, 'zrm-level-invalid'));
  return undefined;
}

function checkLength(path: string, text: string | undefined, max: number, problems: FieldProblem[]): void {
  if (text !== undefined && text.length > max) problems.push(fieldProblem(path, 'field-too-long', { max }));
}
