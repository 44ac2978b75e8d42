import { validate, type ValidationError } from 'class-validator';
import type { FieldRefusal } from '#contracts/field-rules.js';
import { interpolate } from '#contracts/refusal-interpolation.js';
import { isReadableText } from '#contracts/readable-text.js';
import { isRefusalCode, refusalTexts } from '#contracts/refusal-texts.js';
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
  /** The fields of the report; nothing else of what was sent is kept (domain.md §10, Data minimisation). */
  data: object;
  /** The data as they came, for the comparison with an earlier event of the same identity. */
  sent: object;
}

/** Largest event, bytes as JSON (design.md §4, API). */
const MAX_EVENT_BYTES = 64 * 1024;

/**
 * Reads one CloudEvent of another system. Attributes and data fields that we do not know are left alone, so that a newer
 * sender does not break us.
 * @throws Refusal `event-malformed` with the fields at fault, or `unknown-event-type`.
 */
export async function readOutsideEvent(value: unknown): Promise<ReadOutsideEvent> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw Refusal.of('event-malformed');
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_EVENT_BYTES) {
    throw Refusal.of('event-malformed', { fields: [fieldProblem('', 'field-too-long', { max: MAX_EVENT_BYTES })] });
  }
  const envelope = filled(OutsideEnvelope, value);
  const problems = await problemsOf(envelope, '');
  if (problems.length > 0) throw Refusal.of('event-malformed', { fields: problems });
  const type = outsideEventTypes.find((known) => known === envelope.type);
  if (!type) throw Refusal.of('unknown-event-type', { params: { type: envelope.type }, fields: ['type'] });
  const report: OutsideReport = filled<OutsideReport>(outsideEventData[type], envelope.data);
  const wrong = await problemsOf(report, 'data.');
  if (wrong.length > 0) throw Refusal.of('event-malformed', { fields: wrong });
  const { id, source, data: sent } = envelope;
  return {
    id,
    source,
    type,
    time: new Date(envelope.time),
    report,
    data: Object.fromEntries(Object.entries(report)),
    sent,
  };
}

/** An instance with the fields of an object. Nothing in it goes by its name: `constructor` and `__proto__` are no fields. */
function filled<T extends object>(type: new () => T, fields: object): T {
  const own = Object.entries(fields).filter(([name]) => name !== 'constructor' && name !== '__proto__');
  return Object.assign(new type(), Object.fromEntries(own));
}

/** What is wrong with the fields that we know; the others are taken off. */
async function problemsOf(value: object, prefix: string): Promise<FieldProblem[]> {
  const errors = await validate(value, { whitelist: true, forbidUnknownValues: true });
  if (errors.length > 0) return errors.map((error) => problemOf(error, prefix));
  return Object.entries(value).flatMap(([name, text]: [string, unknown]) =>
    typeof text !== 'string' || isReadableText(text) ? [] : [fieldProblem(`${prefix}${name}`, 'field-invalid')],
  );
}

/** The problem of a field, with the refusal that its rule names where it names one. */
function problemOf(
  { property, value, constraints = {}, contexts = {} }: ValidationError,
  prefix: string,
): FieldProblem {
  const path = `${prefix}${property}`;
  if (value === undefined || value === null) return fieldProblem(path, 'field-required');
  const named: Record<string, unknown> = contexts;
  const refusal = Object.keys(constraints)
    .sort()
    .map((rule) => named[rule])
    .find((context) => isFieldRefusal(context));
  if (refusal === undefined) return fieldProblem(path, 'field-invalid');
  const { code, params = {} } = refusal;
  const { nl, en } = refusalTexts[code];
  return { path, code, nl: interpolate(nl, params, 'nl'), en: interpolate(en, params, 'en') };
}

function isFieldRefusal(value: unknown): value is FieldRefusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    isRefusalCode(value.code)
  );
}
