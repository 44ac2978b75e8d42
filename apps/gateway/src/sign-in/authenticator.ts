import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { GatewayConfig, publicOrigin } from '../gateway.config.js';
import { AccessTokens } from './access-tokens.js';
import type { SessionIdentity } from './identity.js';
import { sameText } from './session-keys.js';
import { SessionsService } from './sessions.service.js';
import { SignInCookies } from './sign-in-cookies.js';

/** Header in which a page sends the token that `GET /v1/me` gave it. */
export const CSRF_HEADER = 'x-csrf-token';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who sends a request. What was sent and is no good is remembered; the route decides whether it matters. */
@Injectable()
export class Authenticator {
  private readonly origin: string;

  constructor(
    config: GatewayConfig,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokens,
    @Inject(SignInCookies) private readonly cookies: SignInCookies,
  ) {
    this.origin = publicOrigin(config);
  }

  /** Fills in `request.identity`, or `request.signInRefusal`. */
  async authenticate(request: FastifyRequest): Promise<void> {
    try {
      const { authorization } = request.headers;
      // With a token the cookie counts for nothing: a browser never adds a token by itself, so no CSRF check is needed,
      // and one request never has two senders.
      if (authorization !== undefined) request.identity = await this.tokens.identify(authorization);
      else request.identity = await this.bySession(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      request.signInRefusal = error;
    }
  }

  /** Ends the session that a browser holds, and gives the hint for the issuer. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    this.cookies.clearSession(reply);
    return request.identity?.via === 'session' ? this.sessions.close(request.identity.sessionKey) : undefined;
  }

  private async bySession(request: FastifyRequest): Promise<SessionIdentity | null> {
    const cookie = this.cookies.session(request);
    if (cookie === undefined) return null;
    const identity = await this.sessions.identify(cookie);
    if (!identity) throw Refusal.of('session-expired');
    if (!SAFE_METHODS.has(request.method)) this.needOwnPage(request, identity);
    return identity;
  }

  /** A change by cookie must come from a page of ours: its origin, and the token that only such a page can read. */
  private needOwnPage({ headers }: FastifyRequest, { csrfToken }: SessionIdentity): void {
    const sent = headers[CSRF_HEADER];
    const isOwnOrigin = headers.origin === undefined || headers.origin === this.origin;
    if (!isOwnOrigin || typeof sent !== 'string' || !sameText(sent, csrfToken)) throw Refusal.of('csrf-token-wrong');
  }
}
