import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TextCipher } from './text-cipher.js';

const key = (): string => randomBytes(32).toString('base64');

describe('a text that is stored encrypted', () => {
  const own = key();
  const cipher = new TextCipher(own, 'test');
  const stored = cipher.encrypt('whsec_geheim', 'hook-1');

  it('comes back with the key, for the same record', () => {
    expect(new TextCipher(own, 'test').decrypt(stored, 'hook-1')).toBe('whsec_geheim');
  });

  it('is another text every time, and cannot be read', () => {
    expect(cipher.encrypt('whsec_geheim', 'hook-1')).not.toEqual(stored);
    expect(Buffer.from(stored.data, 'base64').toString('utf8')).not.toContain('geheim');
  });

  it('does not open for another record, with another key, or when it was changed', () => {
    const changed = Buffer.from(stored.data, 'base64');
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0);
    expect(() => cipher.decrypt(stored, 'hook-2')).toThrow();
    expect(() => new TextCipher(key(), 'test').decrypt(stored, 'hook-1')).toThrow();
    expect(() => cipher.decrypt({ ...stored, data: changed.toString('base64') }, 'hook-1')).toThrow();
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new TextCipher('a2V5', 'test')).toThrow('The test key must be 32 bytes in base64');
  });
});
