import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** An answer that was not a success: problem+json as the interface gives it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: unknown;

  constructor(status: number, body: unknown, request: string) {
    const code = textIn(body, 'code') ?? 'unknown';
    super(`${request}: ${status} ${code} ${textIn(body, 'detail') ?? ''} ${JSON.stringify(errorsIn(body))}`);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

interface Options {
  readonly body?: object;
  readonly form?: FormData;
  readonly key?: string;
  readonly version?: number;
  readonly type?: string;
  /** W3C trace context, to find the request in the logs by. */
  readonly traceparent?: string;
}

/** A person or system that uses the REST interface with a bearer token. */
export class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  /** Sends a request and gives the JSON of the answer. @throws ApiError when it is no success */
  async send<T>(method: string, path: string, options: Options = {}): Promise<T> {
    const { body, form, key, version, type = 'application/json', traceparent } = options;
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(traceparent === undefined ? {} : { traceparent }),
      },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(form === undefined ? {} : { body: form }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new ApiError(response.status, answer, `${method} ${path}`);
    // The shape is what the interface documents for this path (/v1/openapi.json).
    return answer as T;
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  post<T>(path: string, body: object, options: Omit<Options, 'body'> = {}): Promise<T> {
    return this.send('POST', path, { ...options, body });
  }

  put<T>(path: string, body: object, options: Omit<Options, 'body'> = {}): Promise<T> {
    return this.send('PUT', path, { ...options, body });
  }

  patch<T>(path: string, body: object, options: Omit<Options, 'body'> = {}): Promise<T> {
    return this.send('PATCH', path, { ...options, body });
  }

  /** Uploads a file with the fields that go with it. */
  upload<T>(path: string, file: string, fields: Readonly<Record<string, string>>, key: string): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([readFileSync(file)]), basename(file));
    return this.send('POST', path, { form, key });
  }

  /** All items of a paged list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | undefined; ;) {
      const separator = path.includes('?') ? '&' : '?';
      const page: { items: T[]; nextCursor?: string } = await this.get(
        cursor === undefined ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`,
      );
      items.push(...page.items);
      if (page.nextCursor === undefined) return items;
      cursor = page.nextCursor;
    }
  }
}

function textIn(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = new Map<string, unknown>(Object.entries(body)).get(name);
  return typeof value === 'string' ? value : undefined;
}

function errorsIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'errors' in body ? body.errors : [];
}
