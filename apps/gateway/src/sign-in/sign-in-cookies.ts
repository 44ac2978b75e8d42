import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { type GatewayConfig, isSecure } from '../gateway.config.js';
import type { SessionKeys } from './session-keys.js';

/** A sign-in in progress; it travels in an encrypted cookie of the browser that began it. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  /** PKCE. */
  codeVerifier: string;
  returnTo: string;
}

/** Longest time between pressing "sign in" and coming back from the issuer. */
const PENDING_SECONDS = 600;

/** The two cookies of the gateway: the session, and a sign-in in progress. */
export class SignInCookies {
  readonly sessionName: string;
  private readonly pendingName: string;
  private readonly options: CookieSerializeOptions;

  constructor(
    config: GatewayConfig,
    private readonly keys: SessionKeys,
  ) {
    const secure = isSecure(config);
    // The prefix makes browsers refuse a cookie that another host or an unprotected page tries to set.
    const prefix = secure ? '__Host-' : '';
    this.sessionName = `${prefix}ds_session`;
    this.pendingName = `${prefix}ds_sign_in`;
    this.options = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  }

  session(request: FastifyRequest): string | undefined {
    const value = request.cookies[this.sessionName];
    return value === undefined || value === '' ? undefined : value;
  }

  /** A session cookie: it ends with the browser, and the server ends it earlier. */
  setSession(reply: FastifyReply, value: string): void {
    reply.setCookie(this.sessionName, value, this.options);
  }

  clearSession(reply: FastifyReply): void {
    reply.clearCookie(this.sessionName, this.options);
  }

  async setPending(reply: FastifyReply, pending: PendingSignIn): Promise<void> {
    const value = await new EncryptJWT({ ...pending })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuedAt()
      .setExpirationTime(`${PENDING_SECONDS}s`)
      .encrypt(this.keys.signInKey);
    reply.setCookie(this.pendingName, value, { ...this.options, maxAge: PENDING_SECONDS });
  }

  /** The sign-in that this browser began, when it is not too long ago. */
  async pending(request: FastifyRequest): Promise<PendingSignIn | undefined> {
    const value = request.cookies[this.pendingName];
    if (value === undefined) return undefined;
    try {
      const { payload } = await jwtDecrypt(value, this.keys.signInKey);
      const { state, nonce, codeVerifier, returnTo } = payload;
      if (typeof state !== 'string' || typeof nonce !== 'string') return undefined;
      if (typeof codeVerifier !== 'string' || typeof returnTo !== 'string') return undefined;
      return { state, nonce, codeVerifier, returnTo };
    } catch {
      return undefined;
    }
  }

  clearPending(reply: FastifyReply): void {
    reply.clearCookie(this.pendingName, this.options);
  }
}
