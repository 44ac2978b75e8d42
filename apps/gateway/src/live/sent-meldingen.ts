import { STREAM_LOOK_BACK_MS } from '#contracts/notifications/live-hint.js';

/** Milliseconds for which a sent melding is remembered: much longer than the service looks back. */
const REMEMBERED_MS = 60_000;
/** The most that one question may name; the contract's bound. */
const REMEMBERED = 500;
const POSITION = /^\d{1,15}-[A-Za-z0-9-]{1,100}$/;

/** A position in the stream from outside; undefined when it is none of ours. */
export function positionFrom(header: unknown): string | undefined {
  return typeof header === 'string' && POSITION.test(header) ? header : undefined;
}

/** What one connection sent, and how far it is: the same version of a melding is never sent twice. */
export class SentMeldingen {
  /** `<meldingId>:<version>` → when it was sent, oldest first, and where it stands in the stream. */
  private readonly sent = new Map<string, { at: number; position: number }>();

  /** @param position where the connection resumes; undefined until the service said what "now" is */
  constructor(public position: string | undefined) {}

  /** What the service may leave out of what it looks back at; @param now milliseconds since 1970 */
  known(now: number): string[] {
    for (const [key, { at }] of this.sent) {
      if (now - at <= REMEMBERED_MS && this.sent.size <= REMEMBERED) break;
      this.sent.delete(key);
    }
    const since = this.position === undefined ? 0 : momentOf(this.position) - STREAM_LOOK_BACK_MS;
    return [...this.sent].filter(([, { position }]) => position >= since).map(([key]) => key);
  }

  /** Notes a version that is about to be sent; false when this connection sent it before. */
  note(position: string, melding: { meldingId: string; version: number }, now: number): boolean {
    const key = `${melding.meldingId}:${melding.version}`;
    if (this.sent.has(key)) return false;
    this.sent.set(key, { at: now, position: momentOf(position) });
    if (this.position === undefined || isAfter(position, this.position)) this.position = position;
    return true;
  }
}

/** Positions are ordered by the number before the dash, and by text where the numbers are equal. */
function isAfter(a: string, b: string): boolean {
  const difference = momentOf(a) - momentOf(b);
  return difference === 0 ? a > b : difference > 0;
}

function momentOf(position: string): number {
  return Number(position.slice(0, position.indexOf('-')));
}
