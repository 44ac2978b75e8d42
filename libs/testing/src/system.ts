import { join } from 'node:path';
import mongoose from 'mongoose';
import { buildServer } from '../../../deploy/local/build.ts';
import { loadDemo } from '../../../deploy/local/demo.ts';
import type { MongoFlavour } from '../../../deploy/local/engine-choice.ts';
import { ENGINE_NAMES, startEngines, type Engine, type EngineName } from '../../../deploy/local/engines.ts';
import type { ManagedProcess } from '../../../deploy/local/managed-process.ts';
import { freePort } from '../../../deploy/local/ports.ts';
import { generateSecrets } from '../../../deploy/local/secrets.ts';
import type { SystemSettings } from '../../../deploy/local/service-environment.ts';
import { serviceProcess } from '../../../deploy/local/service-process.ts';
import { SERVICE_NAMES, type ServiceName } from '../../../deploy/local/services.ts';
import { uniqueName } from './engines.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

export interface SystemOptions {
  /** Default: all. */
  readonly services?: readonly ServiceName[];
  /** How many processes of a service, where not one; the second is called e.g. `notifications-2`. */
  readonly scale?: Partial<Record<Exclude<ServiceName, 'gateway' | 'issuer'>, number>>;
  /** Loads the demo data of `examples/` after the start. Default: an empty system with demo persons. */
  readonly demoData?: boolean;
  readonly mongoFlavour?: MongoFlavour;
  readonly smtpUrl?: string;
  /** Whether the date can be moved. Default: not. */
  readonly demoClock?: boolean;
  /** Default `info`. */
  readonly logLevel?: string;
}

/** A service process, or an engine of the system; an engine outside of it (MONGO_URL) cannot be killed. */
export interface SystemPart {
  readonly name: string;
  readonly pid: number | undefined;
  /** For a service: where its HTTP listens, `http://127.0.0.1:…`; for an engine: its connection string. */
  readonly url: string;
  /** What it wrote so far, over all its starts. */
  readonly lines: readonly string[];
  /** A power cut. */
  kill9(): Promise<void>;
  /** SIGTERM, and waits until it is gone. */
  stop(): Promise<void>;
  /** Starts it again with the same settings, also after kill9 or stop; settles when it is ready. */
  restart(): Promise<void>;
}

export interface TestSystem {
  readonly settings: SystemSettings;
  /** Which database engine it runs on. */
  readonly engine: string;
  /** Of the gateway. */
  readonly publicUrl: string;
  readonly issuerUrl: string;
  /** All parts by name: the services, and `mongo`, `nats` and `redis`. Throws for an unknown name. */
  part(name: string): SystemPart;
  /** Names of the service processes, in the order of starting. */
  readonly serviceNames: readonly string[];
  /** Ends all processes and removes all data. */
  close(): Promise<void>;
}

/**
 * Starts the real service processes on engines of their own with empty databases, and waits until all are ready.
 * Builds first where the sources are newer. On MONGO_URL the databases get a prefix and are dropped at the end.
 */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  await buildServer();
  const folder = temporaryFolder('system');
  const processes: ManagedProcess[] = [];
  const parts = new Map<string, SystemPart>();
  const cleanUp = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.kill9()));
    folder.remove();
  };

  try {
    const engines = await bringUpEngines(folder, options);
    for (const name of ENGINE_NAMES) {
      const { process, url } = engines[name];
      if (process === undefined) continue;
      processes.push(process);
      parts.set(name, partOf(process, url));
    }
    const isShared = engines.mongo.process === undefined;
    const settings = await settingsOf(engines, isShared ? `${uniqueName('test')}_` : '', folder.path, options);
    const serviceNames: string[] = [];
    const add = async (service: ServiceName, index: number): Promise<ManagedProcess> => {
      const port = await portOf(service, settings);
      const name = index === 1 ? service : `${service}-${index}`;
      const process = serviceProcess({ service, name, port, settings, reaper: folder.reaper });
      processes.push(process);
      parts.set(name, partOf(process, `http://127.0.0.1:${port}`));
      serviceNames.push(name);
      return process;
    };

    const wanted = SERVICE_NAMES.filter((name) => (options.services ?? SERVICE_NAMES).includes(name));
    const behind: ManagedProcess[] = [];
    for (const service of wanted) {
      if (service === 'gateway') continue;
      const count = service === 'issuer' ? 1 : (options.scale?.[service] ?? 1);
      for (let index = 1; index <= count; index += 1) behind.push(await add(service, index));
    }
    await Promise.all(behind.map((process) => process.start()));
    if (wanted.includes('gateway')) await (await add('gateway', 1)).start();
    if (options.demoData === true) await loadDemo(settings, () => undefined);

    return {
      settings,
      engine: engines.mongo.choice.flavour,
      publicUrl: settings.publicUrl,
      issuerUrl: settings.issuerUrl,
      serviceNames,
      part: (name) => {
        const part = parts.get(name);
        if (part === undefined) throw new Error(`This system has no "${name}", only ${[...parts.keys()].join(', ')}.`);
        return part;
      },
      close: async () => {
        await cleanUp();
        if (isShared) await dropDatabases(settings);
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

function bringUpEngines(folder: TemporaryFolder, { mongoFlavour }: SystemOptions): Promise<Record<EngineName, Engine>> {
  const mongoUrl = process.env['MONGO_URL'];
  return startEngines({
    dataDir: folder.path,
    reaper: folder.reaper,
    env: mongoUrl === undefined ? {} : { MONGO_URL: mongoUrl },
    ...(mongoFlavour === undefined ? {} : { mongoFlavour }),
  });
}

async function settingsOf(
  { mongo, nats, redis }: Record<EngineName, Engine>,
  databasePrefix: string,
  dataDir: string,
  options: SystemOptions,
): Promise<SystemSettings> {
  return {
    nodeEnv: 'test',
    mongoUrl: mongo.url,
    natsUrl: nats.url,
    redisUrl: redis.url,
    databasePrefix,
    publicUrl: `http://localhost:${await freePort()}`,
    issuerUrl: `http://localhost:${await freePort()}`,
    secrets: generateSecrets(),
    smtpUrl: options.smtpUrl,
    demo: true,
    demoClock: options.demoClock ?? false,
    logLevel: options.logLevel ?? 'info',
    logFormat: 'json',
    issuerDataDir: join(dataDir, 'issuer'),
  };
}

async function portOf(service: ServiceName, settings: SystemSettings): Promise<number> {
  if (service === 'gateway') return Number(new URL(settings.publicUrl).port);
  if (service === 'issuer') return Number(new URL(settings.issuerUrl).port);
  return freePort();
}

function partOf(process: ManagedProcess, url: string): SystemPart {
  return {
    name: process.name,
    url,
    get pid() {
      return process.pid;
    },
    get lines() {
      return process.lines;
    },
    kill9: () => process.kill9(),
    stop: () => process.stop(),
    restart: () => process.restart(),
  };
}

async function dropDatabases({ mongoUrl, databasePrefix }: SystemSettings): Promise<void> {
  const client = new mongoose.mongo.MongoClient(mongoUrl);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (name.startsWith(databasePrefix)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
