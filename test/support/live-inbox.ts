import type { Melding } from '../../libs/contracts/src/notifications/meldingen.ts';
import { housingParts } from './meldingen.ts';

/** A melding as an open page got it. */
export interface LiveEvent {
  /** Position, to resume from. */
  readonly id: string;
  readonly melding: Melding & { readonly names?: unknown };
  /** When it came, of `performance.now()`. */
  readonly at: number;
}

/** An open page: one live connection to `GET /v1/meldingen/stream` that can break and come back as a browser's does. */
export class LiveInbox {
  /** Everything that came, over all connections. */
  readonly events: LiveEvent[] = [];
  /** What the page was told that is no melding, e.g. that the date was moved. */
  readonly notices: { readonly name: string; readonly data: string }[] = [];
  readonly #url: string;
  readonly #token: string;
  #connection: AbortController | undefined;
  #position: string | undefined;
  #told: () => void = () => undefined;
  /** When each part about housing first came. */
  readonly #arrivals = new Map<string, number>();
  readonly #awaited = new Map<string, (at: number) => void>();

  constructor(publicUrl: string, token: string) {
    this.#url = `${publicUrl}/v1/meldingen/stream`;
    this.#token = token;
  }

  /** Connects, from where it was before; settles when the stream is open and, at a first connection, has its position. */
  async open(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    const response = await fetch(this.#url, {
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'text/event-stream',
        ...(this.#position === undefined ? {} : { 'last-event-id': this.#position }),
      },
      signal: connection.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`);
    const positioned =
      this.#position === undefined ? new Promise<void>((resolve) => (this.#told = resolve)) : undefined;
    void this.#read(response.body).catch(() => undefined);
    await positioned;
  }

  /** The connection breaks, unseen by the server until it writes. */
  breakOff(): void {
    this.#connection?.abort();
  }

  /** Breaks off and comes back, as often as the door needs to open again. */
  async comeBack(): Promise<void> {
    this.breakOff();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.open();
        return;
      } catch (error) {
        if (attempt >= 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** Every part that came, each once, as `<client> <version>`. */
  parts(): Set<string> {
    return new Set(this.#arrivals.keys());
  }

  /** When a part first came; undefined while it has not. */
  arrivalOf(clientId: string, version: number): number | undefined {
    return this.#arrivals.get(keyOf(clientId, version));
  }

  /** Settles when a part came, with the moment, without asking again and again. Bounded by the test's own time. */
  untilArrival(clientId: string, version: number): Promise<number> {
    const key = keyOf(clientId, version);
    const came = this.#arrivals.get(key);
    return came === undefined ? new Promise((resolve) => this.#awaited.set(key, resolve)) : Promise.resolve(came);
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let buffer = '';
    for await (const chunk of body) {
      buffer += decoder.decode(chunk, { stream: true });
      const events = buffer.split('\n\n');
      buffer = events.pop() ?? '';
      for (const event of events) this.#take(event);
    }
  }

  #take(event: string): void {
    const fields = new Map(
      event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const id = fields.get('id');
    const name = fields.get('event');
    if (id === undefined) {
      if (name !== undefined) this.notices.push({ name, data: fields.get('data') ?? '' });
      return;
    }
    this.#position = id;
    if (name === 'melding') {
      const at = performance.now();
      const melding = JSON.parse(fields.get('data') ?? '') as Melding;
      this.events.push({ id, melding, at });
      for (const { sequence } of housingParts(melding)) this.#note(keyOf(melding.clientId, sequence), at);
    }
    this.#told();
  }

  #note(key: string, at: number): void {
    if (this.#arrivals.has(key)) return;
    this.#arrivals.set(key, at);
    this.#awaited.get(key)?.(at);
    this.#awaited.delete(key);
  }
}

function keyOf(clientId: string, version: number): string {
  return `${clientId} ${version}`;
}
