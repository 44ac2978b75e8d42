import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import mongoose from 'mongoose';
import { handleErrors } from './error-handler.js';
import { decorateRequests } from './request-state.js';

async function answerTo(error: unknown): Promise<{ status: number; code: unknown; text: string }> {
  const server = fastify();
  decorateRequests(server);
  handleErrors(server);
  server.get('/', () => {
    throw error;
  });
  const answer = await server.inject('/');
  await server.close();
  const problem: Record<string, unknown> = answer.json();
  return { status: answer.statusCode, code: problem['code'], text: answer.body };
}

describe('an error at the door', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => {
    Logger.overrideLogger(['error', 'warn', 'log']);
  });

  it.each([
    ['the server cannot be found', new mongoose.mongo.MongoNetworkError('connect ECONNREFUSED mongo-1.internal:27017')],
    ['the pool was cleared', Object.assign(new Error('mongo-1.internal'), { name: 'MongoPoolClearedError' })],
  ])('of a session store of which %s is one of storage that is away, and names no machine', async (_what, error) => {
    const { text, ...told } = await answerTo(error);
    expect(told).toEqual({ status: 503, code: 'storage-unavailable' });
    expect(text).not.toContain('mongo-1');
  });

  it('that nobody foresaw shows nothing of the inside', async () => {
    for (const error of [
      new Error('secret of the inside'),
      new TypeError('secret of the inside'),
      'secret of the inside',
    ]) {
      const { text, ...told } = await answerTo(error);
      expect(told).toEqual({ status: 500, code: 'unexpected' });
      expect(text).not.toContain('secret');
    }
  });
});
