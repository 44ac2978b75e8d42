import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is derived from SESSION_SECRET: keys of stored sessions, CSRF tokens, and the key of sign-ins in progress. */
export class SessionKeys {
  private readonly sessionKey: Uint8Array;
  private readonly csrfKey: Uint8Array;
  /** Encrypts the cookie of a sign-in in progress (32 bytes). */
  readonly signInKey: Uint8Array;

  /** @param secret 32 bytes in base64 */
  constructor(secret: string) {
    const derive = (purpose: string): Uint8Array =>
      new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `doorstroom ${purpose}`, 32));
    this.sessionKey = derive('session');
    this.csrfKey = derive('csrf');
    this.signInKey = derive('sign-in');
  }

  /** A new value for the session cookie: 256 bits. */
  newCookieValue(): string {
    return randomBytes(32).toString('base64url');
  }

  /** Under which key the session of a cookie is stored. */
  storageKey(cookieValue: string): string {
    return createHmac('sha256', this.sessionKey).update(cookieValue).digest('base64url');
  }

  /** The token that a page of this session sends with every change; bound to the session, so nothing is stored. */
  csrfToken(storageKey: string): string {
    return createHmac('sha256', this.csrfKey).update(storageKey).digest('base64url');
  }
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
