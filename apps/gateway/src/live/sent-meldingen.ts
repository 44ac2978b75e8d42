import { STREAM_LOOK_BACK_MS } from '#contracts/notifications/live-hint.js';

/** Milliseconds for which a sent melding is remembered: much longer than the service looks back. */
const REMEMBERED_MS = 60_000;
/** The most that one question may name; the contract's bound. */
const REMEMBERED = 500;
/** How long after a move of the date a change may still come that was made before it: no unit of work takes longer. */
const STRAGGLERS_MS = 30_000;
const POSITION = /^\d{1,15}-[A-Za-z0-9-]{1,100}$/;

/** A position in the stream from outside; undefined when it is none of ours. */
export function positionFrom(header: unknown): string | undefined {
  return typeof header === 'string' && POSITION.test(header) ? header : undefined;
}

/** What one connection sent, and how far it is: the same version of a melding is never sent twice. */
export class SentMeldingen {
  /** `<meldingId>:<version>` → when it was sent, oldest first, and where it stands in the stream. */
  private readonly sent = new Map<string, { at: number; position: number }>();

  /** Where the connection was before the date was moved, and until when that still counts. */
  private beforeMove: { position: string; until: number } | undefined;

  /** @param position where the connection resumes; undefined until the service said what "now" is */
  constructor(public position: string | undefined) {}

  /** The date was moved: changes of before it stand far behind those of after it, and may still come. */
  dateMoved(now: number): void {
    const position = this.from(now);
    if (position !== undefined) this.beforeMove = { position, until: now + STRAGGLERS_MS };
  }

  /** From where to ask; undefined until the service said what "now" is. */
  from(now: number): string | undefined {
    if (this.beforeMove && this.beforeMove.until <= now) this.beforeMove = undefined;
    return this.beforeMove?.position ?? this.position;
  }

  /** What the service may leave out of what it looks back at; @param now milliseconds since 1970 */
  known(now: number): string[] {
    for (const [key, { at }] of this.sent) {
      if (now - at <= REMEMBERED_MS && this.sent.size <= REMEMBERED) break;
      this.sent.delete(key);
    }
    const from = this.from(now);
    const since = from === undefined ? 0 : momentOf(from) - STREAM_LOOK_BACK_MS;
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
