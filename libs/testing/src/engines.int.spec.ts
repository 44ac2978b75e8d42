import { describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { engines, ownEngine, uniqueName } from './engines.js';

describe('the engines of a test run', () => {
  it('answer, all three', async () => {
    const { mongoUrl, natsUrl, redisUrl } = await engines();

    const mongo = await mongoose.createConnection(mongoUrl, { dbName: uniqueName('engines') }).asPromise();
    await mongo.collection('things').insertOne({ name: 'one' });
    expect(await mongo.collection('things').countDocuments({})).toBe(1);
    await mongo.dropDatabase();
    await mongo.close();

    const nats = await connect({ servers: natsUrl });
    expect(nats.info?.jetstream).toBe(true);
    await nats.close();

    const redis = new Redis(redisUrl);
    expect(await redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    await redis.quit();
  });

  it('are the same at a second call', async () => {
    expect(await engines()).toEqual(await engines());
  });

  it('can also be of a spec alone, on the same port after a kill', async () => {
    const own = await ownEngine('redis');
    const redis = new Redis(own.url);
    await redis.set('kept', 'yes');
    await own.kill9();
    await own.restart();
    expect(await redis.get('kept')).toBe('yes');
    redis.disconnect();
    await own.close();
    expect(own.pid).toBeUndefined();
  });
});
