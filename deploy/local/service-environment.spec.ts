import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateSecrets } from './secrets.js';
import { serviceEnvironment, type SystemSettings } from './service-environment.js';
import { SERVICE_NAMES, type ServiceName } from './services.js';

const secrets = generateSecrets();
const settings: SystemSettings = {
  nodeEnv: 'test',
  mongoUrl: 'mongodb://127.0.0.1:1',
  natsUrl: 'nats://127.0.0.1:2',
  redisUrl: 'redis://127.0.0.1:3',
  databasePrefix: 'x_',
  publicUrl: 'http://localhost:3000',
  issuerUrl: 'http://localhost:3001',
  secrets,
  smtpUrl: undefined,
  demo: false,
  demoClock: false,
  logLevel: 'info',
  logFormat: 'json',
  issuerDataDir: '/data/issuer',
};
const environment = (service: ServiceName, own: NodeJS.ProcessEnv = {}) =>
  serviceEnvironment(service, 4000, settings, own);
const servicesWith = (variable: string) => SERVICE_NAMES.filter((service) => variable in environment(service));

describe('serviceEnvironment', () => {
  it.each([
    ['CALLER_PRIVATE_KEY', ['gateway']],
    ['SESSION_SECRET', ['gateway']],
    ['BSN_ENCRYPTION_KEY', ['registration']],
    ['BSN_HASH_KEY', ['registration']],
    ['CLIENT_NUMBER_KEY', ['registration', 'assessment']],
    ['IMPORT_CONTENT_KEY', ['assessment']],
    ['WEBHOOK_SECRET_KEY', ['notifications']],
    ['AUDIT_SEAL_KEY', ['audit']],
    ['OIDC_CLIENT_SECRET', ['issuer', 'gateway']],
    ['MONGO_URL', ['registration', 'assessment', 'notifications', 'audit', 'gateway']],
    ['SMTP_URL', []],
  ])('gives %s only to %j', (variable, services) => {
    expect(servicesWith(variable)).toEqual(services);
  });

  it('gives the gateway PORT, and every other service SERVICE_PORT', () => {
    expect(servicesWith('PORT')).toEqual(['gateway']);
    expect(environment('gateway')['PORT']).toBe('4000');
    expect(environment('audit')['SERVICE_PORT']).toBe('4000');
  });

  it('hands the official texts of the ZRM to the service that shows them', () => {
    const own = { ZRM_TEXTS: '2017=texts.csv' };
    expect(environment('assessment', own)).toMatchObject(own);
    expect(environment('registration', own)).not.toHaveProperty('ZRM_TEXTS');
    expect(environment('assessment')).not.toHaveProperty('ZRM_TEXTS');
  });

  it('hands on what a process needs to run, and nothing else of this one', () => {
    const own = { PATH: '/bin', TZ: 'UTC', OTEL_SERVICE_NAME: 'x', NODE_OPTIONS: '--inspect', AWS_SECRET: 'secret' };
    expect(environment('audit', own)).toMatchObject({ PATH: '/bin', TZ: 'UTC', OTEL_SERVICE_NAME: 'x' });
    expect(environment('audit', own)).not.toHaveProperty('NODE_OPTIONS');
    expect(environment('audit', own)).not.toHaveProperty('AWS_SECRET');
  });
});

describe('generateSecrets', () => {
  it('makes a pair of Ed25519 keys that belong together', () => {
    const der = (text: string) => Buffer.from(text, 'base64');
    const privateKey = createPrivateKey({ key: der(secrets.callerPrivateKey), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey({ key: der(secrets.callerPublicKey), format: 'der', type: 'spki' });
    const message = Buffer.from('who');
    expect(privateKey.asymmetricKeyType).toBe('ed25519');
    expect(verify(undefined, message, publicKey, sign(undefined, message, privateKey))).toBe(true);
  });

  it('makes keys of 32 bytes, others each time', () => {
    expect(Buffer.from(secrets.bsnEncryptionKey, 'base64')).toHaveLength(32);
    expect(Buffer.from(secrets.bsnHashKey, 'base64')).toHaveLength(32);
    expect(generateSecrets().bsnHashKey).not.toBe(secrets.bsnHashKey);
  });
});
