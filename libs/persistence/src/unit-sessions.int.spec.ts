import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { engines, uniqueName } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import { buildServer } from '../../../deploy/local/build.ts';
import { Database } from './database.js';
import { UnitOfWork } from './unit-of-work.js';

/** Well below the minute that the database itself keeps the locks of a transaction that nobody ends. */
const LONGEST_WAIT_MS = 15_000;

interface Guard {
  _id: string;
  count: number;
}

let url: string;
let name: string;
let database: Database;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  await buildServer();
  url = (await engines()).mongoUrl;
  name = uniqueName('sessions');
  database = new Database({ url, name });
  unitOfWork = new UnitOfWork(database);
  await database.onModuleInit();
}, 60_000);

afterAll(async () => {
  await database.connection.dropDatabase();
  await database.onApplicationShutdown();
});

const guards = () => database.connection.collection<Guard>('guards');
const processes = () => database.connection.collection<{ _id: string; beats: number }>('process_sessions');

async function beatsOfAll(): Promise<number[]> {
  const found = await processes().find({}).sort({ _id: 1 }).toArray();
  return found.map(({ beats }) => beats);
}

/** Adds one to a guard in a unit of work, as soon as nobody else holds it. */
function count(_id: string): Promise<void> {
  return unitOfWork.run(async ({ session }) => {
    await guards().updateOne({ _id }, { $inc: { count: 1 } }, { session });
  });
}

/** A process of its own that stays in the middle of a unit of work, with the guard written. */
async function processInAUnit(_id: string): Promise<ChildProcess> {
  const source = `
    import 'reflect-metadata';
    import { Database } from '#persistence/database.js';
    import { UnitOfWork } from '#persistence/unit-of-work.js';
    const database = new Database(${JSON.stringify({ url, name })});
    await database.onModuleInit();
    await new UnitOfWork(database).run(async ({ session }) => {
      await database.connection.collection('guards').updateOne({ _id: '${_id}' }, { $inc: { count: 100 } }, { session });
      process.send('written');
      await new Promise((resolve) => process.once('message', resolve));
    });
    process.send('committed');`;
  const child = fork('-', {
    execArgv: ['--input-type=module', '--eval', source],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

describe('a unit of work that was cut off with its process', () => {
  it('holds its documents for seconds, not for a minute', async () => {
    await guards().insertOne({ _id: 'cut-off', count: 0 });
    const child = await processInAUnit('cut-off');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const begin = performance.now();
    await waitFor(
      async () => {
        await count('cut-off');
        return true;
      },
      { timeout: 70_000, what: 'the guard' },
    );
    expect(performance.now() - begin).toBeLessThan(LONGEST_WAIT_MS);
    expect(await guards().findOne({ _id: 'cut-off' })).toMatchObject({ count: 1 });
    await waitFor(async () => (await processes().countDocuments({})) === 1, { timeout: LONGEST_WAIT_MS });
  }, 90_000);

  it('is left alone while its process lives', async () => {
    await guards().insertOne({ _id: 'slow', count: 0 });
    await count('slow');
    const child = await processInAUnit('slow');
    // Longer than a process may be silent.
    const beats = await beatsOfAll();
    await waitFor(async () => (await beatsOfAll()).every((now, index) => now >= (beats[index] ?? 0) + 5), {
      timeout: LONGEST_WAIT_MS,
    });
    const committed = once(child, 'message');
    child.send('go on');
    await committed;
    child.kill();
    expect(await guards().findOne({ _id: 'slow' })).toMatchObject({ count: 101 });
  }, 30_000);
});

describe('a stop', () => {
  it('leaves no sessions behind', async () => {
    const other = new Database({ url, name });
    await other.onModuleInit();
    await new UnitOfWork(other).run(() => Promise.resolve());
    const before = await processes().countDocuments({});
    await other.onApplicationShutdown();
    expect(await processes().countDocuments({})).toBe(before - 1);
  });
});
