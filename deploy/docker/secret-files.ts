import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSecrets } from '../local/secrets.ts';

/** Services that have a user of their own at the database and the broker. */
export const CONTAINED_SERVICES = ['gateway', 'registration', 'assessment', 'notifications', 'audit'] as const;

/** Services that are woken by Redis, each a user of its own there. */
const WOKEN_SERVICES = ['assessment', 'notifications'] as const;

/** Where the engines are, as the services see them: `host:port`. */
export interface EngineHosts {
  readonly mongo: string;
  readonly nats: string;
  readonly redis: string;
  /** What follows `?` in the connection string of the database. */
  readonly mongoOptions: string;
}

const COMPOSE_HOSTS: EngineHosts = {
  mongo: 'mongo:27017',
  nats: 'nats:4222',
  redis: 'redis:6379',
  mongoOptions: 'replicaSet=rs0',
};

/**
 * Whoever may enter the folder may read what is in it, and that is its owner alone. The files themselves can be read by
 * all: a container sees only those that it was given, and each runs as a user of its own.
 */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o444;

/**
 * Writes the secrets of the system in containers, one file each. What is there already stays: data are encrypted with
 * some, and the engines know others. Files that only combine others (addresses, users) are always written anew.
 * @param oidcClientSecret what the OpenID provider gave; without it the file is left as it is, or empty.
 * @returns names of the secrets that were made now.
 */
export function writeSecrets(folder: string, oidcClientSecret?: string, hosts: EngineHosts = COMPOSE_HOSTS): string[] {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  chmodSync(folder, FOLDER_MODE);
  const made: string[] = [];
  const keep = (name: string, fresh: () => string): string => {
    const file = join(folder, name);
    if (existsSync(file)) return readFileSync(file, 'utf8').trimEnd();
    made.push(name);
    return write(file, fresh());
  };

  keepPair(folder, made);
  const keys = generateSecrets();
  keep('session_secret', () => keys.sessionSecret);
  keep('bsn_encryption_key', () => keys.bsnEncryptionKey);
  keep('bsn_hash_key', () => keys.bsnHashKey);
  keep('client_number_key', () => keys.clientNumberKey);
  keep('import_content_key', () => keys.importContentKey);
  keep('audit_seal_key', () => keys.auditSealKey);
  keep('webhook_secret_key', () => keys.webhookSecretKey);
  keep('metrics_token', password);
  keep('mongo_root_password', password);
  if (oidcClientSecret !== undefined) write(join(folder, 'oidc_client_secret'), oidcClientSecret);
  else keep('oidc_client_secret', () => '');
  keep('smtp_url', () => '');

  const passwordOf = (engine: string, service: string): string => keep(`${engine}_password_${service}`, password);
  for (const service of CONTAINED_SERVICES) {
    const mongo = `mongodb://${service}:${passwordOf('mongo', service)}@${hosts.mongo}`;
    write(join(folder, `mongo_url_${service}`), `${mongo}/?authSource=${databaseOf(service)}&${hosts.mongoOptions}`);
    write(join(folder, `nats_url_${service}`), `nats://${service}:${passwordOf('nats', service)}@${hosts.nats}`);
  }
  const users = CONTAINED_SERVICES.map((service) => ({ service, password: passwordOf('mongo', service) }));
  write(join(folder, 'mongo_users'), JSON.stringify(users));
  const natsLines = CONTAINED_SERVICES.map(
    (service) => `${service.toUpperCase()}_PASSWORD: "${passwordOf('nats', service)}"`,
  );
  write(join(folder, 'nats_passwords'), natsLines.join('\n'));

  const woken = WOKEN_SERVICES.map((service) => ({ service, password: passwordOf('redis', service) }));
  for (const { service, password } of woken) {
    write(join(folder, `redis_url_${service}`), `redis://${service}:${password}@${hosts.redis}`);
  }
  write(join(folder, 'redis_users'), redisUsers(woken));
  return made;
}

/** The database of a service, where its user is known too. */
export function databaseOf(service: string): string {
  return `doorstroom_${service}`;
}

/** The two halves belong together: both are there, or both are made. */
function keepPair(folder: string, made: string[]): void {
  const halves = ['caller_private_key', 'caller_public_key'] as const;
  if (halves.every((name) => existsSync(join(folder, name)))) return;
  const { callerPrivateKey, callerPublicKey } = generateSecrets();
  write(join(folder, halves[0]), callerPrivateKey);
  write(join(folder, halves[1]), callerPublicKey);
  made.push(...halves);
}

/**
 * Redis users: who gives no name may only PING, for the health check. Each service that uses it has its own keys,
 * and neither empties nor configures the server. INFO and CLIENT are what BullMQ asks when it connects.
 */
function redisUsers(services: readonly { readonly service: string; readonly password: string }[]): string {
  const commands = '+@all -@admin -@dangerous +info +client|setname +client|setinfo +client|id';
  return [
    'user default on nopass resetkeys resetchannels -@all +ping',
    ...services.map(({ service, password }) => {
      const hash = createHash('sha256').update(password).digest('hex');
      return `user ${service} on #${hash} ~${databaseOf(service)}:* resetchannels ${commands}`;
    }),
  ].join('\n');
}

function password(): string {
  // Letters, digits, - and _ only: it stands in addresses and configuration files.
  return randomBytes(24).toString('base64url');
}

/** Replaces the file as a whole: a half-written secret would lock somebody out. */
function write(file: string, text: string): string {
  writeFileSync(`${file}.new`, `${text}\n`, { mode: FILE_MODE });
  renameSync(`${file}.new`, file);
  return text;
}
