import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { isRole } from '#contracts/codes.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';

/** Seconds for which one proof of a caller is valid: long enough for a request and its retries, no longer. */
export const CALLER_TOKEN_SECONDS = 60;
const ISSUER = 'doorstroom-gateway';
const ALGORITHM = 'EdDSA';

/** Signs who asks, with the gateway's private key (PKCS #8, DER, base64). Only the gateway holds that key. */
export class CallerTokenSigner {
  private readonly key: KeyObject;

  /** @throws Error with one line that names the variable */
  constructor(privateKey: string) {
    this.key = ed25519('CALLER_PRIVATE_KEY', () =>
      createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
    );
  }

  /**
   * A compact JWS that proves `caller` to one service for a minute from `now`. That service cannot use it to ask another
   * one in the caller's name.
   */
  sign(caller: Caller, service: string, now: Date): Promise<string> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    return new SignJWT({ caller })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setAudience(service)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + CALLER_TOKEN_SECONDS)
      .sign(this.key);
  }
}

/** Reads a key from the configuration. @throws Error that names the variable, never its value */
function ed25519(variable: string, read: () => KeyObject): KeyObject {
  const wrong = new Error(`Configuration is wrong: ${variable} is no Ed25519 key in DER and base64`);
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw wrong;
  }
  if (key.asymmetricKeyType !== 'ed25519') throw wrong;
  return key;
}

interface Known {
  caller: Caller;
  service: string;
  expiresAt: number;
}

/** Proofs remembered, so that the signature of a busy caller is checked once, not at every request. */
const MEMORY = 2_000;

/** Checks proofs of callers with the gateway's public key (SPKI, DER, base64). */
export class CallerTokenVerifier {
  private readonly key: KeyObject;
  private readonly known = new Map<string, Known>();

  /** @throws Error with one line that names the variable */
  constructor(publicKey: string) {
    this.key = ed25519('CALLER_PUBLIC_KEY', () =>
      createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
    );
  }

  /** The caller that a token proves. @throws Refusal `not-signed-in` when it is absent, forged, expired or for another service. */
  async verify(token: string | undefined, service: string, now: Date): Promise<Caller> {
    if (!token) throw Refusal.of('not-signed-in');
    const known = this.known.get(token);
    if (known && known.service === service && known.expiresAt > now.getTime()) return known.caller;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer: ISSUER,
        audience: service,
        algorithms: [ALGORITHM],
        currentDate: now,
        clockTolerance: 5,
        requiredClaims: ['iat', 'exp'],
      });
      if (!isCaller(payload['caller'])) throw new Error('no caller inside');
      this.remember(token, { caller: payload['caller'], service, expiresAt: (payload.exp ?? 0) * 1000 });
      return payload['caller'];
    } catch {
      throw Refusal.of('not-signed-in');
    }
  }

  private remember(token: string, known: Known): void {
    if (this.known.size >= MEMORY) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
    this.known.set(token, known);
  }
}

function isCaller(value: unknown): value is Caller {
  if (typeof value !== 'object' || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  const roles = record.get('roles');
  return (
    ['person', 'system', 'service'].includes(String(record.get('kind'))) &&
    typeof record.get('personId') === 'string' &&
    Array.isArray(roles) &&
    roles.every((role) => typeof role === 'string' && isRole(role)) &&
    Array.isArray(record.get('clusterIds')) &&
    Array.isArray(record.get('clientIds'))
  );
}
