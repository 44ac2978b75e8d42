import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Database } from './database.js';
import { Tx } from './unit-of-work.js';

describe('what follows a commit', () => {
  it('cannot make it a failure, nor keep others from following', async () => {
    Logger.overrideLogger(false);
    const database = new Database({ url: 'mongodb://127.0.0.1:1/', name: 'nowhere' });
    const session = await database.connection.startSession();
    const tx = new Tx(session);
    const followed: string[] = [];
    tx.afterCommit(() => {
      throw new Error('on purpose');
    });
    tx.afterCommit(() => followed.push('second'));
    expect(() => tx.committed()).not.toThrow();
    expect(followed).toEqual(['second']);
    await database.connection.close();
  });
});
