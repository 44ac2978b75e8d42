import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { base64url, SignJWT } from 'jose';
import type { Caller } from '#contracts/caller.js';
import { CALLER_TOKEN_SECONDS, CallerTokenSigner, CallerTokenVerifier } from './caller-token.js';

const caller: Caller = {
  kind: 'person',
  personId: 'person-1',
  roles: ['clientmanager'],
  organisationId: 'organisation-1',
  clusterIds: [],
  clientIds: [],
};
const now = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: privateKey,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
};
const own = pair();
const encoded = (value: object) => base64url.encode(JSON.stringify(value));

describe('the proof of a caller', () => {
  let token: string;
  const verifier = new CallerTokenVerifier(own.publicKey);
  const refused = { code: 'not-signed-in', status: 401 };
  beforeAll(async () => {
    token = await new CallerTokenSigner(own.privateKey).sign(caller, 'audit', now);
  });

  it('proves exactly that caller, for a minute and a little', async () => {
    await expect(verifier.verify(token, 'audit', now)).resolves.toEqual(caller);
    await expect(verifier.verify(token, 'audit', later(CALLER_TOKEN_SECONDS - 1))).resolves.toEqual(caller);
    await expect(verifier.verify(token, 'audit', later(CALLER_TOKEN_SECONDS + 6))).rejects.toMatchObject(refused);
    // Also for a service that never saw it before, so that nothing was remembered.
    const other = new CallerTokenVerifier(own.publicKey);
    await expect(other.verify(token, 'audit', later(CALLER_TOKEN_SECONDS + 6))).rejects.toMatchObject(refused);
  });

  it('proves nothing to another service, also not when it has no service at all', async () => {
    await expect(verifier.verify(token, 'audit', now)).resolves.toEqual(caller);
    // Also by a process that checked it before for the service that it is for.
    await expect(verifier.verify(token, 'registration', now)).rejects.toMatchObject(refused);
    const forAll = await new SignJWT({ caller })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('doorstroom-gateway')
      .setIssuedAt(now)
      .setExpirationTime(later(60))
      .sign(own.key);
    await expect(verifier.verify(forAll, 'audit', now)).rejects.toMatchObject(refused);
  });

  it('proves nothing without a signature, with that of another key, or with another content', async () => {
    const [, payload = '', signature = ''] = token.split('.');
    const richer = encoded({
      iss: 'doorstroom-gateway',
      aud: 'audit',
      iat: 1,
      exp: 9e9,
      caller: { ...caller, roles: ['beheerder'] },
    });
    const forged = await new CallerTokenSigner(pair().privateKey).sign(caller, 'audit', now);
    const hmac = await new SignJWT({ caller })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('doorstroom-gateway')
      .setAudience('audit')
      .setIssuedAt(now)
      .setExpirationTime(later(60))
      .sign(Buffer.from(own.publicKey, 'base64'));
    for (const wrong of [
      undefined,
      '',
      'no token',
      `${encoded({ alg: 'none' })}.${payload}.`,
      `${encoded({ alg: 'none' })}.${payload}.${signature}`,
      `${token.split('.')[0] ?? ''}.${richer}.${signature}`,
      forged,
      hmac,
    ]) {
      await expect(verifier.verify(wrong, 'audit', now)).rejects.toMatchObject(refused);
    }
  });

  it('needs an end, the gateway as its issuer, and a caller inside', async () => {
    const signed = (claims: Record<string, unknown>, issuer = 'doorstroom-gateway') =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).setIssuer(issuer).setAudience('audit').setIssuedAt(now);
    const endless = await signed({ caller }).sign(own.key);
    const stranger = await signed({ caller }, 'somebody-else').setExpirationTime(later(60)).sign(own.key);
    const empty = await signed({}).setExpirationTime(later(60)).sign(own.key);
    const unknownRole = await signed({ caller: { ...caller, roles: ['root'] } })
      .setExpirationTime(later(60))
      .sign(own.key);
    for (const wrong of [endless, stranger, empty, unknownRole]) {
      await expect(verifier.verify(wrong, 'audit', now)).rejects.toMatchObject(refused);
    }
  });
});

describe('a key that is no key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  it.each([
    ['rubbish', 'A'.repeat(64)],
    ['a key of another kind', rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
    ['the other half', own.privateKey],
  ])('%s stops the start with one line that names the variable', (_what, key) => {
    expect(() => new CallerTokenVerifier(key)).toThrow(/^Configuration is wrong: CALLER_PUBLIC_KEY [^\n]*$/);
    expect(() => new CallerTokenVerifier(key)).not.toThrow(key);
    expect(() => new CallerTokenSigner(key === own.privateKey ? own.publicKey : key)).toThrow(
      /^Configuration is wrong: CALLER_PRIVATE_KEY [^\n]*$/,
    );
  });
});
