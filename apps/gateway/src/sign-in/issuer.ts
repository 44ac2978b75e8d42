import { Injectable, Logger } from '@nestjs/common';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import { Refusal } from '#contracts/refusal.js';
import { GatewayConfig } from '../gateway.config.js';

/** By this member of its discovery document the local issuer is known (deploy/local/issuer). */
export const LOCAL_ISSUER_MARKER = 'doorstroom_local_issuer';
const DISCOVERY_SECONDS = 5;

/** What was learned of the issuer. */
export interface KnownIssuer {
  configuration: oidc.Configuration;
  /** Keys of its access tokens; fetched again when an unknown one is used. */
  keys: JWTVerifyGetKey;
}

/** The OpenID provider: found by discovery, at start or later when it was away then. */
@Injectable()
export class Issuer {
  private readonly logger = new Logger(Issuer.name);
  private found: KnownIssuer | undefined;
  private finding: Promise<KnownIssuer> | undefined;

  constructor(private readonly config: GatewayConfig) {}

  /** True once discovery succeeded; later absences do not stop those who are signed in. */
  get isKnown(): boolean {
    return this.found !== undefined;
  }

  /**
   * The issuer.
   * @throws Refusal `issuer-unavailable` (503) while it cannot be reached.
   * @throws Error when it is the local issuer and this is production.
   */
  async known(): Promise<KnownIssuer> {
    if (this.found) return this.found;
    this.finding ??= this.discover().finally(() => (this.finding = undefined));
    return this.finding;
  }

  private async discover(): Promise<KnownIssuer> {
    const server = new URL(this.config.OIDC_ISSUER);
    const isPlain = server.protocol === 'http:';
    let configuration: oidc.Configuration;
    try {
      configuration = await oidc.discovery(
        server,
        this.config.OIDC_CLIENT_ID,
        undefined,
        oidc.ClientSecretBasic(this.config.OIDC_CLIENT_SECRET),
        // Plain HTTP is for development: refuseUnsafeProduction does not let it pass in production.
        { timeout: DISCOVERY_SECONDS, ...(isPlain ? { execute: [oidc.allowInsecureRequests] } : {}) },
      );
    } catch (error) {
      this.logger.warn(`the issuer cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
      throw Refusal.of('issuer-unavailable');
    }
    const metadata = configuration.serverMetadata();
    if (this.config.NODE_ENV === 'production' && metadata[LOCAL_ISSUER_MARKER] === true) {
      throw new Error('OIDC_ISSUER is the local issuer, where anyone can sign in; production needs a real one');
    }
    if (metadata.jwks_uri === undefined) throw new Error('the issuer publishes no keys (jwks_uri)');
    this.found = { configuration, keys: createRemoteJWKSet(new URL(metadata.jwks_uri)) };
    return this.found;
  }
}
