import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import mongoose from 'mongoose';
import { rustEngine } from './engine-choice.js';
import { ownEngine, type OwnEngine } from '../../libs/testing/src/engines.js';

/** What the product asks of a database, tried on both embedded flavours. The Rust one where it was built. */
const flavours = ['python', ...(existsSync(rustEngine()) ? (['rust'] as const) : [])] as const;

describe.each(flavours)('the embedded database, flavour %s', (flavour) => {
  let engine: OwnEngine;
  let connection: mongoose.Connection;

  beforeAll(async () => {
    engine = await ownEngine('mongo', flavour);
    connection = await mongoose.createConnection(engine.url, { dbName: 'engines' }).asPromise();
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await engine.close();
  });

  it('commits a transaction as a whole', async () => {
    await connection.createCollection('stays');
    await connection.createCollection('outbox');
    await connection.withSession((session) =>
      session.withTransaction(async () => {
        await connection.collection('stays').insertOne({ place: 'A1' }, { session });
        await connection.collection('outbox').insertOne({ type: 'arrived' }, { session });
      }),
    );
    expect(await connection.collection('stays').countDocuments({ place: 'A1' })).toBe(1);
    expect(await connection.collection('outbox').countDocuments({ type: 'arrived' })).toBe(1);
  });

  it('leaves nothing of a transaction that throws', async () => {
    const attempt = connection.withSession((session) =>
      session.withTransaction(async () => {
        await connection.collection('stays').insertOne({ place: 'A2' }, { session });
        throw new Error('refused');
      }),
    );
    await expect(attempt).rejects.toThrow('refused');
    expect(await connection.collection('stays').countDocuments({ place: 'A2' })).toBe(0);
  });

  it('lets one of two transactions win that write the same document', async () => {
    const ledgers = connection.collection<{ _id: string; version: number }>('ledgers');
    await ledgers.insertOne({ _id: 'place', version: 0 });
    const increment = () =>
      connection.withSession((session) =>
        session.withTransaction(async () => {
          const before = await ledgers.findOne({ _id: 'place' }, { session });
          const version = before?.version ?? 0;
          const { modifiedCount } = await ledgers.updateOne(
            { _id: 'place', version },
            { $set: { version: version + 1 } },
            { session },
          );
          if (modifiedCount !== 1) throw new Error('stale');
        }),
      );
    const results = await Promise.allSettled(Array.from({ length: 8 }, increment));
    const committed = results.filter((result) => result.status === 'fulfilled').length;
    expect((await ledgers.findOne({ _id: 'place' }))?.version).toBe(committed);
    expect(committed).toBeGreaterThan(0);
  });

  it('refuses a second document under a unique index, with code 11000', async () => {
    const clients = connection.collection('clients');
    await clients.createIndexes([
      { key: { bsnHash: 1 }, unique: true, partialFilterExpression: { bsnHash: { $exists: true } } },
    ]);
    await clients.insertOne({ bsnHash: 'x' });
    await clients.insertMany([{ name: 'without' }, { name: 'without' }]);
    await expect(clients.insertOne({ bsnHash: 'x' })).rejects.toMatchObject({ code: 11000 });
  });

  it('keeps what it acknowledged through kill -9, and the client reconnects by itself', async () => {
    const kept = connection.collection('kept');
    for (let round = 1; round <= 3; round += 1) {
      await connection.withSession((session) =>
        session.withTransaction(async () => {
          await kept.insertMany([{ round }, { round }], { session });
        }),
      );
      await engine.kill9();
      await engine.restart();
      expect(await kept.countDocuments({})).toBe(round * 2);
    }
  }, 60_000);
});
