import mongoose from 'mongoose';
import { type Role, roles } from '#contracts/codes.js';
import { ServiceConfig } from '#platform/config.js';
import type { RunningService } from '#platform/run-service.js';
import { engines, ownEngine, uniqueName } from '#testing/engines.js';
import { demoAccessToken } from '../../../../deploy/local/issuer/access-token.js';
import { DEMO_PEOPLE } from '../../../../deploy/local/issuer/demo-people.js';
import { generateSecrets } from '../../../../deploy/local/secrets.js';
import { GatewayConfig } from '../gateway.config.js';
import { startGateway } from '../start-gateway.js';
import { freePort, startIssuerProcess, TEST_CLIENT_ID, TEST_CLIENT_SECRET } from './issuer-process.js';
import { type Behind, startTestServices } from './test-services.js';

/** A gateway on a real port with a real issuer process, real broker and database, and small services behind it. */
export interface GatewayHarness {
  readonly url: string;
  readonly issuerUrl: string;
  readonly config: GatewayConfig;
  readonly gateway: RunningService;
  readonly behind: Behind;
  /** An access token of the demo person in a role, or of the demo system. */
  tokenOf(who: Role | 'system'): Promise<string>;
  /** The key by which the person in a role signs in: `samira`. */
  keyOf(role: Role): string;
  close(): Promise<void>;
}

/** Starts everything; `changes` alters the configuration of the gateway. */
export async function startHarness(changes: Partial<GatewayConfig> = {}): Promise<GatewayHarness> {
  const { mongoUrl } = await engines();
  const nats = await ownEngine('nats');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const issuer = await startIssuerProcess(url);
  const secrets = generateSecrets();
  const prefix = `${uniqueName('gw')}_`;
  const keys = keysByRole();

  const serviceConfig = Object.assign(new ServiceConfig(), {
    NODE_ENV: 'test',
    MONGO_URL: mongoUrl,
    NATS_URL: nats.url,
    DATABASE_PREFIX: prefix,
    CALLER_PUBLIC_KEY: secrets.callerPublicKey,
    LOG_LEVEL: 'silent',
  } satisfies Partial<ServiceConfig>);
  const subjects = Object.fromEntries(roles.map((role) => [role, `demo-${keys[role]}`])) as Record<Role, string>;
  const behind = await startTestServices(serviceConfig, subjects);

  const config = Object.assign(new GatewayConfig(), {
    NODE_ENV: 'test',
    PORT: port,
    PUBLIC_URL: url,
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: TEST_CLIENT_ID,
    OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
    CALLER_PRIVATE_KEY: secrets.callerPrivateKey,
    SESSION_SECRET: secrets.sessionSecret,
    MONGO_URL: mongoUrl,
    NATS_URL: nats.url,
    DATABASE_PREFIX: prefix,
    LOG_LEVEL: 'silent',
    ...changes,
  } satisfies Partial<GatewayConfig>);
  const gateway = await startGateway(config);
  const tokens = new Map<string, Promise<string>>();

  return {
    url,
    issuerUrl: issuer.url,
    config,
    gateway,
    behind,
    tokenOf: (who) => {
      const name = who === 'system' ? 'e-vita-demo' : keys[who];
      const token = tokens.get(name) ?? demoAccessToken(name, { issuer: issuer.url, clientSecret: TEST_CLIENT_SECRET });
      tokens.set(name, token);
      return token;
    },
    keyOf: (role) => keys[role],
    close: async () => {
      await gateway.stop();
      await behind.stop();
      await issuer.stop();
      await nats.close();
      await dropDatabases(mongoUrl, prefix);
    },
  };
}

/** Everyone's first demo person per role. */
function keysByRole(): Record<Role, string> {
  const found = roles.map((role): [Role, string] => {
    const person = DEMO_PEOPLE.find((one) => one.roles.includes(role));
    if (!person) throw new Error(`no demo person is ${role}`);
    return [role, person.key];
  });
  return Object.fromEntries(found) as Record<Role, string>;
}

async function dropDatabases(mongoUrl: string, prefix: string): Promise<void> {
  const client = await mongoose.createConnection(mongoUrl).asPromise();
  for (const name of ['gateway', 'behind']) await client.useDb(`${prefix}doorstroom_${name}`).dropDatabase();
  await client.close();
}
