import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '#calendar/clock.js';
import type { SessionIdentity } from './identity.js';
import { SessionKeys } from './session-keys.js';
import { SessionRepository, type StoredSession } from './session.repository.js';

const MINUTE_MS = 60_000;
/** A session ends after so long without a request … */
export const IDLE_MS = 30 * MINUTE_MS;
/** … and in any case so long after the sign-in: a working day. */
export const ABSOLUTE_MS = 600 * MINUTE_MS;
/** How often activity is written down. */
const TOUCH_MS = MINUTE_MS;
/** How long one process believes what it read; a sign-out elsewhere takes so long to be known here. */
const BELIEVED_MS = 5_000;
const REMEMBERED = 5_000;

interface Remembered {
  session: StoredSession;
  readAt: number;
}

/** Server-side sessions: opened at sign-in under a fresh value, ended by sign-out, idleness or age. */
@Injectable()
export class SessionsService {
  private readonly remembered = new Map<string, Remembered>();
  private readonly listeners = new Set<(sessionKey: string) => void>();

  constructor(
    private readonly repository: SessionRepository,
    @Inject(SessionKeys) private readonly keys: SessionKeys,
    private readonly clock: WallClock,
  ) {}

  /** Opens a session and gives the cookie's value, which is never one that the browser brought along. */
  async open(subject: string, idToken: string): Promise<string> {
    const value = this.keys.newCookieValue();
    const now = this.clock.now();
    await this.repository.add({
      _id: this.keys.storageKey(value),
      subject,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
      idToken,
    });
    return value;
  }

  /** The live session of a cookie; counts as activity. Undefined when it ended or never was. */
  async identify(cookieValue: string): Promise<SessionIdentity | undefined> {
    const key = this.keys.storageKey(cookieValue);
    const session = await this.live(key);
    if (!session) return undefined;
    await this.touch(session);
    return { via: 'session', subject: session.subject, sessionKey: key, csrfToken: this.keys.csrfToken(key) };
  }

  /** True while the session lives; does not count as activity, so that an open live stream keeps nobody signed in. */
  async isLive(sessionKey: string): Promise<boolean> {
    return (await this.live(sessionKey)) !== undefined;
  }

  /** Ends a session. Gives the hint for the issuer, when there was a session. */
  async close(sessionKey: string): Promise<string | undefined> {
    const session = await this.repository.find(sessionKey);
    await this.repository.remove(sessionKey);
    this.remembered.delete(sessionKey);
    for (const listener of this.listeners) listener(sessionKey);
    return session?.idToken;
  }

  /** Ends the session of a cookie that a browser brought to a new sign-in, if it is one. */
  async closeByCookie(cookieValue: string): Promise<void> {
    await this.close(this.keys.storageKey(cookieValue));
  }

  /** Calls back when a session is closed in this process. Returns how to stop listening. */
  onClosed(listener: (sessionKey: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async live(key: string): Promise<StoredSession | undefined> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(key);
    if (known && now - known.readAt < BELIEVED_MS && isLiveAt(known.session, now)) return known.session;
    const session = await this.repository.find(key);
    if (!session || !isLiveAt(session, now)) {
      this.remembered.delete(key);
      return undefined;
    }
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(key, { session, readAt: now });
    return session;
  }

  private async touch(session: StoredSession): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - session.lastSeenAt.getTime() < TOUCH_MS) return;
    session.lastSeenAt = now;
    await this.repository.touch(session._id, now);
  }
}

function isLiveAt({ expiresAt, lastSeenAt }: StoredSession, now: number): boolean {
  return expiresAt.getTime() > now && now - lastSeenAt.getTime() < IDLE_MS;
}
