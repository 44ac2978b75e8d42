import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { isStorageAway } from './storage-away.js';

const { MongoNetworkError, MongoServerError } = mongoose.mongo;

describe('isStorageAway', () => {
  const withCode = (code: string): Error =>
    Object.assign(new Error('This socket has been ended by the other party'), { code });

  const bulk = (message: string): Error => Object.assign(new Error(message), { name: 'MongoBulkWriteError' });

  it.each([
    ['a connection that broke', new MongoNetworkError('connection 3 to 127.0.0.1:27017 closed')],
    ['a socket that the server had just ended', withCode('EPIPE')],
    ['a socket that was reset', withCode('ECONNRESET')],
    ['a server that steps down', new MongoServerError({ message: 'stepping down', code: 189 })],
    ['a bulk whose connection broke', bulk('This socket has been ended by the other party')],
    ['any of these as the cause', new Error('saving', { cause: withCode('EPIPE') })],
  ])('%s: the same work may succeed later', (_what, error) => {
    expect(isStorageAway(error)).toBe(true);
  });

  it.each([
    ['a duplicate key', new MongoServerError({ message: 'E11000 duplicate key', code: 11000 })],
    ['a duplicate key in a bulk', bulk('E11000 duplicate key')],
    ['a defect', new TypeError('x is not a function')],
    ['a missing file', withCode('ENOENT')],
    ['nothing that is an error', 'away'],
  ])('%s: the work itself is wrong', (_what, error) => {
    expect(isStorageAway(error)).toBe(false);
  });
});
