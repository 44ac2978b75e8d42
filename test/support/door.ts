/** A field that is wrong, as problem+json tells it. */
export interface ProblemField {
  readonly path: string;
  readonly code: string;
  readonly nl: string;
  readonly en: string;
}

/** The one error shape of the interface (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly correlationId: string;
  readonly errors?: readonly ProblemField[];
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The HTTP door as a stranger sees it: any bytes in, the answer as it comes. */
export class Door {
  readonly #base: string;
  readonly #token: string | undefined;

  /** @param token of who knocks; none at all when it is absent */
  constructor(base: string, token?: string) {
    this.#base = base;
    this.#token = token;
  }

  async send(path: string, { method = 'GET', headers = {}, json, body }: Sent = {}): Promise<Answer> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(30_000),
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  post(path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send(path, { method: 'POST', json, headers });
  }
}

/** Reads problem+json. @throws Error when the answer is something else */
export function problemIn({ headers, text, status }: Answer): Problem {
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`no problem+json but ${status} ${type}: ${text}`);
  return JSON.parse(text) as Problem;
}
