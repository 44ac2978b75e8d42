import { interpolate } from './refusal-interpolation.js';
import { refusalTexts } from './refusal-texts.js';
import type { ParamNames, RefusalCode } from './refusal-texts.js';
import type { RefusalStatus } from './refusal-texts/refusal-text.js';

export type { RefusalCode, RefusalStatus };

/** Values for the braces in a text. Never personal data: place labels, dates, periods, codes and counts only. */
export type RefusalParams = Readonly<Record<string, string | number>>;

/** What is wrong with one field of the input. `path` is written as in JSON: `address.postcode`, `events[2].id`. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly nl: string;
  readonly en: string;
}

/** The plain form in which a refusal travels between services. */
export interface RefusalJson {
  readonly code: string;
  readonly status: RefusalStatus;
  readonly messages: { readonly nl: string; readonly en: string };
  readonly fields: readonly FieldProblem[];
  readonly params?: RefusalParams;
}

type ParamsOf<Code extends RefusalCode> = Readonly<Record<ParamNames<Code>, string | number>>;

/** `params` are required exactly when the texts of the code have braces. A field given as a path gets the same text. */
export type RefusalDetails<Code extends RefusalCode> = [ParamNames<Code>] extends [never]
  ? [details?: { params?: RefusalParams; fields?: readonly (string | FieldProblem)[] }]
  : [details: { params: ParamsOf<Code>; fields?: readonly (string | FieldProblem)[] }];

/**
 * A request that the rules do not allow (design.md §4, Errors): a stable code, an HTTP status class, texts in Dutch and
 * English, and where it applies the fields at fault. Thrown by rules and services, mapped once at each edge. Anything
 * else that is thrown is an unexpected error.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: RefusalStatus;
  readonly messages: { readonly nl: string; readonly en: string };
  readonly fields: readonly FieldProblem[];
  readonly params: RefusalParams | undefined;

  /** Use {@link Refusal.of} to make one from the catalogue; this takes one that another service sent. */
  constructor(json: RefusalJson) {
    super(`${json.code}: ${json.messages.en}`);
    this.code = json.code;
    this.status = json.status;
    this.messages = json.messages;
    this.fields = json.fields;
    this.params = json.params;
  }

  /**
   * A refusal from the catalogue.
   * @example Refusal.of('place-occupied', { params: { place: 'A1', period: '2026-03-01/..' }, fields: ['placeId'] })
   */
  static of<Code extends RefusalCode>(code: Code, ...[details]: RefusalDetails<Code>): Refusal {
    const params = details?.params;
    const messages = textsOf(code, params);
    const fields = (details?.fields ?? []).map((field) =>
      typeof field === 'string' ? { path: field, code, ...messages } : field,
    );
    return new Refusal({
      code,
      status: refusalTexts[code].status,
      messages,
      fields,
      ...(params === undefined ? {} : { params }),
    });
  }

  /** Input with one or more wrong fields, as found at a door. */
  static ofFields(fields: readonly FieldProblem[]): Refusal {
    return Refusal.of('invalid-input', { fields });
  }

  /** Plain form to send to another service; also what JSON.stringify writes. */
  toJSON(): RefusalJson {
    const { code, status, messages, fields, params } = this;
    return { code, status, messages, fields, ...(params === undefined ? {} : { params }) };
  }

  /** The refusal that another service sent, or undefined when the value is none. */
  static fromJSON(value: unknown): Refusal | undefined {
    return isRefusalJson(value) ? new Refusal(value) : undefined;
  }
}

/** A problem of one field with the text of the catalogue. */
export function fieldProblem<Code extends RefusalCode>(
  path: string,
  code: Code,
  ...[params]: [ParamNames<Code>] extends [never] ? [] : [params: ParamsOf<Code>]
): FieldProblem {
  return { path, code, ...textsOf(code, params) };
}

function textsOf(code: RefusalCode, params: RefusalParams | undefined): { nl: string; en: string } {
  const { nl, en } = refusalTexts[code];
  return { nl: interpolate(nl, params ?? {}, 'nl'), en: interpolate(en, params ?? {}, 'en') };
}

const statuses: ReadonlySet<unknown> = new Set<RefusalStatus>([
  400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503,
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasTexts(value: unknown): boolean {
  return isRecord(value) && typeof value['nl'] === 'string' && typeof value['en'] === 'string';
}

function isFieldProblem(value: unknown): boolean {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['code'] === 'string' && hasTexts(value);
}

function isParams(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((item) => typeof item === 'string' || typeof item === 'number');
}

function isRefusalJson(value: unknown): value is RefusalJson {
  return (
    isRecord(value) &&
    typeof value['code'] === 'string' &&
    statuses.has(value['status']) &&
    hasTexts(value['messages']) &&
    Array.isArray(value['fields']) &&
    value['fields'].every(isFieldProblem) &&
    (value['params'] === undefined || isParams(value['params']))
  );
}
