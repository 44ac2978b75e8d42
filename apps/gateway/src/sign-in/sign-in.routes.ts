import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { Refusal } from '#contracts/refusal.js';
import { GatewayConfig } from '../gateway.config.js';
import { languageOf } from '../http/problem.js';
import { accountUnknownPage } from './account-unknown-page.js';
import { API_AUDIENCE } from './access-tokens.js';
import { Authenticator } from './authenticator.js';
import { CallerResolver } from './caller-resolver.js';
import { Issuer } from './issuer.js';
import { safeReturnTo } from './return-to.js';
import { SessionsService } from './sessions.service.js';
import { type PendingSignIn, SignInCookies } from './sign-in-cookies.js';

/** Where the web app shows that signing in failed. */
const FAILED_PAGE = '/inloggen?fout=1';

/** Signing in and out: OpenID Connect, authorization code with PKCE, state and nonce. */
@Injectable()
export class SignInRoutes {
  private readonly logger = new Logger('SignIn');
  private readonly callbackUrl: string;
  private readonly homeUrl: string;

  constructor(
    config: GatewayConfig,
    private readonly issuer: Issuer,
    private readonly sessions: SessionsService,
    private readonly authenticator: Authenticator,
    private readonly callers: CallerResolver,
    @Inject(SignInCookies) private readonly cookies: SignInCookies,
  ) {
    const base = config.PUBLIC_URL.replace(/\/$/, '');
    this.callbackUrl = `${base}/auth/callback`;
    this.homeUrl = `${base}/`;
  }

  register(fastify: FastifyInstance): void {
    fastify.get('/auth/sign-in', (request, reply) => this.signIn(request, reply));
    fastify.get('/auth/callback', (request, reply) => this.callback(request, reply));
    fastify.post('/auth/sign-out', (request, reply) => this.signOut(request, reply));
  }

  private async signIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { configuration } = await this.issuer.known();
    const pending: PendingSignIn = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
      returnTo: safeReturnTo(queryValue(request, 'returnTo')),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl,
      scope: 'openid',
      resource: API_AUDIENCE,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
    });
    await this.cookies.setPending(reply, pending);
    return reply.header('cache-control', 'no-store').redirect(url.href, 303);
  }

  private async callback(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store');
    const pending = await this.cookies.pending(request);
    this.cookies.clearPending(reply);
    const proven = pending && (await this.prove(request, pending));
    if (!proven) return reply.redirect(FAILED_PAGE, 303);
    try {
      await this.callers.resolve({ via: 'token', subject: proven.subject, isSystem: false, expiresAt: 0 });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'account-unknown') throw error;
      return this.showAccountUnknown(request, reply, proven.idToken);
    }
    // A session that this browser had before ends: the new one has a value that nobody could have planted.
    const before = this.cookies.session(request);
    if (before !== undefined) await this.sessions.closeByCookie(before);
    this.cookies.setSession(reply, await this.sessions.open(proven.subject, proven.idToken));
    return reply.redirect(pending.returnTo, 303);
  }

  /** Exchanges the code; undefined when the answer of the issuer does not belong to this sign-in. */
  private async prove(
    request: FastifyRequest,
    pending: PendingSignIn,
  ): Promise<{ subject: string; idToken: string } | undefined> {
    const { configuration } = await this.issuer.known();
    const current = new URL(this.callbackUrl);
    current.search = new URL(request.url, this.callbackUrl).search;
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, current, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.codeVerifier,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub;
      if (subject === undefined || tokens.id_token === undefined) return undefined;
      return { subject, idToken: tokens.id_token };
    } catch (error) {
      // Never the parameters: they hold the code.
      this.logger.warn(`sign-in refused: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private async showAccountUnknown(
    request: FastifyRequest,
    reply: FastifyReply,
    idToken: string,
  ): Promise<FastifyReply> {
    const signOutUrl = await this.issuerSignOut(idToken);
    return reply
      .code(403)
      .type('text/html; charset=utf-8')
      .send(accountUnknownPage(languageOf(request.headers['accept-language']), signOutUrl ?? this.homeUrl));
  }

  /** Ends the session here, and tells where the browser ends it at the issuer: a page navigates there itself. */
  private async signOut(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (request.signInRefusal?.code === 'csrf-token-wrong') throw request.signInRefusal;
    const idToken = await this.authenticator.signOut(request, reply);
    const signOutUrl = idToken === undefined ? undefined : await this.issuerSignOut(idToken);
    return reply.header('cache-control', 'no-store').send({ signOutUrl: signOutUrl ?? this.homeUrl });
  }

  /** The issuer's own sign-out; undefined when it has none or is away: our session has ended all the same. */
  private async issuerSignOut(idToken: string): Promise<string | undefined> {
    try {
      const { configuration } = await this.issuer.known();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: this.homeUrl };
      return oidc.buildEndSessionUrl(configuration, parameters).href;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }
}

function queryValue({ query }: FastifyRequest, name: string): unknown {
  if (typeof query !== 'object' || query === null) return undefined;
  return Object.entries(query).find(([key]) => key === name)?.[1];
}
