import type { MeasurementQuestion, ZrmScore } from '#contracts/assessment/codes.js';
import {
  type MeasurementAnswer,
  type MeasurementInput,
  startMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { knownVersions } from '../matrix/known-versions.js';
import { d } from '../measurement/measurement-world.fixture.js';
import type { RunningAssessment } from './running-assessment.js';

/** What stands in the form. */
export type Content = Pick<MeasurementInput, keyof MeasurementInput>;

const domains = knownVersions.find(({ code }) => code === '2017')?.domains ?? [];

/** A whole ZRM of 2017: every domain at a level, but for those named. */
export function whole(
  kind: MeasurementInput['kind'],
  date: string,
  others: Readonly<Record<string, ZrmScore>> = {},
  level: ZrmScore = 3,
): Content {
  const scores = domains.map(({ code }) => ({ domain: code, score: others[code] ?? level }));
  return { kind, date: d(date), matrixVersion: '2017', scores };
}

/** Starts a draft and submits it; `answered` says which questions were answered beforehand. */
export async function fillIn(
  running: RunningAssessment,
  caller: Caller,
  clientId: string,
  content: Content,
  answered: MeasurementQuestion[] = [],
): Promise<MeasurementAnswer & { readonly id: string }> {
  const { measurementId, version } = await running.ask(caller, startMeasurement, { clientId, ...content });
  const command = { clientId, measurementId, expectedVersion: version, answered, ...content };
  return { ...(await running.ask(caller, submitMeasurement, command)), id: measurementId };
}

/** The refusal as `code`, or `path: code` per field. @throws whatever else came, also when nothing was refused */
export async function refusedBy(asking: Promise<unknown>): Promise<string[]> {
  const error: unknown = await asking.then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error;
  return error.code === 'invalid-input' ? error.fields.map(({ path, code }) => `${path}: ${code}`) : [error.code];
}
