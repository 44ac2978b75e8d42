import { generateKeyPairSync, randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { CallerTokenSigner } from '#access/caller-token.js';
import {
  type AccessesLogged,
  accessesLogged,
  type AccessLogged,
  accessLogged,
} from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent, FactDefinition } from '#contracts/fact.js';
import type { RequestDefinition } from '#contracts/request.js';
import { Bus } from '#messaging/bus.js';
import { Nats } from '#messaging/nats.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { engines, ownEngine, uniqueName } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import { AuditConfig } from '../audit.config.js';
import { AuditModule } from '../audit.module.js';
import type { CheckpointDocument, EntryDocument, HeadDocument } from '../log/log.schema.js';

/** The whole service, in one process or more, on real engines. */
export interface RunningAudit {
  services: RunningService[];
  config: AuditConfig;
  database: Connection;
  entries: ReturnType<typeof entriesOf>;
  heads: ReturnType<typeof headsOf>;
  checkpoints: ReturnType<typeof checkpointsOf>;
  /** Puts facts on the broker, as another service's relay does. */
  publish: <D extends object>(fact: FactDefinition<D>, events: CloudEvent<D>[]) => Promise<void>;
  ask: <P extends object, R>(caller: Caller, request: RequestDefinition<P, R>, payload: P) => Promise<R>;
  /** Waits until the log has so many entries. */
  logged: (count: number, timeout?: number) => Promise<void>;
  close: () => Promise<void>;
}

function entriesOf(database: Connection) {
  return database.collection<EntryDocument>('access_entries');
}

function headsOf(database: Connection) {
  return database.collection<HeadDocument>('access_head');
}

function checkpointsOf(database: Connection) {
  return database.collection<CheckpointDocument>('access_checkpoints');
}

/** Starts so many processes of the service on one database and broker of their own. */
export async function startAudit(processes = 1): Promise<RunningAudit> {
  const { mongoUrl } = await engines();
  const nats = await ownEngine('nats');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const config = Object.assign(new AuditConfig(), {
    NODE_ENV: 'test',
    MONGO_URL: mongoUrl,
    NATS_URL: nats.url,
    DATABASE_PREFIX: uniqueName('audit'),
    LOG_LEVEL: 'silent',
    CALLER_PUBLIC_KEY: publicKey.toString('base64'),
    AUDIT_SEAL_KEY: randomBytes(32).toString('base64'),
    AUDIT_CHECKPOINT_EVERY: 10,
  } satisfies Partial<AuditConfig>);
  const services: RunningService[] = [];
  for (let index = 0; index < processes; index += 1) {
    services.push(await startService('audit', config, (given) => AuditModule.with(given)));
  }
  const [first] = services;
  if (!first) throw new Error('at least one process');
  const signer = new CallerTokenSigner(privateKey.toString('base64'));
  const bus = first.app.get(Bus);
  const broker = first.app.get(Nats);
  const dbName = `${config.DATABASE_PREFIX}doorstroom_audit`;
  const database = await mongoose.createConnection(mongoUrl, { dbName }).asPromise();
  const entries = entriesOf(database);
  return {
    services,
    config,
    database,
    entries,
    heads: headsOf(database),
    checkpoints: checkpointsOf(database),
    publish: async (fact, events) => {
      await Promise.all(events.map((event) => broker.jetstream.publish(fact.subject, JSON.stringify(event))));
    },
    ask: async (caller, request, payload) =>
      bus.ask(request, payload, await signer.sign(caller, request.service, new Date())),
    logged: async (count, timeout = 20_000) => {
      await waitFor(async () => (await entries.countDocuments({})) >= count, { timeout, what: `${count} entries` });
    },
    close: async () => {
      for (const service of services) await service.stop();
      await database.dropDatabase();
      await database.close();
      await nats.close();
    },
  };
}

/** An event as a service publishes it. */
export function eventOf<D extends object>(fact: FactDefinition<D>, key: string, data: D, id = uuidv7()): CloudEvent<D> {
  return {
    specversion: '1.0',
    id,
    source: `urn:nld:doorstroom:${fact.service}`,
    type: fact.type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    partitionkey: key,
    sequence: '1',
    data,
  };
}

/** Somebody read one client's file. */
export function accessOf(clientId: string, changes: Partial<AccessLogged> = {}): CloudEvent<AccessLogged> {
  return eventOf(accessLogged, clientId, {
    at: new Date().toISOString(),
    actorId: 'fatima',
    actorKind: 'person',
    actorRoles: ['trajectregisseur'],
    actorOrganisationId: 'ggd',
    action: 'read',
    operation: 'registration.clients.get',
    subjects: [{ clientId, ground: 'own-caseload' }],
    emergency: false,
    ...changes,
  });
}

/** Several people read one client's file at the same moment. */
export function accessesOf(clientId: string, count: number): CloudEvent<AccessesLogged> {
  const accesses = Array.from({ length: count }, (_, index) => {
    const { id: accessId, data } = accessOf(clientId, { actorId: `reader-${index}` });
    return Object.assign(data, { accessId });
  });
  return eventOf(accessesLogged, accesses[0]?.accessId ?? '', { accesses });
}

/** A caller with one role. */
export function callerAs(role: Caller['roles'][number], changes: Partial<Caller> = {}): Caller {
  return { kind: 'person', personId: `a-${role}`, roles: [role], clusterIds: [], clientIds: [], ...changes };
}
