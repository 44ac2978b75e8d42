/** Proof of sign-in that a request carried: a session of our own, or an access token of the issuer. */
export type Identity = SessionIdentity | TokenIdentity;

export interface SessionIdentity {
  readonly via: 'session';
  /** Subject at the issuer. */
  readonly subject: string;
  /** Key of the stored session; not the value of the cookie. */
  readonly sessionKey: string;
  /** What the page must send back with every change. */
  readonly csrfToken: string;
}

export interface TokenIdentity {
  readonly via: 'token';
  readonly subject: string;
  /** Client credentials: the token stands for a system, not for a person. */
  readonly isSystem: boolean;
  /** Instant, in milliseconds since 1970, at which the token ends. */
  readonly expiresAt: number;
}

/** Under which name requests are counted for the rate limit: whoever signs in twice may not ask twice as much. */
export function rateKeyOf({ subject }: Identity): string {
  return `subject:${subject}`;
}
