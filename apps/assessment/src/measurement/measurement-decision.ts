import { addDays } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import type { MeasurementQuestion } from '#contracts/assessment/codes.js';
import type { DraftContent, MeasurementContent } from '#contracts/assessment/measurement.js';
import { Refusal } from '#contracts/refusal.js';
import { completed, missingIn, readContent } from './content-rules.js';
import { doubtsAbout } from './doubts.js';
import type {
  Edition,
  Measurement,
  MeasurementCommand,
  MeasurementContext,
  MeasurementDecision,
  SubmittedMeasurement,
} from './measurement-types.js';

/** Days in which a submitted ZRM can be corrected, where the region set nothing else. */
export const DEFAULT_CORRECTION_TERM_DAYS = 14;

/**
 * What may stand beside one ZRM, in characters as JSON: what it said before each correction, and as much again of copies.
 * With the ZRM itself it is one message of the broker, so that it can always be read.
 */
export const MOST_KEPT_CHARACTERS = 100_000;

type Command<Kind extends MeasurementCommand['kind']> = Extract<MeasurementCommand, { readonly kind: Kind }>;

/**
 * Decides on filling in one ZRM (domain.md §4). Pure; `measurement` is what is stored, undefined when nothing is yet. The
 * caller stores what was accepted, guarded by the version. A draft takes anything that has a meaning, so that it is never
 * lost; what it still misses is told beside it, and refused when it is submitted.
 * @throws Refusal when a rule forbids it; what was stored stays as it is
 */
export function decideMeasurement(
  command: MeasurementCommand,
  measurement: Measurement | undefined,
  context: MeasurementContext,
): MeasurementDecision {
  switch (command.kind) {
    case 'save-draft':
      return saveDraft(command, measurement, context);
    case 'submit':
      return submit(command, measurement, context);
    case 'correct':
      return correct(command, measurement, context);
  }
}

function saveDraft(
  command: Command<'save-draft'>,
  measurement: Measurement | undefined,
  context: MeasurementContext,
): MeasurementDecision {
  if (measurement !== undefined && measurement.state !== 'draft') throw Refusal.of('zrm-already-submitted');
  checkVersion(command, measurement);
  const content = contentOf(command, context);
  const { measurementId, clientId, by, now } = context;
  const draft: Measurement = {
    measurementId,
    clientId,
    version: command.expectedVersion + 1,
    state: 'draft',
    content,
    savedBy: by,
    savedAt: now.toISOString(),
  };
  return { outcome: 'accepted', measurement: draft, missing: missingIn(content, context) };
}

function submit(
  command: Command<'submit'>,
  measurement: Measurement | undefined,
  context: MeasurementContext,
): MeasurementDecision {
  if (measurement !== undefined && measurement.state !== 'draft') throw Refusal.of('zrm-already-submitted');
  checkVersion(command, measurement);
  const content = completeContentOf(command, context);
  const { measurementId, clientId, by, now, origin = 'form' } = context;
  return unlessDoubtful(content, command.answered, context, {
    measurementId,
    clientId,
    version: command.expectedVersion + 1,
    origin,
    state: 'submitted',
    content,
    submittedBy: by,
    submittedAt: now.toISOString(),
  });
}

function correct(
  command: Command<'correct'>,
  measurement: Measurement | undefined,
  context: MeasurementContext,
): MeasurementDecision {
  if (measurement === undefined) throw Refusal.of('not-found');
  if (measurement.state === 'draft') throw Refusal.of('zrm-still-draft');
  checkVersion(command, measurement);
  const { submittedBy, submittedAt, version } = measurement;
  const lastDay = correctableUntil(submittedAt, context.correctionTermDays);
  if (civilDateInAmsterdam(context.now) > lastDay) {
    throw Refusal.of('zrm-correction-term-over', { params: { date: lastDay } });
  }
  const content = completeContentOf(command, context);
  if (isSame(content, measurement.content)) throw Refusal.of('zrm-correction-empty');
  const earlier = earlierOf(measurement);
  if (charactersOf(earlier) > MOST_KEPT_CHARACTERS) throw Refusal.of('zrm-too-many-corrections');
  const { measurementId, clientId, origin } = measurement;
  return unlessDoubtful(content, command.answered, context, {
    measurementId,
    clientId,
    version: version + 1,
    ...(origin === undefined ? {} : { origin }),
    state: 'corrected',
    content,
    submittedBy,
    submittedAt,
    correctedBy: context.by,
    correctedAt: context.now.toISOString(),
    reason: command.reason,
    earlier,
  });
}

/** Last day on which a ZRM that was submitted at an instant (ISO) can be corrected. */
export function correctableUntil(submittedAt: string, termDays: number): CivilDate {
  return addDays(civilDateInAmsterdam(new Date(submittedAt)), termDays);
}

/** How much room something takes in what is sent. */
export function charactersOf(kept: readonly object[]): number {
  return JSON.stringify(kept).length;
}

/** Everything that stood before, the present content included. */
function earlierOf(measurement: SubmittedMeasurement): readonly [Edition, ...Edition[]] {
  const { version, content } = measurement;
  if (measurement.state === 'submitted') {
    return [{ version, content, by: measurement.submittedBy, at: measurement.submittedAt }];
  }
  const [first, ...others] = measurement.earlier;
  return [first, ...others, { version, content, by: measurement.correctedBy, at: measurement.correctedAt }];
}

function checkVersion({ expectedVersion }: MeasurementCommand, measurement: Measurement | undefined): void {
  const actual = measurement?.version ?? 0;
  if (expectedVersion !== actual) {
    throw Refusal.of('stale-version', { params: { actual, expected: expectedVersion }, fields: ['expectedVersion'] });
  }
}

function contentOf({ content }: MeasurementCommand, { matrix }: MeasurementContext): DraftContent {
  const read = readContent(content, matrix);
  if (read.outcome === 'refused') throw Refusal.ofFields(read.problems);
  return read.content;
}

function completeContentOf(command: MeasurementCommand, context: MeasurementContext): MeasurementContent {
  const content = contentOf(command, context);
  const missing = missingIn(content, context);
  const complete = completed(content);
  if (missing.length > 0 || complete === undefined) throw Refusal.ofFields(missing);
  return complete;
}

function unlessDoubtful(
  content: MeasurementContent,
  answered: readonly MeasurementQuestion[] = [],
  context: MeasurementContext,
  measurement: Measurement,
): MeasurementDecision {
  const [first, ...others] = doubtsAbout(content, context).filter(({ question }) => !answered.includes(question));
  if (first !== undefined) return { outcome: 'question', doubts: [first, ...others] };
  return { outcome: 'accepted', measurement, missing: [] };
}

/** Content that was read has one form, in one order. */
export function isSame(a: DraftContent, b: DraftContent): boolean {
  const form = ({ kind, date, scores, weights, ...rest }: DraftContent): string => {
    const entries = [...scores, ...weights].map((entry) => Object.entries(entry).sort());
    return JSON.stringify([kind, date, entries, Object.entries(rest).sort()]);
  };
  return form(a) === form(b);
}
