import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { fieldProblem, Refusal } from '#contracts/refusal.js';
import type { PayloadClass } from '#contracts/request.js';
import { fieldProblems } from './field-problems.js';
import { hasClassFields, isTooDeep } from './json-form.js';
import { fieldsOf, type PayloadField, ruleOf } from './payload-fields.js';
import { textProblems } from './text-problems.js';

/** The parts of an HTTP request from which a payload is put together. */
export type PayloadSource = Pick<FastifyRequest, 'params' | 'query' | 'headers' | 'body'>;

/** The field that `If-Match` gives, and the one that `Idempotency-Key` gives. */
export const VERSION_FIELD = 'expectedVersion';
export const KEY_FIELD = 'idempotencyKey';

/** Fields that are told to be wrong; an answer should not be many times larger than the question. */
const MOST_PROBLEMS = 100;

/** Puts the payload of one route together and validates it: once, at the door (design.md §4, Validation). */
export class PayloadReader<P extends object> {
  private readonly fields: ReadonlyMap<string, PayloadField>;

  constructor(private readonly type: PayloadClass<P>) {
    this.fields = fieldsOf(type);
  }

  /**
   * The validated payload; path goes before `If-Match`, `Idempotency-Key`, query and body.
   * @throws Refusal `invalid-input` with a problem per field, or `version-required` (412) when `If-Match` is missing.
   */
  async read({ params, query, headers, body }: PayloadSource): Promise<P> {
    const plain = {
      ...bodyFields(body),
      ...this.fromQuery(recordOf(query)),
      ...this.fromHeaders(headers),
      ...recordOf(params),
    };
    this.needVersion(plain);
    // Before anything else looks at the texts: what checks an e-mail address stumbles over half of a character.
    const hidden = textProblems(plain);
    if (hidden.length > 0) throw Refusal.ofFields(hidden.slice(0, MOST_PROBLEMS));
    const payload = plainToInstance(this.type, plain);
    const errors = await validate(payload, {
      whitelist: true,
      forbidNonWhitelisted: true,
      // A payload class without fields is no mistake: whitelisting refuses whatever is sent.
      forbidUnknownValues: false,
      stopAtFirstError: false,
      validationError: { target: true, value: true },
    });
    if (errors.length > 0) throw Refusal.ofFields(fieldProblems(errors).slice(0, MOST_PROBLEMS));
    return payload;
  }

  private fromHeaders(headers: FastifyRequest['headers']): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    const ifMatch = headers['if-match'];
    if (ifMatch !== undefined && this.fields.has(VERSION_FIELD)) found[VERSION_FIELD] = versionOf(ifMatch);
    const key = headers['idempotency-key'];
    if (key !== undefined && this.fields.has(KEY_FIELD)) found[KEY_FIELD] = key;
    return found;
  }

  private needVersion(plain: Record<string, unknown>): void {
    const field = this.fields.get(VERSION_FIELD);
    if (field === undefined || field.optional || field.conditional) return;
    if (plain[VERSION_FIELD] === undefined) throw Refusal.of('version-required');
  }

  /** Query values are text; those of number, yes/no and list fields are turned into what the field holds. */
  private fromQuery(query: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, converted(value, this.fields.get(name))]),
    );
  }
}

function bodyFields(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw Refusal.of('malformed-body');
  if (isTooDeep(body) || hasClassFields(body)) throw Refusal.of('malformed-body');
  return recordOf(body);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The version in an entity tag: `"12"`, `W/"12"` or plain `12`. */
function versionOf(ifMatch: string): number {
  const [, version] = /^(?:W\/)?"?(\d{1,15})"?$/.exec(ifMatch.trim()) ?? [];
  if (version === undefined) throw Refusal.ofFields([fieldProblem('If-Match', 'number-form')]);
  return Number(version);
}

function converted(value: unknown, field: PayloadField | undefined): unknown {
  if (ruleOf(field, 'isArray')) return listOf(value);
  if (typeof value !== 'string') return value;
  if (ruleOf(field, 'isInt') ?? ruleOf(field, 'isNumber')) return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (ruleOf(field, 'isBoolean')) return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function listOf(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}
