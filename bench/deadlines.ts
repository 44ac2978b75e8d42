import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { startSystem } from '../libs/testing/src/system.ts';
import { waitFor } from '../libs/testing/src/wait-for.ts';
import { printEngine, printRatio, timed } from './report.ts';

/**
 * Due dates of many clients. First: everything that becomes due soon is put into an empty Redis, against as many bare jobs.
 * Then: many that become due at one instant are done, each with an effect in its own unit of work, against a bare worker that
 * writes the same in as many bare transactions. `node bench/deadlines.ts [clients] [due at once]`
 */
const clients = Number(process.argv[2] ?? 100_000);
const atOnce = Number(process.argv[3] ?? 10_000);
const BATCH = 500;
const HOUR = 3_600_000;
const CONCURRENCY = 8;

const system = await startSystem({ services: ['assessment'], logLevel: 'error' });
try {
  const { mongoUrl, redisUrl } = system.settings;
  // Compiled by now.
  const { SystemClock } = await import('#calendar/clock.js');
  const { Database } = await import('#persistence/database.js');
  const { UnitOfWork } = await import('#persistence/unit-of-work.js');
  const { Deadlines } = await import('#deadlines/deadlines.service.js');
  const { DueClock } = await import('#deadlines/due-clock.js');
  const { DueItemsRepository } = await import('#deadlines/due-items.repository.js');
  const { WakeUps } = await import('#deadlines/wake-ups.js');
  const mongo = await new MongoClient(mongoUrl, { writeConcern: { w: 'majority' } }).connect();
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  printEngine(system.engine);
  await benchFill();
  await benchDrain();
  redis.disconnect();
  await mongo.close();

  /** One process's worth of deadlines on a database of its own. */
  async function open(horizonMs: number) {
    const name = `bench_${process.pid}_${randomUUID().slice(0, 8)}`;
    const options = { redisUrl, prefix: name, horizonMs, sweepMs: 5_000, concurrency: CONCURRENCY };
    const database = new Database({ url: mongoUrl, name });
    const clock = new DueClock(database, new SystemClock());
    const items = new DueItemsRepository(database, clock, options);
    const wakeUps = new WakeUps(options, clock);
    const deadlines = new Deadlines(items, wakeUps, clock, options);
    const unitOfWork = new UnitOfWork(database);
    await database.onModuleInit();
    await clock.read();
    await waitFor(() => wakeUps.isReachable());
    const close = async (): Promise<void> => {
      await deadlines.beforeApplicationShutdown();
      await wakeUps.beforeApplicationShutdown();
      await mongo.db(name).dropDatabase();
      await database.onApplicationShutdown();
    };
    return { name, database, deadlines, unitOfWork, close };
  }

  /** Due items as they are stored. */
  async function store(name: string, count: number, dueAt: Date): Promise<void> {
    const collection = mongo.db(name).collection<{ _id: string }>('due_items');
    for (let start = 0; start < count; start += BATCH) {
      const some = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) => ({
        _id: `zrm-reminder|${start + index}`,
        ...{ kind: 'bench', dueAt, nextAt: dueAt, payload: { clientId: `client-${start + index}` }, state: 'waiting' },
        ...{ attempts: 0, version: 1, claimToken: null, claimedUntil: null },
      }));
      await collection.insertMany(some, { ordered: false });
    }
  }

  async function addRaw(queue: Queue, count: number, dueAt: Date): Promise<void> {
    for (let start = 0; start < count; start += BATCH) {
      const jobs = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) => ({
        name: 'bench',
        data: { id: `client-${start + index}`, version: 1 },
        opts: { jobId: `raw-${start + index}`, delay: dueAt.getTime() - Date.now(), removeOnComplete: true },
      }));
      await queue.addBulk(jobs);
    }
  }

  async function benchFill(): Promise<void> {
    const own = await open(24 * HOUR);
    const dueAt = new Date(Date.now() + 12 * HOUR);
    await store(own.name, clients, dueAt);
    const delayed = () => redis.zcard(`${own.name}:due:delayed`);
    const rawMs: number[] = [];
    const ours: number[] = [];
    let grown = 0;
    // Twice, in turn: the first of each also warms up.
    for (let round = 0; round < 2; round += 1) {
      const prefix = `${own.name}_raw${round}`;
      const queue = new Queue('raw', { connection: redis, prefix });
      rawMs.push(await timed(() => addRaw(queue, clients, dueAt)));
      await queue.obliterate({ force: true });
      await queue.close();
      await wipe(own.name);
      const before = process.memoryUsage().heapUsed;
      ours.push(await timed(() => own.deadlines.fill()));
      grown = process.memoryUsage().heapUsed - before;
    }
    const created = await delayed();
    await redis.del(`${own.name}:filled`);
    await own.deadlines.fill();
    console.log(`${clients} clients: ${created} jobs; a second look created ${(await delayed()) - created}`);
    console.log(`heap grew by ${(grown / 1e6).toFixed(0)} MB`);
    const [raw = 0, fill = 0] = [rawMs.at(-1), ours.at(-1)];
    console.log(`bare addBulk ${raw.toFixed(0)} ms; sweep ${fill.toFixed(0)} ms`);
    printRatio('sweep of all clients ÷ bare addBulk', fill / raw, '≤ 2');
    await wipe(own.name);
    await own.close();
  }

  async function benchDrain(): Promise<void> {
    const own = await open(HOUR);
    await mongo.db(own.name).createCollection('effects');
    const written = own.database.connection.collection<{ _id: string; text: string }>('effects');
    let early = 0;
    let done = 0;
    own.deadlines.handle(
      'bench',
      async (firing) => {
        if (Date.now() < firing.item.dueAt.getTime()) early += 1;
        await own.unitOfWork.run(async (tx) => {
          // First: of two that try, the second finds here that it is too late.
          await firing.done(tx);
          await written.insertOne({ _id: firing.item._id, text: 'x'.repeat(600) }, { session: tx.session });
        });
        done += 1;
      },
      { isOneUnit: true },
    );
    const dueAt = new Date(Date.now() + 5_000 + atOnce);
    await store(own.name, atOnce, dueAt);
    own.deadlines.onApplicationBootstrap();
    const oursMs = await drained(dueAt, () => done >= atOnce);
    const stored = await written.countDocuments({});
    await own.close();

    const name = `${own.name}_raw`;
    const items = mongo.db(name).collection<{ _id: string; state: string }>('items');
    const rawEffects = mongo.db(name).collection<{ _id: string; text: string }>('effects');
    for (const collection of [items, rawEffects]) await mongo.db(name).createCollection(collection.collectionName);
    await items.insertMany(
      Array.from({ length: atOnce }, (_, index) => ({ _id: `client-${index}`, state: 'waiting' })),
    );
    const queue = new Queue('raw', { connection: redis, prefix: name });
    const rawDue = new Date(Date.now() + 5_000 + atOnce);
    await addRaw(queue, atOnce, rawDue);
    let rawDone = 0;
    const connection = redis.duplicate();
    const worker = new Worker<{ id: string }>(
      'raw',
      async ({ data: { id } }) => {
        const session = mongo.startSession();
        await session.withTransaction(async () => {
          await rawEffects.insertOne({ _id: id, text: 'x'.repeat(600) }, { session });
          await items.updateOne({ _id: id, state: 'waiting' }, { $set: { state: 'done' } }, { session });
        });
        await session.endSession();
        rawDone += 1;
      },
      { connection, prefix: name, concurrency: CONCURRENCY },
    );
    const rawMs = await drained(rawDue, () => rawDone >= atOnce);
    await worker.close();
    connection.disconnect();
    await queue.obliterate({ force: true });
    await queue.close();
    await mongo.db(name).dropDatabase();
    const rate = (ms: number) => ((atOnce * 1_000) / ms).toFixed(0);
    console.log(
      `${atOnce} due at once: ${stored} effects, ${early} early; bare ${rate(rawMs)}/s, ours ${rate(oursMs)}/s`,
    );
    printRatio('drain ÷ bare worker with bare transactions', oursMs / rawMs, '≤ 1.5, 0 early');
  }

  /** Milliseconds from an instant until everything is done. */
  async function drained(since: Date, isDone: () => boolean): Promise<number> {
    await waitFor(isDone, { timeout: 600_000, interval: 20, what: 'everything that was due' });
    return Date.now() - since.getTime();
  }

  async function wipe(prefix: string): Promise<void> {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await redis.unlink(...keys);
    }
  }
} finally {
  await system.close();
}
