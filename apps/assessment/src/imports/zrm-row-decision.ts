import { measurementQuestions, NOT_ASSESSED } from '#contracts/assessment/codes.js';
import type {
  DomainScore,
  MeasurementContent,
  MeasurementDoubt,
  WeightNote,
} from '#contracts/assessment/measurement.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { completed, missingIn, readContent } from '../measurement/content-rules.js';
import { doubtsAbout } from '../measurement/doubts.js';
import { decideMeasurement, isSame } from '../measurement/measurement-decision.js';
import { importedZrmId } from '../measurement/measurement-id.js';
import type {
  GivenContent,
  MeasurementContext,
  MeasurementDecision,
  SubmittedMeasurement,
} from '../measurement/measurement-types.js';
import { columnOfDomain, type ReadZrmRow, type SaidContent, zrmProblems } from './zrm-row.js';

/** The client of a row as they stand before it. */
export interface ZrmScene {
  /** Of a new ZRM of the client. */
  readonly context: Omit<MeasurementContext, 'measurementId' | 'others'>;
  /** Everything that was submitted about the client, in any order. */
  readonly submitted: readonly SubmittedMeasurement[];
}

/** What a row does: nothing, something new, a correction of what is there, or that it cannot be. */
export type ZrmRowDecision =
  | { readonly outcome: 'error'; readonly problems: readonly FieldProblem[] }
  | { readonly outcome: 'unchanged'; readonly measurement: SubmittedMeasurement }
  | {
      readonly outcome: 'new' | 'change';
      /** What is corrected. */
      readonly before?: SubmittedMeasurement;
      readonly measurement: SubmittedMeasurement;
      /** Possible but unusual; a form asks about it first. */
      readonly warnings: readonly FieldProblem[];
    };

/**
 * Decides on one row of ZRMs by the rules of the form (measurement-decision.ts). A row that is there already changes nothing;
 * one that says something else of the same ZRM corrects it, within the term. Doubts are warnings: whoever has the file carried
 * out saw them.
 */
export function decideZrmRow(said: SaidContent, { context, submitted }: ZrmScene): ZrmRowDecision {
  const measurementId = importedZrmId(context.clientId, said.kind, said.date);
  const before =
    submitted.find((one) => one.measurementId === measurementId) ??
    submitted.find(({ content: { kind, date } }) => kind === said.kind && date === said.date);
  const content = contentOf(said, before?.content, context);
  const full: MeasurementContext = {
    ...context,
    ...(before === undefined ? { measurementId } : { measurementId: before.measurementId, clientId: before.clientId }),
    others: submitted.map((one) => ({ measurementId: one.measurementId, content: one.content })),
  };
  const read = readContent(content, context.matrix);
  if (before !== undefined && read.outcome === 'read' && isSame(read.content, before.content)) {
    return { outcome: 'unchanged', measurement: before };
  }
  try {
    const measurement = acceptedBy(decided(content, before, full));
    const complete = read.outcome === 'read' ? completed(read.content) : undefined;
    const warnings = complete === undefined ? [] : doubtsAbout(complete, full).flatMap(warningsOf);
    return { outcome: before === undefined ? 'new' : 'change', ...(before ? { before } : {}), measurement, warnings };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, messages, fields } = error;
    const problems = fields.length > 0 ? zrmProblems(fields, content) : [{ path: '', code, ...messages }];
    return { outcome: 'error', problems };
  }
}

/** What is wrong with the date of a row whose other cells are wrong as well, so that all is told at once. */
export function dateProblemsOf({ kind, date }: ReadZrmRow, { context, submitted }: ZrmScene): readonly FieldProblem[] {
  if (kind === undefined || date === undefined) return [];
  const content = { kind, date, matrixVersion: '', supplements: [], scores: [], weights: [], participants: [] };
  const measurementId = importedZrmId(context.clientId, kind, date);
  const others = submitted
    .filter((one) => one.content.kind !== kind || one.content.date !== date)
    .map((one) => ({ measurementId: one.measurementId, content: one.content }));
  const missing = missingIn(content, { ...context, measurementId, others });
  return zrmProblems(
    missing.filter(({ path }) => path === 'date'),
    content,
  );
}

/** How the client stands after a row that was carried out. */
export function afterRow(scene: ZrmScene, decision: ZrmRowDecision): ZrmScene {
  if (decision.outcome === 'error' || decision.outcome === 'unchanged') return scene;
  const { measurement } = decision;
  const others = scene.submitted.filter((one) => one.measurementId !== measurement.measurementId);
  return { ...scene, submitted: [...others, measurement] };
}

/**
 * What the ZRM holds after the row. A file says nothing of remarks and of what clients say of themselves, and nothing with an
 * empty cell: what is there stays. What nobody said anything of was not assessed.
 */
function contentOf(
  said: SaidContent,
  before: MeasurementContent | undefined,
  { matrix }: ZrmScene['context'],
): GivenContent {
  const { matrixVersion, supplements = [], scores, weights = [], participants = [], particulars } = said;
  const old = new Map((before?.scores ?? []).map((score): [string, DomainScore] => [score.domain, score]));
  const kept = matrixVersion === before?.matrixVersion ? before.supplements : [];
  const versions = [matrixVersion, ...new Set([...supplements, ...kept])];
  const domains = versions.flatMap((code) => matrix.version(code)?.domains ?? []).map(({ code }) => code);
  const given = new Map(scores.map(({ domain, score }) => [domain, score]));
  const remarks = particulars ?? before?.particulars;
  return {
    ...said,
    supplements: versions.slice(1),
    scores: domains.map((domain) => {
      return { ...old.get(domain), domain, score: given.get(domain) ?? old.get(domain)?.score ?? NOT_ASSESSED };
    }),
    weights: [...(before?.weights ?? []).filter((note) => !mentions(weights, note)), ...newNotes(weights, before)],
    participants: participants.length > 0 ? participants : (before?.participants ?? []),
    ...(remarks === undefined ? {} : { particulars: remarks }),
  };
}

function mentions(weights: readonly WeightNote[], { factor }: WeightNote): boolean {
  return weights.some((note) => note.factor === factor);
}

/** A note of a factor stays with it. */
function newNotes(weights: readonly WeightNote[], before: MeasurementContent | undefined): WeightNote[] {
  return weights.map((note) => ({ ...before?.weights.find(({ factor }) => factor === note.factor), ...note }));
}

function decided(
  content: GivenContent,
  before: SubmittedMeasurement | undefined,
  context: MeasurementContext,
): MeasurementDecision {
  const answered = measurementQuestions;
  if (before === undefined) {
    return decideMeasurement({ kind: 'submit', content, expectedVersion: 0, answered }, undefined, context);
  }
  const reason = 'information-came-later';
  const command = { kind: 'correct', content, expectedVersion: before.version, reason, answered } as const;
  return decideMeasurement(command, before, context);
}

function acceptedBy(decision: MeasurementDecision): SubmittedMeasurement {
  if (decision.outcome === 'question') throw new Error('every question was answered');
  if (decision.measurement.state === 'draft') throw new Error('a row is no draft');
  return decision.measurement;
}

function warningsOf(doubt: MeasurementDoubt): FieldProblem[] {
  if (doubt.question === 'baseline-again') return [fieldProblem('soort', 'zrm-baseline-again', { date: doubt.since })];
  return doubt.domains.map(({ domain, baseline, target }) =>
    fieldProblem(columnOfDomain(domain), 'zrm-target-below-baseline', { baseline, target }),
  );
}
