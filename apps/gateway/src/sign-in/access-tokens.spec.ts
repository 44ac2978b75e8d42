import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { WallClock } from '#calendar/clock.js';
import { GatewayConfig } from '../gateway.config.js';
import { AccessTokens, API_AUDIENCE } from './access-tokens.js';
import { Issuer, LOCAL_ISSUER_MARKER } from './issuer.js';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** An issuer that is only its discovery document and its keys: what the tokens say is up to the test. */
let server: Server;
let url: string;
let keys: Keys;
let isAway = false;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  server = createServer((request, response) => {
    if (isAway) {
      response.destroy();
      return;
    }
    const discovery = {
      issuer: url,
      jwks_uri: `${url}/jwks`,
      token_endpoint: `${url}/token`,
      [LOCAL_ISSUER_MARKER]: true,
    };
    const answer = request.url === '/jwks' ? { keys: [jwk] } : discovery;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const config = (changes: Partial<GatewayConfig> = {}) =>
  Object.assign(new GatewayConfig(), {
    OIDC_ISSUER: url,
    OIDC_CLIENT_ID: 'web',
    OIDC_CLIENT_SECRET: 'secret-1',
    ...changes,
  });
const tokens = () => new AccessTokens(new Issuer(config()), new WallClock());

function sign(claims: JWTPayload, signer: Keys = keys): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ iss: url, aud: API_AUDIENCE, sub: 'noor', exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .sign(signer.privateKey);
}

describe('an access token', () => {
  it('proves its subject, and whether it stands for a system', async () => {
    await expect(tokens().identify(`Bearer ${await sign({})}`)).resolves.toMatchObject({
      subject: 'noor',
      isSystem: false,
    });
    const system = await sign({ sub: 'e-vita', client_id: 'e-vita' });
    await expect(tokens().identify(`bearer ${system}`)).resolves.toMatchObject({ subject: 'e-vita', isSystem: true });
  });

  const now = Math.floor(Date.now() / 1_000);
  it.each<[string, JWTPayload]>([
    ['has expired', { exp: now - 60 }],
    ['is for another audience', { aud: 'urn:somebody:else' }],
    ['is an ID token', { aud: 'web', nonce: 'n' }],
    ['comes from another issuer', { iss: 'https://evil.example' }],
    ['has no subject', { sub: undefined }],
    ['never ends', { exp: undefined }],
    ['is not valid yet', { nbf: now + 600 }],
  ])('that %s is refused', async (_what, claims) => {
    await expect(tokens().identify(`Bearer ${await sign(claims)}`)).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('that somebody else signed is refused', async () => {
    const forged = await sign({}, await generateKeyPair('RS256'));
    await expect(tokens().identify(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('cannot be judged while the issuer is away: that is not its fault', async () => {
    const token = await sign({});
    isAway = true;
    await expect(tokens().identify(`Bearer ${token}`)).rejects.toMatchObject({
      code: 'issuer-unavailable',
      status: 503,
    });
    isAway = false;
  });
});

describe('the issuer', () => {
  it('is never the local one in production', async () => {
    await expect(new Issuer(config({ NODE_ENV: 'production' })).known()).rejects.toThrow(
      'OIDC_ISSUER is the local issuer',
    );
    await expect(new Issuer(config()).known()).resolves.toBeDefined();
  });

  it('is found again after it was away', async () => {
    const issuer = new Issuer(config());
    isAway = true;
    await expect(issuer.known()).rejects.toMatchObject({ code: 'issuer-unavailable' });
    expect(issuer.isKnown).toBe(false);
    isAway = false;
    await issuer.known();
    expect(issuer.isKnown).toBe(true);
  });
});
