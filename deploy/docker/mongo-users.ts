import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { codeOf } from '../local/problem.ts';
import { databaseOf } from './secret-files.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

const ALREADY_INITIALIZED = 23;
const PRIMARY_WITHIN_MS = 60_000;
const POLL_MS = 200;

/** Who gets a user: a service and its password. */
export interface DatabaseUser {
  readonly service: string;
  readonly password: string;
}

/**
 * Makes a fresh MongoDB the first member of replica set `rs0`, and gives each service a user that knows only the
 * service's own database. Repeatable: a user that is there gets the password of now, so that this rotates passwords too.
 * @param member where the others find the database, `host:port`.
 */
export async function prepareMongo(client: Client, member: string, users: readonly DatabaseUser[]): Promise<void> {
  await initiate(client, member);
  for (const { service, password } of users) {
    const database = databaseOf(service);
    const account = { pwd: password, roles: [{ role: 'readWrite', db: database }] };
    const known = await client.db(database).command({ usersInfo: service });
    const isKnown = Array.isArray(known['users']) && known['users'].length > 0;
    await client.db(database).command({ [isKnown ? 'updateUser' : 'createUser']: service, ...account });
  }
}

async function initiate(client: Client, member: string): Promise<void> {
  if (await isPrimary(client)) return;
  try {
    const config = { _id: 'rs0', members: [{ _id: 0, host: member }] };
    await client.db('admin').command({ replSetInitiate: config });
  } catch (error) {
    if (codeOf(error) !== ALREADY_INITIALIZED) throw error;
  }
  const deadline = performance.now() + PRIMARY_WITHIN_MS;
  while (!(await isPrimary(client))) {
    if (performance.now() > deadline) throw new Error(`MongoDB did not become primary within ${PRIMARY_WITHIN_MS} ms`);
    await sleep(POLL_MS);
  }
}

/** A server alone, of no set, takes writes as well; it has no transactions and is refused by `replSetInitiate`. */
async function isPrimary(client: Client): Promise<boolean> {
  const { setName, isWritablePrimary } = await client.db('admin').command({ hello: 1 });
  return setName !== undefined && isWritablePrimary === true;
}

/** Reads what a secret file holds, without the newline at its end. */
function secret(path: string): string {
  return readFileSync(path, 'utf8').trimEnd();
}

/** The one-shot container: `node deploy/docker/mongo-users.ts`; MONGO_MEMBER and the files say where and who. */
if (import.meta.main) {
  const member = process.env['MONGO_MEMBER'] ?? 'mongo:27017';
  const root = encodeURIComponent(secret(process.env['MONGO_ROOT_PASSWORD_FILE'] ?? ''));
  const client = new mongoose.mongo.MongoClient(`mongodb://root:${root}@${member}/?directConnection=true`);
  try {
    const users = JSON.parse(secret(process.env['MONGO_USERS_FILE'] ?? '')) as DatabaseUser[];
    await prepareMongo(client, member, users);
    console.log(`MongoDB is ready for ${users.map(({ service }) => service).join(', ')}.`);
  } catch (error) {
    console.error(`MongoDB was not prepared: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await client.close();
  }
}
