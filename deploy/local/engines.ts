import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMongo, chooseNats, chooseRedis, type Choice, type MongoFlavour } from './engine-choice.ts';
import { initiateReplicaSet, mongoAnswers, natsAnswers, redisAnswers } from './engine-probes.ts';
import { ManagedProcess, type ProcessSpec } from './managed-process.ts';
import { freePort, isPortFree } from './ports.ts';
import type { Reaper } from './reaper.ts';

export const ENGINE_NAMES = ['mongo', 'nats', 'redis'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** A database, broker or Redis that can be reached; one that runs elsewhere has no process. */
export interface Engine {
  readonly name: EngineName;
  readonly url: string;
  readonly choice: Choice;
  readonly process: ManagedProcess | undefined;
}

export interface EngineOptions {
  /** Data of all engines goes below this folder. */
  readonly dataDir: string;
  readonly reaper: Reaper;
  /** Read for MONGO_URL, NATS_URL and REDIS_URL; give `{}` to have engines of one's own in any case. */
  readonly env: NodeJS.ProcessEnv;
  /** One MongoDB flavour in any case; otherwise DOORSTROOM_ENGINE of this process, otherwise the first there is. */
  readonly mongoFlavour?: MongoFlavour;
  /** Wanted ports; one that is taken, or absent, becomes a free one. */
  readonly ports?: Partial<Record<EngineName, number>>;
  readonly say?: (line: string) => void;
  readonly onLine?: (name: EngineName, line: string) => void;
  readonly onCrash?: (engine: ManagedProcess, how: string) => void;
}

/** How often a start is tried again on another port, when something took the port in between. */
const PORT_TRIES = 3;
/** Recovery of a large store after a crash may take a while; a fresh one is there within a second. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/** Starts one engine and waits until it answers. */
export async function startEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  const say = options.say ?? (() => undefined);
  const choice = await choose(name, options, say);
  if (choice.flavour === 'external') return { name, url: choice.location, choice, process: undefined };

  const dataDir = join(options.dataDir, name === 'mongo' ? `mongo-${storeOf(choice)}` : name);
  mkdirSync(dataDir, { recursive: true });
  const wanted = options.ports?.[name];
  for (let attempt = 1; ; attempt += 1) {
    const port = attempt === 1 && wanted !== undefined && (await isPortFree(wanted)) ? wanted : await freePort();
    const process = new ManagedProcess(specOf(name, choice, port, dataDir, options), options.reaper);
    try {
      await process.start();
      return { name, url: urlOf(name, port), choice, process };
    } catch (error) {
      if (attempt === PORT_TRIES || !saysPortTaken(error)) throw error;
    }
  }
}

/** Starts all engines at the same time. When one fails, the others are stopped before the error is thrown. */
export async function startEngines(options: EngineOptions): Promise<Record<EngineName, Engine>> {
  const started = await Promise.allSettled(ENGINE_NAMES.map((name) => startEngine(name, options)));
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(running.map(async (engine) => engine.process?.stop()));
    throw failed.reason;
  }
  const [mongo, nats, redis] = running;
  if (mongo === undefined || nats === undefined || redis === undefined) throw new Error('An engine is missing.');
  return { mongo, nats, redis };
}

function choose(name: EngineName, options: EngineOptions, say: (line: string) => void): Promise<Choice> {
  switch (name) {
    case 'mongo':
      return chooseMongo(options.env, options.mongoFlavour ?? process.env['DOORSTROOM_ENGINE'], say);
    case 'nats':
      return chooseNats(options.env, say);
    case 'redis':
      return chooseRedis(options.env, say);
  }
}

/** The Rust and the Python engine share one format on disk; a mongod has its own. */
function storeOf(choice: Choice): string {
  return choice.flavour === 'mongod' ? 'mongod' : 'secantus';
}

/** Where an engine of ours on this machine answers. */
export function urlOf(name: EngineName, port: number): string {
  switch (name) {
    case 'mongo':
      return `mongodb://127.0.0.1:${port}/?directConnection=true`;
    case 'nats':
      return `nats://127.0.0.1:${port}`;
    case 'redis':
      return `redis://127.0.0.1:${port}`;
  }
}

function specOf(name: EngineName, choice: Choice, port: number, dataDir: string, options: EngineOptions): ProcessSpec {
  return {
    name,
    command: choice.location,
    args: argumentsOf(name, choice, port, dataDir),
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', GOMEMLIMIT: '128MiB' },
    cwd: dataDir,
    isReady: readinessOf(name, choice, port),
    readyWithin: READY_WITHIN_MS,
    stopWithin: STOP_WITHIN_MS,
    onLine: (line) => options.onLine?.(name, line),
    onCrash: (process, how) => options.onCrash?.(process, how),
  };
}

function argumentsOf(name: EngineName, choice: Choice, port: number, dataDir: string): string[] {
  switch (name) {
    case 'mongo':
      return mongoArguments(choice.flavour, port, dataDir);
    case 'nats':
      return ['--config', writeNatsConfiguration(port, dataDir)];
    case 'redis':
      return [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dataDir, '--daemonize', 'no', '--save', ''],
        // Measured (design.md §3): everysec loses a second at a power cut, always nothing.
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ];
  }
}

function mongoArguments(flavour: string, port: number, dataDir: string): string[] {
  const address = ['--port', String(port)];
  if (flavour === 'mongod') {
    const memory = ['--wiredTigerCacheSizeGB', '0.25'];
    return [...address, '--bind_ip', '127.0.0.1', '--dbpath', dataDir, '--replSet', 'doorstroom', '--quiet', ...memory];
  }
  // Without --sync-on-commit an acknowledged transaction is lost by kill -9, whatever write concern was asked for.
  const secantus = [...address, '--host', '127.0.0.1', '--storage-path', dataDir, '--sync-on-commit'];
  const memory = ['--cache-size', '160M', '--log-level', 'WARNING'];
  // A log file is allocated in full, so the default of 128 MB would be the size of an empty store.
  return flavour === 'rust' ? [...secantus, ...memory, '--log-file-max', '32MB'] : [...secantus, ...memory];
}

function writeNatsConfiguration(port: number, dataDir: string): string {
  const file = join(dataDir, 'nats.conf');
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    'server_name: doorstroom',
    'max_payload: 4MB',
    'jetstream {',
    `  store_dir: ${JSON.stringify(join(dataDir, 'jetstream'))}`,
    '  max_memory_store: 64MB',
    '  max_file_store: 4GB',
    // Measured (design.md §3): by default a power cut loses every acknowledged message of the last minutes.
    '  sync_interval: always',
    '}',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function readinessOf(name: EngineName, choice: Choice, port: number): () => Promise<boolean> {
  if (name === 'nats') return () => natsAnswers(port);
  if (name === 'redis') return () => redisAnswers(port);
  if (choice.flavour !== 'mongod') return () => mongoAnswers(port);
  return async () => {
    await initiateReplicaSet(port).catch(() => undefined);
    return mongoAnswers(port);
  };
}

function saysPortTaken(error: unknown): boolean {
  return error instanceof Error && /address already in use|address in use|EADDRINUSE/i.test(error.message);
}
