/** One error shape for the whole app: problem+json (RFC 9457) as the gateway sends it, or what stands in for it. */

export interface ProblemField {
  /** Path of the field in the request body, for example `from` or `address.postcode`. */
  path: string;
  code: string;
  nl: string;
  en: string;
}

export interface Problem {
  type?: string;
  title: string;
  status: number;
  /** Stable code, for example `client.version-stale`. */
  code: string;
  detail?: string;
  correlationId?: string;
  errors?: ProblemField[];
}

/** Codes that the browser itself gives, for answers that never came or could not be read. */
export const LOCAL_CODES = { unreachable: 'web.unreachable', unreadable: 'web.unreadable' } as const;

/** A refused or failed request. `problem.correlationId` is what a person can pass on to the operator. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.title}`);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get fields(): ProblemField[] {
    return this.problem.errors ?? [];
  }

  /** Somebody else changed it first: HTTP 412, or 409 with a code that says so. */
  get isStale(): boolean {
    return this.status === 412 || (this.status === 409 && this.problem.code.includes('stale'));
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function readFields(value: unknown): ProblemField[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((field) => {
    const nl = text(field['nl']) ?? text(field['detail']) ?? '';
    return { path: text(field['path']) ?? '', code: text(field['code']) ?? '', nl, en: text(field['en']) ?? nl };
  });
}

/**
 * Reads an answer's body as a problem. What is missing is filled in from the status line, so that a proxy's HTML error
 * page still becomes something that can be shown.
 */
export function problemFrom(status: number, body: unknown, correlationId?: string): Problem {
  const record = isRecord(body) ? body : {};
  const id = text(record['correlationId']) ?? correlationId;
  const detail = text(record['detail']);
  const type = text(record['type']);
  const errors = readFields(record['errors']);
  return {
    status,
    code: text(record['code']) ?? `http.${status}`,
    title: text(record['title']) ?? `HTTP ${status}`,
    ...(type === undefined ? {} : { type }),
    ...(detail === undefined ? {} : { detail }),
    ...(id === undefined ? {} : { correlationId: id }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}
