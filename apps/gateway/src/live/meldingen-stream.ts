import type { Melding, MeldingenChanges, MeldingenSince } from '#contracts/notifications/meldingen.js';
import { Refusal } from '#contracts/refusal.js';
import type { EventWriter } from './event-writer.js';
import { SentMeldingen } from './sent-meldingen.js';

/** What a stream needs of the rest of the gateway. */
export interface StreamSource {
  /** Asks what changed. @throws Refusal with status 401 or 403 when the person may no longer see it */
  ask: (question: MeldingenSince) => Promise<MeldingenChanges>;
  /** Adds the names to meldingen that are about to be shown. */
  withNames: (meldingen: readonly Melding[]) => Promise<unknown[]>;
  /** Whether the sign-in still holds. */
  isSignedIn: () => Promise<boolean>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** How often what changed is asked without a hint, and a sign of life is given, milliseconds. */
export interface StreamTimes {
  pollMs: number;
  heartbeatMs: number;
  /** Wait after a question that failed. */
  againMs: number;
}

export const STREAM_TIMES: StreamTimes = { pollMs: 10_000, heartbeatMs: 15_000, againMs: 1_000 };
const BROWSER_RETRY_MS = 1_000;

/** One open stream: sends what changed since its position, at each hint and now and then without one. */
export class MeldingenStream {
  private readonly sent: SentMeldingen;
  private readonly timers: NodeJS.Timeout[] = [];
  private again: NodeJS.Timeout | undefined;
  private pulling = false;
  private isWanted = false;
  private isOpen = true;

  /**
   * @param lastPosition position that the browser saw last, if it says so
   * @param onEnd called once, when the stream is over
   */
  constructor(
    private readonly writer: EventWriter,
    private readonly source: StreamSource,
    lastPosition: string | undefined,
    private readonly onEnd: () => void,
    private readonly times: StreamTimes = STREAM_TIMES,
  ) {
    this.sent = new SentMeldingen(lastPosition);
  }

  /** Begins: from the position of the browser, or from now. */
  start(): void {
    const { pollMs, heartbeatMs } = this.times;
    void this.writer.retryAfter(BROWSER_RETRY_MS);
    this.timers.push(setInterval(() => this.pull(), pollMs));
    this.timers.push(setInterval(() => void this.beat(), heartbeatMs));
    this.pull();
  }

  /** Asks what changed; while a question is under way at most one more is remembered. */
  pull(): void {
    this.isWanted = true;
    if (!this.pulling && this.isOpen) void this.pullWanted();
  }

  /** Tells the page something that is no melding: which list to fetch again. */
  notice(name: string, data: object): void {
    if (this.isOpen) void this.writer.notice(name, data);
  }

  /** Tells the page that the date was moved, and shows what changes because of it. */
  dateMoved(data: object): void {
    this.sent.dateMoved(this.source.now());
    this.notice('clock', data);
    this.pull();
  }

  /** Ends the stream; the browser may come back with its position. */
  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.again);
    this.writer.end();
    this.onEnd();
  }

  private async pullWanted(): Promise<void> {
    this.pulling = true;
    try {
      while (this.isWanted && this.isOpen) {
        this.isWanted = false;
        await this.sendChanges();
      }
    } catch (error) {
      this.afterFailure(error);
    } finally {
      this.pulling = false;
    }
  }

  private async sendChanges(): Promise<void> {
    const position = this.sent.from(this.source.now());
    if (position === undefined) {
      const { now } = await this.source.ask({});
      this.sent.position = now;
      await this.writer.event(now, 'ready', {});
      return;
    }
    let after: string | undefined;
    do {
      const known = this.sent.known(this.source.now());
      const page = await this.source.ask({ since: position, known, ...(after === undefined ? {} : { after }) });
      await this.sendPage(page);
      after = page.nextAfter;
    } while (after !== undefined && this.isOpen);
  }

  private async sendPage({ items }: MeldingenChanges): Promise<void> {
    const fresh = items.filter(({ position, melding }) => this.sent.note(position, melding, this.source.now()));
    if (fresh.length === 0) return;
    const shown = await this.source.withNames(fresh.map(({ melding }) => melding));
    for (const [index, { position }] of fresh.entries()) await this.writer.event(position, 'melding', shown[index]);
  }

  /** Somebody who may no longer see it is sent away; anything else passes, and is tried again. */
  private afterFailure(error: unknown): void {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) {
      this.end();
      return;
    }
    if (this.isOpen) this.again = setTimeout(() => this.pull(), this.times.againMs);
  }

  private async beat(): Promise<void> {
    try {
      if (await this.source.isSignedIn()) await this.writer.comment('still here');
      else this.end();
    } catch {
      // The session could not be looked up just now: the next beat tells.
    }
  }
}
