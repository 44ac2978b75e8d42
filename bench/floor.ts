import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { timed } from './report.ts';

/** The durable steps between a change and its melding, done by hand on the same engines, without any of our code. */
export interface Floor {
  /**
   * Two ledgers, a fact and an access-log entry in a transaction; publication; a turn, a melding and its due date in a
   * transaction; an access-log entry, without which nothing may be shown; a read.
   */
  changeToMelding(): Promise<number>;
  /** One acknowledged insert. */
  insert(): Promise<void>;
  close(): Promise<void>;
}

export async function openFloor(mongoUrl: string, natsUrl: string): Promise<Floor> {
  const mongo = await new MongoClient(mongoUrl, { writeConcern: { w: 'majority' } }).connect();
  const database = mongo.db(`floor_${process.pid}`);
  const [ledgers, outbox, turns, meldingen, due, inserts] = [
    'ledgers',
    'outbox',
    'turns',
    'meldingen',
    'due',
    'inserts',
  ].map((name) => database.collection<{ _id: string; version?: number; text?: string }>(name));
  if (!ledgers || !outbox || !turns || !meldingen || !due || !inserts) throw new Error('no collections');
  for (const collection of [ledgers, outbox, turns, meldingen, due, inserts])
    await database.createCollection(collection.collectionName);
  await ledgers.insertMany([
    { _id: 'client', version: 0 },
    { _id: 'place', version: 0 },
  ]);
  await turns.insertOne({ _id: 'client', version: 0 });
  const nats = await connect({ servers: natsUrl });
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name: 'FLOOR', subjects: ['floor.>'] });
  const js = jetstream(nats);
  const text = 'x'.repeat(600);
  let count = 0;

  const transact = async (work: (options: { session: ReturnType<MongoClient['startSession']> }) => Promise<void>) => {
    const session = mongo.startSession();
    await session.withTransaction(() => work({ session }));
    await session.endSession();
  };
  return {
    changeToMelding: () =>
      timed(async () => {
        count += 1;
        const _id = String(count);
        await transact(async (options) => {
          await ledgers.updateOne({ _id: 'client' }, { $inc: { version: 1 } }, options);
          await ledgers.updateOne({ _id: 'place' }, { $inc: { version: 1 } }, options);
          const entries = [
            { _id: `fact-${_id}`, text },
            { _id: `access-${_id}`, text },
          ];
          await outbox.insertMany(entries, options);
        });
        await js.publish('floor.change', text, { msgID: _id });
        await transact(async (options) => {
          await turns.updateOne({ _id: 'client' }, { $inc: { version: 1 } }, options);
          await meldingen.insertOne({ _id, text }, options);
          await due.insertOne({ _id }, options);
        });
        await outbox.insertOne({ _id: `read-${_id}`, text });
        await meldingen.findOne({ _id });
      }),
    insert: async () => {
      count += 1;
      await inserts.insertOne({ _id: String(count), text });
    },
    close: async () => {
      await database.dropDatabase();
      await manager.streams.delete('FLOOR');
      await nats.close();
      await mongo.close();
    },
  };
}
