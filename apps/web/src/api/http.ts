import type { Page } from '#contracts/paging.js';

import { ApiError, LOCAL_CODES, problemFrom } from './problem.js';

export type { Page };

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Version that the change is based on; becomes `If-Match`. */
  version?: number | undefined;
  /** Same key = same creation; keep it over retries of one intention. */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Goes on when the page is closed meanwhile, as long as the browser takes it: up to {@link MOST_KEPT_ALIVE}. */
  outlivesPage?: boolean;
}

/** Characters of a body: of three bytes at the most, and browsers take 64 KB of all that outlives a page. */
const MOST_KEPT_ALIVE = 21_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let csrfToken: string | undefined;
const sessionLostListeners = new Set<() => void>();

/** The token from `GET /v1/me`, sent back on every request that changes something. */
export function rememberCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Tells when an answer says that the session has ended (401). Returns how to stop listening. */
export function onSessionLost(listener: () => void): () => void {
  sessionLostListeners.add(listener);
  return () => sessionLostListeners.delete(listener);
}

/** Tells everybody who listens that the session has ended. */
export function tellSessionLost(): void {
  for (const listener of sessionLostListeners) listener();
}

/** A new key for one intention of the person (one press of a button, one open form). */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** Puts a query string behind a path; empty and undefined values are left out. */
export function withQuery(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const suffix = search.toString();
  return suffix === '' ? path : `${path}?${suffix}`;
}

function headersFor(method: Method, options: RequestOptions): Headers {
  const headers = new Headers({
    accept: 'application/json, application/problem+json',
    'accept-language': document.documentElement.lang,
  });
  if (method !== 'GET' && csrfToken !== undefined) headers.set('x-csrf-token', csrfToken);
  if (options.version !== undefined) headers.set('if-match', `"${options.version}"`);
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  if (options.body !== undefined && !(options.body instanceof FormData))
    headers.set('content-type', 'application/json');
  return headers;
}

async function readBody(response: Response): Promise<unknown> {
  const body = await response.text();
  if (body === '') return undefined;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  if (!isJson) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ApiError({ status: response.status, code: LOCAL_CODES.unreadable, title: 'The answer is no valid JSON' });
  }
}

async function send(method: Method, path: string, options: RequestOptions): Promise<unknown> {
  const body = options.body instanceof FormData ? options.body : JSON.stringify(options.body);
  const init: RequestInit = { method, headers: headersFor(method, options), credentials: 'same-origin' };
  if (options.body !== undefined) init.body = body;
  if (options.signal !== undefined) init.signal = options.signal;
  if (options.outlivesPage === true && typeof body === 'string') init.keepalive = body.length <= MOST_KEPT_ALIVE;
  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ status: 0, code: LOCAL_CODES.unreachable, title: 'The server cannot be reached' });
  }
  const answer = await readBody(response);
  if (response.ok) return answer;
  if (response.status === 401) tellSessionLost();
  throw new ApiError(problemFrom(response.status, answer, response.headers.get('x-correlation-id') ?? undefined));
}

/**
 * The typed client: the caller names what the endpoint answers, as the API's description promises it. Every failure is an
 * {@link ApiError}.
 */
export const api = {
  get: async <T>(path: string, options: RequestOptions = {}): Promise<T> => (await send('GET', path, options)) as T,
  post: async <T>(path: string, options: RequestOptions = {}): Promise<T> => (await send('POST', path, options)) as T,
  put: async <T>(path: string, options: RequestOptions = {}): Promise<T> => (await send('PUT', path, options)) as T,
  patch: async <T>(path: string, options: RequestOptions = {}): Promise<T> => (await send('PATCH', path, options)) as T,
  delete: async <T>(path: string, options: RequestOptions = {}): Promise<T> =>
    (await send('DELETE', path, options)) as T,
};
