import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';

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
  /** Facts handled together by one process. */
  @IsInt() @Min(1) @Max(512) FACT_CONCURRENCY = 32;
}

/**
 * Reads a configuration class from the environment.
 * @throws Error with one line that names each wrong or missing variable, never its value.
 */
export function readConfig<C extends object>(type: new () => C, env: NodeJS.ProcessEnv = process.env): C {
  const config = new type();
  const defaults = new Map<string, unknown>(Object.entries(config));
  for (const [name, text] of Object.entries(env)) {
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
