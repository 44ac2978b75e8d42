import { readFileSync } from 'node:fs';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

/** Environment of every service; validated once at boot (design.md §4, Configuration). */
export class ServiceConfig {
  @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' = 'development';
  /** MongoDB connection string of the replica set. */
  @Matches(/^mongodb(\+srv)?:\/\//) MONGO_URL: string;
  /** NATS servers, comma separated. */
  @Matches(/^(nats|tls):\/\//) NATS_URL: string;
  /** Prefix of database names when several systems share a server; empty by default. */
  @IsOptional() @Matches(/^[a-zA-Z0-9_-]{0,40}$/) DATABASE_PREFIX = '';
  /** Port of health and metrics; 0 takes any free one. */
  @IsInt() @Min(0) @Max(65_535) SERVICE_PORT = 0;
  /** Address to listen on. */
  @IsString() HOST = '127.0.0.1';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL = 'info';
  @IsIn(['json', 'pretty']) LOG_FORMAT: 'json' | 'pretty' = 'json';
  /** Public key that proves callers (SPKI, DER, base64). */
  @Matches(/^[A-Za-z0-9+/=]{40,}$/) CALLER_PUBLIC_KEY: string;
  /** `1` lets everybody who signed in move the date of the whole system forward, for a demonstration; never in production. */
  @IsIn(['0', '1']) DEMO_CLOCK = '0';
  /** Facts handled together by one process. */
  @IsInt() @Min(1) @Max(512) FACT_CONCURRENCY = 32;
}

/**
 * Nobody may move the date where real people depend on it.
 * @throws Error with one line
 */
export function refuseDemoClockInProduction(config: { NODE_ENV: string; DEMO_CLOCK: string }): void {
  if (config.NODE_ENV === 'production' && config.DEMO_CLOCK === '1') {
    throw new Error('DEMO_CLOCK must not be 1 in production: it lets everybody move the date');
  }
}

/** Ending of a variable that names a file with the value: how containers are given secrets. */
const FILE = '_FILE';

/**
 * Reads a configuration class from the environment. Each variable may be given as `NAME_FILE` instead: the path of a
 * file that holds the value, so that a secret stands neither in the environment nor in a list of processes.
 * @throws Error with one line that names each wrong or missing variable, never its value.
 */
export function readConfig<C extends object>(type: new () => C, env: NodeJS.ProcessEnv = process.env): C {
  const config = new type();
  const defaults = new Map<string, unknown>(Object.entries(config));
  for (const [name, text] of Object.entries(withFiles(type, env))) {
    // A variable that is a number by default is read as one; `NaN` then fails its own rule.
    if (text) Object.assign(config, { [name]: typeof defaults.get(name) === 'number' ? Number(text) : text });
  }
  // What the class does not name is left out.
  const problems = validateSync(config, { whitelist: true });
  if (problems.length > 0) {
    const lines = problems.map(
      ({ property, constraints }) => `${property} (${Object.keys(constraints ?? {}).join(', ') || 'invalid'})`,
    );
    throw new Error(`Configuration is wrong: ${lines.join('; ')}`);
  }
  return config;
}

/** The environment with the contents of files in place. Only for names of the class: others' `…_FILE` is not ours. */
function withFiles(type: new () => object, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  const filled = { ...env };
  for (const name of new Set(rules.map(({ propertyName }) => propertyName))) {
    const file = env[`${name}${FILE}`];
    if (!file) continue;
    if (env[name]) throw new Error(`Configuration is wrong: ${name} and ${name}${FILE} are both given`);
    filled[name] = contentOf(name, file);
  }
  return filled;
}

function contentOf(name: string, file: string): string {
  try {
    // Editors and shells end a file with a newline that is no part of the secret.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    // Not by class: inside Jest the errors of the system are of another realm.
    const isKnown = typeof error === 'object' && error !== null && 'code' in error;
    const reason = isKnown ? String(error.code) : 'unreadable';
    throw new Error(`Configuration is wrong: ${name}${FILE} names a file that cannot be read (${reason})`, {
      cause: error,
    });
  }
}
