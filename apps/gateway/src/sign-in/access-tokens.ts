import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { WallClock } from '#calendar/clock.js';
import { Refusal } from '#contracts/refusal.js';
import type { TokenIdentity } from './identity.js';
import { Issuer } from './issuer.js';

/** Access tokens must be made for our interface: one for another service, or an ID token, is not accepted. */
export const API_AUDIENCE = 'urn:doorstroom:api';
/** Signatures that are accepted; never a symmetric one, never none. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
const CLOCK_TOLERANCE_SECONDS = 15;
const LONGEST_TOKEN = 8_192;
const REMEMBERED = 5_000;

/** Checks bearer tokens: JWT access tokens of the issuer, for persons and for systems (client credentials). */
@Injectable()
export class AccessTokens {
  private readonly remembered = new Map<string, TokenIdentity>();

  constructor(
    private readonly issuer: Issuer,
    private readonly clock: WallClock,
  ) {}

  /**
   * Whom an `Authorization` header proves.
   * @throws Refusal `token-invalid` (401) when it is malformed, forged, expired, or not for us.
   */
  async identify(authorization: string): Promise<TokenIdentity> {
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
    if (token === undefined || token.length > LONGEST_TOKEN) throw Refusal.of('token-invalid');
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.remembered.get(key);
    if (known && known.expiresAt > this.clock.now().getTime()) return known;
    const identity = identityOf(await this.verify(token));
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(key, identity);
    return identity;
  }

  private async verify(token: string): Promise<JWTPayload> {
    const { configuration, keys } = await this.issuer.known();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: configuration.serverMetadata().issuer,
        audience: API_AUDIENCE,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      // The keys could not be fetched: that says nothing about the token.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) {
        throw Refusal.of('issuer-unavailable');
      }
      throw Refusal.of('token-invalid');
    }
  }
}

function identityOf({ sub, exp, client_id: clientId }: JWTPayload): TokenIdentity {
  if (sub === undefined || exp === undefined) throw Refusal.of('token-invalid');
  return { via: 'token', subject: sub, isSystem: clientId === sub, expiresAt: exp * 1_000 };
}
