import { EventStreamParser, type StreamMessage } from './event-stream.js';
import { tellSessionLost } from './http.js';

export type StreamState = 'connecting' | 'live' | 'waiting' | 'closed';

export interface LiveStreamOptions {
  path: string;
  onMessage: (message: StreamMessage) => void;
  onState: (state: StreamState) => void;
  /** Where an earlier stream of this page stopped. */
  lastEventId?: string;
}

/** Silence longer than this means a dead connection: the gateway sends a comment at least every 20 seconds. */
const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * A server-sent event stream that comes back by itself, and resumes after the last message it saw (`Last-Event-ID`).
 * Read with fetch instead of EventSource: EventSource gives up for good on an HTTP error, never notices a connection that
 * went silent, and cannot say since when it is waiting.
 */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  #abort = new AbortController();
  #lastEventId: string;
  #failures = 0;
  #toldLost = false;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    this.#lastEventId = options.lastEventId ?? '';
    void this.#run();
  }

  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Does not wait for the next attempt: the network is back, or the person asks for it. */
  retryNow(): void {
    this.#wake?.();
  }

  /** The network is gone: what is open would only stay silent. */
  interrupt(): void {
    this.#abort.abort();
  }

  close(): void {
    this.#closed = true;
    this.#abort.abort();
    this.#wake?.();
    this.#options.onState('closed');
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#options.onState('connecting');
      const again = await this.#connect();
      if (!again || this.#isClosed()) break;
      this.#options.onState('waiting');
      await this.#pause();
    }
    if (!this.#closed) this.#options.onState('closed');
  }

  // A method, because the flag changes while awaiting, which the compiler cannot see.
  #isClosed(): boolean {
    return this.#closed;
  }

  /** Reads until the connection ends. Says whether trying again makes sense: not for who may have no stream. */
  async #connect(): Promise<boolean> {
    this.#abort = new AbortController();
    try {
      const headers = new Headers({ accept: 'text/event-stream' });
      if (this.#lastEventId !== '') headers.set('last-event-id', this.#lastEventId);
      const response = await fetch(this.#options.path, {
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: this.#abort.signal,
      });
      if (response.status === 403) return false;
      // Signing in again may happen on another tab; this stream then comes back by itself.
      if (response.status === 401 && !this.#toldLost) tellSessionLost();
      this.#toldLost = response.status === 401;
      if (response.ok && response.body !== null) await this.#read(response.body);
    } catch {
      // A broken connection is what this loop is for; the state shows it.
    }
    this.#failures += 1;
    return true;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    this.#options.onState('live');
    const parser = new EventStreamParser();
    parser.lastEventId = this.#lastEventId;
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const silence = setTimeout(() => this.#abort.abort(), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      this.#failures = 0;
      for (const message of parser.push(decoder.decode(value, { stream: true }))) this.#options.onMessage(message);
      this.#lastEventId = parser.lastEventId;
    }
  }

  async #pause(): Promise<void> {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    // Half fixed, half by chance, so that all browsers do not return in the same instant after a restart.
    const wait = longest / 2 + (Math.random() * longest) / 2;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
