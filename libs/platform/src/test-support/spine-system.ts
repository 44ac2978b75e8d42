import { generateKeyPairSync } from 'node:crypto';
import type { Abstract, Type } from '@nestjs/common';
import mongoose from 'mongoose';
import { CallerTokenSigner } from '#access/caller-token.js';
import type { Caller } from '#contracts/caller.js';
import type { Role } from '#contracts/codes.js';
import type { CloudEvent } from '#contracts/fact.js';
import { Bus } from '#messaging/bus.js';
import { DeadLetters } from '#messaging/dead-letters.js';
import { Nats } from '#messaging/nats.js';
import { OutboxRelay } from '#messaging/outbox-relay.js';
import { Outbox, type OutboxEntry } from '#messaging/outbox.js';
import { engines, type OwnEngine, ownEngine, uniqueName } from '#testing/engines.js';
import { ServiceConfig } from '../config.js';
import type { PlatformTuning } from '../platform.module.js';
import { startService } from '../run-service.js';
import { NoteBook, SpineModule } from './spine-service.js';

/** One running process of the test service, with what a spec looks at. */
export interface SpineProcess {
  port: number;
  book: NoteBook;
  bus: Bus;
  outbox: Outbox;
  relay: OutboxRelay;
  deadLetters: DeadLetters;
  nats: Nats;
  /** What the process made of a class. */
  get: <T>(type: Abstract<T> | Type<T>) => T;
  stop: () => Promise<void>;
}

/** Engines, keys and a database for the test service; processes are started on it. */
export interface SpineSystem {
  nats: OwnEngine;
  config: ServiceConfig;
  database: mongoose.Connection;
  start: (tuning?: PlatformTuning) => Promise<SpineProcess>;
  /** Signed proof of a clientmanager, or of another caller. */
  token: (caller?: Partial<Caller>, now?: Date, service?: string) => Promise<string>;
  outbox: (filter?: object) => Promise<OutboxEntry[]>;
  close: () => Promise<void>;
}

/** Short waits, so that a spec sees in a second what takes a minute in production. */
export const HASTY: PlatformTuning = { consumption: { maxAttempts: 3, backoffMs: 30, maxBackoffMs: 200 } };

/** A caller with the clientmanager's role, where nothing else is said. */
export function callerWith(caller: Partial<Caller> = {}): Caller {
  const roles: Role[] = ['clientmanager'];
  return { kind: 'person', personId: 'person-1', roles, clusterIds: [], clientIds: [], ...caller };
}

/** A broker of its own (the streams have fixed names) and a database of its own on the shared engine. */
export async function spineSystem(options: { mongoUrl?: string } = {}): Promise<SpineSystem> {
  const nats = await ownEngine('nats');
  const mongoUrl = options.mongoUrl ?? (await engines()).mongoUrl;
  const keys = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  });
  const signer = new CallerTokenSigner(keys.privateKey.toString('base64'));
  const config = Object.assign(new ServiceConfig(), {
    NODE_ENV: 'test',
    MONGO_URL: mongoUrl,
    NATS_URL: nats.url,
    DATABASE_PREFIX: uniqueName('spine'),
    CALLER_PUBLIC_KEY: keys.publicKey.toString('base64'),
    LOG_LEVEL: process.env['SPEC_LOG_LEVEL'] ?? 'silent',
  });
  const database = mongoose.createConnection(mongoUrl, { dbName: `${config.DATABASE_PREFIX}doorstroom_spine` });
  const running = new Set<SpineProcess>();
  return {
    nats,
    config,
    database,
    start: async (tuning = HASTY) => {
      const service = await startService('spine', config, (c) => SpineModule.with(c, tuning));
      const process: SpineProcess = {
        port: service.port,
        book: service.app.get(NoteBook),
        bus: service.app.get(Bus),
        outbox: service.app.get(Outbox),
        relay: service.app.get(OutboxRelay),
        deadLetters: service.app.get(DeadLetters),
        nats: service.app.get(Nats),
        get: (type) => service.app.get(type),
        stop: async () => {
          if (running.delete(process)) await service.stop();
        },
      };
      running.add(process);
      return process;
    },
    token: (caller, now = new Date(), service = 'spine') => signer.sign(callerWith(caller), service, now),
    outbox: async (filter = {}) => {
      const found = await database.collection<OutboxEntry>('outbox').find(filter).toArray();
      return found;
    },
    close: async () => {
      for (const process of running) await process.stop();
      await database.dropDatabase().catch(() => undefined);
      await database.close();
      await nats.close();
    },
  };
}

/** Ids of events, for comparing what was committed with what was handled. */
export function idsOf(events: CloudEvent[]): string[] {
  return events.map(({ id }) => id);
}
