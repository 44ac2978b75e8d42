import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { type OutsideEventType, outsideEventTypes } from '#contracts/registration/outside-events.js';
import { outsideEventData, OutsideEnvelope } from './outside-event-data.js';
import type { OutsideReport } from './outside-event-rules.js';

/** An event from outside whose form is right. */
export interface ReadOutsideEvent {
  id: string;
  source: string;
  type: OutsideEventType;
  time: Date;
  report: OutsideReport;
  /** The data as they came, for the comparison with an earlier event of the same identity. */
  data: object;
}

/**
 * Reads one CloudEvent of another system. Attributes and data fields that we do not know are left alone, so that a newer
 * sender does not break us.
 * @throws Refusal `event-malformed` with the fields at fault, or `unknown-event-type`.
 */
export async function readOutsideEvent(value: unknown): Promise<ReadOutsideEvent> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw Refusal.of('event-malformed');
  const envelope = plainToInstance(OutsideEnvelope, value);
  const problems = await problemsOf(envelope, '');
  if (problems.length > 0) throw Refusal.of('event-malformed', { fields: problems });
  const type = outsideEventTypes.find((known) => known === envelope.type);
  if (!type) throw Refusal.of('unknown-event-type', { params: { type: envelope.type }, fields: ['type'] });
  const report: OutsideReport = plainToInstance<OutsideReport, object>(outsideEventData[type], envelope.data);
  const wrong = await problemsOf(report, 'data.');
  if (wrong.length > 0) throw Refusal.of('event-malformed', { fields: wrong });
  const { id, source, data } = envelope;
  return { id, source, type, time: new Date(envelope.time), report, data };
}

async function problemsOf(value: object, prefix: string): Promise<FieldProblem[]> {
  const errors = await validate(value, { forbidUnknownValues: true });
  return errors.map((error) => problemOf(error, prefix));
}

function problemOf(error: ValidationError, prefix: string): FieldProblem {
  const path = `${prefix}${error.property}`;
  if (error.value === undefined || error.value === null) return fieldProblem(path, 'field-required');
  if (error.constraints?.['dateForm']) return fieldProblem(path, 'date-form');
  if (error.constraints?.['dateExists']) return fieldProblem(path, 'date-not-existing');
  return fieldProblem(path, 'field-invalid');
}
