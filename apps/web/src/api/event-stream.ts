/** One message of a server-sent event stream. */
export interface StreamMessage {
  id: string;
  event: string;
  data: string;
}

/**
 * A parser for `text/event-stream`, fed with pieces of text as they arrive (a piece may end anywhere, also in the middle of a
 * line). Follows the HTML standard's rules for fields, comments and the last event id.
 */
export class EventStreamParser {
  lastEventId = '';
  #rest = '';
  #event = '';
  #data: string[] = [];

  /** Takes the next piece; gives the messages that it completes. */
  push(piece: string): StreamMessage[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line) ?? []);
  }

  #line(line: string): StreamMessage | undefined {
    if (line === '') return this.#dispatch();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    if (field === 'event') this.#event = value;
    if (field === 'id' && !value.includes('\0')) this.lastEventId = value;
    return undefined;
  }

  #dispatch(): StreamMessage | undefined {
    const data = this.#data;
    const event = this.#event === '' ? 'message' : this.#event;
    this.#data = [];
    this.#event = '';
    return data.length === 0 ? undefined : { id: this.lastEventId, event, data: data.join('\n') };
  }
}
