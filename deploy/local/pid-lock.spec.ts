import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder, type TemporaryFolder } from '../../libs/testing/src/temporary-folder.js';
import { releaseLock, takeLock, withLock } from './pid-lock.js';

describe('the lock file', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder('lock');
    file = join(folder.path, 'lock');
  });
  afterEach(() => {
    folder.remove();
  });

  it('is held by one, who is told to the next', () => {
    expect(takeLock(file, 'http://localhost:3000')).toBeUndefined();
    expect(takeLock(file)).toEqual({ pid: process.pid, note: 'http://localhost:3000' });
    releaseLock(file);
    expect(takeLock(file)).toBeUndefined();
  });

  it('is free when its process is gone', () => {
    writeFileSync(file, '99999999\nnode start.ts\n');
    expect(takeLock(file)).toBeUndefined();
  });

  it('is free when another command has got the process id since', () => {
    writeFileSync(file, `${process.pid}\na command of before the reboot\n`);
    expect(takeLock(file)).toBeUndefined();
  });

  it('is free when it is damaged', () => {
    writeFileSync(file, 'half a li');
    expect(takeLock(file)).toBeUndefined();
  });

  it('lets work that wants it wait for its turn', async () => {
    takeLock(file);
    const order: string[] = [];
    const waiting = withLock(file, async () => {
      order.push('second');
      await Promise.resolve();
    });
    order.push('first');
    releaseLock(file);
    await waiting;
    expect(order).toEqual(['first', 'second']);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});
