import { randomBytes } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { CallerTokenSigner } from '#access/caller-token.js';
import type { Caller } from '#contracts/caller.js';
import {
  accessesLogged,
  type AccessesLogged,
  accessLogged,
  type AccessLogged,
} from '#contracts/audit/access-logged.js';
import type { Role } from '#contracts/codes.js';
import type { RequestDefinition } from '#contracts/request.js';
import { Bus } from '#messaging/bus.js';
import type { OutboxEntry } from '#messaging/outbox.js';
import { startService } from '#platform/run-service.js';
import { engines, ownEngine, uniqueName } from '#testing/engines.js';
import { RegistrationConfig } from '../registration.config.js';
import { RegistrationModule } from '../registration.module.js';

/** The whole service on real engines, asked through real NATS requests, as the gateway does. */
export interface RunningRegistration {
  /** Asks as a caller, with the proof that the gateway would send. */
  ask: <P extends object, R>(caller: Caller, request: RequestDefinition<P, R>, payload: P) => Promise<R>;
  /** The service's own database, to look at what is stored. */
  database: Connection;
  /** Facts that were stored to be published, oldest first. */
  facts: (type?: string) => Promise<OutboxEntry['event'][]>;
  /** Accesses that were stored for the log, oldest first, also those that travel together as one fact. */
  accesses: () => Promise<AccessLogged[]>;
  get: ReturnTypeOfGet;
  /** As it was started, to start another process of it. */
  config: RegistrationConfig;
  close: () => Promise<void>;
}

type ReturnTypeOfGet = <T>(type: new (...args: never[]) => T) => T;

/** Starts the service on a database and broker of its own. */
export async function startRegistration(): Promise<RunningRegistration> {
  const { mongoUrl } = await engines();
  const nats = await ownEngine('nats');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const config = Object.assign(new RegistrationConfig(), {
    NODE_ENV: 'test',
    MONGO_URL: mongoUrl,
    NATS_URL: nats.url,
    DATABASE_PREFIX: uniqueName('r').slice(0, 40) + '_',
    LOG_LEVEL: 'error',
    CALLER_PUBLIC_KEY: publicKey.toString('base64'),
    BSN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    BSN_HASH_KEY: randomBytes(32).toString('base64'),
    CLIENT_NUMBER_KEY: randomBytes(32).toString('base64'),
  } satisfies Partial<RegistrationConfig>);
  const service = await startService('registration', config, (given) => RegistrationModule.with(given));
  const signer = new CallerTokenSigner(privateKey.toString('base64'));
  const bus = service.app.get(Bus);
  const dbName = `${config.DATABASE_PREFIX}doorstroom_registration`;
  const database = await mongoose.createConnection(mongoUrl, { dbName }).asPromise();
  const factsOf = async (...types: string[]): Promise<OutboxEntry['event'][]> => {
    const entries = await database.collection<OutboxEntry>('outbox').find().sort({ _id: 1 }).toArray();
    return entries.map(({ event }) => event).filter(({ type }) => types.length === 0 || types.includes(type));
  };
  return {
    config,
    ask: async (caller, request, payload) =>
      bus.ask(request, payload, await signer.sign(caller, request.service, new Date())),
    database,
    facts: (type) => factsOf(...(type === undefined ? [] : [type])),
    accesses: async () => {
      const facts = await factsOf(accessLogged.type, accessesLogged.type);
      return facts.flatMap(({ data }) => {
        const stored = data as AccessLogged | AccessesLogged;
        return 'accesses' in stored ? stored.accesses : [stored];
      });
    },
    get: (type) => service.app.get(type, { strict: false }),
    close: async () => {
      await service.stop();
      await database.dropDatabase();
      await database.close();
      await nats.close();
    },
  };
}

const nobody = { clusterIds: [], clientIds: [] };

/** An operator. */
export const operator: Caller = { kind: 'person', personId: 'operator', roles: ['beheerder'], ...nobody };

/** One of our own services. */
export const ownService: Caller = { kind: 'service', personId: 'gateway', roles: [], ...nobody };

/** Somebody with one role. */
export function personWith(role: Role, relations: Partial<Caller> = {}): Caller {
  return {
    kind: 'person',
    personId: `${role}-${relations.organisationId ?? 'none'}`,
    roles: [role],
    ...nobody,
    ...relations,
  };
}

/** A connected system that delivers for an institution. */
export function systemOf(organisationId: string): Caller {
  return { kind: 'system', personId: `system-${organisationId}`, roles: [], organisationId, ...nobody };
}
