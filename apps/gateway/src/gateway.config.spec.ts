import { describe, expect, it } from '@jest/globals';
import { readConfig } from '#platform/config.js';
import { GatewayConfig, isSecure, refuseUnsafeProduction, trustedProxies } from './gateway.config.js';

const env = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://doorstroom.example',
  OIDC_ISSUER: 'https://login.example',
  OIDC_CLIENT_ID: 'doorstroom',
  OIDC_CLIENT_SECRET: 'a-long-secret',
  CALLER_PRIVATE_KEY: 'A'.repeat(64),
  SESSION_SECRET: `${'A'.repeat(43)}=`,
  MONGO_URL: 'mongodb://127.0.0.1:1',
  NATS_URL: 'nats://127.0.0.1:2',
};
const config = (changes: Record<string, string> = {}) => readConfig(GatewayConfig, { ...env, ...changes });

describe('the configuration of the gateway', () => {
  it('is read from the environment, with defaults', () => {
    expect(config({ PORT: '8080' })).toMatchObject({ PORT: 8_080, HOST: '127.0.0.1', DEMO: '0', TRUST_PROXY: '' });
    expect(isSecure(config())).toBe(true);
  });

  it.each([
    ['PUBLIC_URL', 'doorstroom'],
    ['SESSION_SECRET', 'short'],
    ['OIDC_ISSUER', 'ftp://login.example'],
    ['PORT', '99999'],
  ])('refuses a wrong %s, without saying its value', (name, value) => {
    expect(() => config({ [name]: value })).toThrow(name);
    expect(() => config({ [name]: value })).not.toThrow(value);
  });

  it('reads proxies that are trusted, and says which variable is wrong', () => {
    expect(trustedProxies(config({ TRUST_PROXY: '10.0.0.0/8, fd00::/8,loopback, ' }))).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
      'loopback',
    ]);
    for (const wrong of ['true', '10.0.0.0/33', '10.0.0.256', '10.0.0.1/8/8', '*']) {
      expect(() => trustedProxies(config({ TRUST_PROXY: wrong }))).toThrow(/^TRUST_PROXY must/);
    }
  });

  it.each([
    ['pages without TLS', { PUBLIC_URL: 'http://doorstroom.example' }],
    ['an issuer without TLS', { OIDC_ISSUER: 'http://login.example' }],
    ['an issuer on this machine', { OIDC_ISSUER: 'https://localhost:3001' }],
    ['an issuer on this machine by address', { OIDC_ISSUER: 'https://127.0.0.1' }],
    ['a date that anybody can move', { DEMO_CLOCK: '1' }],
  ])('does not let %s reach production', (_what, changes) => {
    expect(() => refuseUnsafeProduction(config(changes))).toThrow(/^(PUBLIC_URL|OIDC_ISSUER|DEMO_CLOCK) must/);
    expect(() => refuseUnsafeProduction(config({ ...changes, NODE_ENV: 'development' }))).not.toThrow();
  });
});
