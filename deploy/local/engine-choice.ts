import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findOnPath } from './paths.ts';
import { Problem } from './problem.ts';
import { wheelPrograms } from './python-wheels.ts';
import { atLeast, parseVersion, type Version } from './versions.ts';

export const MONGO_FLAVOURS = ['external', 'mongod', 'rust', 'python'] as const;
export type MongoFlavour = (typeof MONGO_FLAVOURS)[number];

/** Which program stands in for an engine, and why that one. */
export interface Choice<Flavour extends string = string> {
  readonly flavour: Flavour;
  /** A program, or a URL for an engine that runs elsewhere. */
  readonly location: string;
  readonly why: string;
}

const NATS_MINIMUM: Version = [2, 11];
const REDIS_MINIMUM: Version = [6, 2];
const MONGOD_MINIMUM: Version = [6, 0];

/** Where `npm run engine:build` puts the Rust engine. */
export function rustEngine(): string {
  return join(cacheFolder(), 'engine-rs', 'bin', 'secantusd-rs');
}

/**
 * Takes the first of: MONGO_URL, a mongod on the PATH, the Rust engine if it was built, the Python wheel.
 * DOORSTROOM_ENGINE=mongod|rust|python asks for one; throws a Problem when that one is not there.
 */
export async function chooseMongo(
  env: NodeJS.ProcessEnv,
  forced: string | undefined,
  say: (line: string) => void,
): Promise<Choice<MongoFlavour>> {
  const asked = forced === '' ? undefined : forced;
  if (asked !== undefined && !['mongod', 'rust', 'python'].includes(asked)) {
    throw new Problem(`DOORSTROOM_ENGINE is "${asked}"; it can be mongod, rust or python.`);
  }
  const why = (reason: string): string => (asked === undefined ? reason : `${asked} was asked for`);

  const url = env['MONGO_URL'] ?? '';
  if (asked === undefined && url !== '') return { flavour: 'external', location: url, why: 'MONGO_URL is set' };

  if (asked === undefined || asked === 'mongod') {
    const mongod = onPath('mongod', MONGOD_MINIMUM);
    if (mongod.program !== undefined) return { flavour: 'mongod', location: mongod.program, why: why('on the PATH') };
    if (asked === 'mongod') throw new Problem(`DOORSTROOM_ENGINE=mongod, but ${mongod.why}.`);
  }
  if (asked === undefined || asked === 'rust') {
    if (existsSync(rustEngine())) return { flavour: 'rust', location: rustEngine(), why: why('built before') };
    if (asked === 'rust') throw new Problem('DOORSTROOM_ENGINE=rust, but it is not built yet: npm run engine:build');
  }
  const programs = await wheelPrograms(say);
  return {
    flavour: 'python',
    location: join(programs, 'secantusd-py'),
    why: why('no mongod on the PATH; a faster one comes with npm run engine:build'),
  };
}

/** NATS_URL, a nats-server of 2.11 or newer on the PATH, or the one of the Python wheel. */
export function chooseNats(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<Choice> {
  return chooseServer(env, 'NATS_URL', 'nats-server', NATS_MINIMUM, say);
}

/** REDIS_URL, a redis-server of 6.2 or newer on the PATH, or the one of the Python wheel. */
export function chooseRedis(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<Choice> {
  return chooseServer(env, 'REDIS_URL', 'redis-server', REDIS_MINIMUM, say);
}

async function chooseServer(
  env: NodeJS.ProcessEnv,
  variable: string,
  program: string,
  minimum: Version,
  say: (line: string) => void,
): Promise<Choice> {
  const url = env[variable] ?? '';
  if (url !== '') return { flavour: 'external', location: url, why: `${variable} is set` };
  const found = onPath(program, minimum);
  if (found.program !== undefined) return { flavour: program, location: found.program, why: 'on the PATH' };
  return { flavour: `${program} wheel`, location: join(await wheelPrograms(say), program), why: found.why };
}

type Found = { readonly program: string } | { readonly program: undefined; readonly why: string };

function onPath(name: string, minimum: Version): Found {
  const program = findOnPath(name);
  if (program === undefined) return { program, why: `no ${name} on the PATH` };
  const version = versionOf(program);
  if (version !== undefined && atLeast(version, minimum)) return { program };
  const printed = version?.join('.') ?? 'unknown';
  return { program: undefined, why: `${name} on the PATH is ${printed}, ${minimum.join('.')} is needed` };
}

function versionOf(program: string): Version | undefined {
  try {
    return parseVersion(execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 }));
  } catch {
    return undefined;
  }
}
