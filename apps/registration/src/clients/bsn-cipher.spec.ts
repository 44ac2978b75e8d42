import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BsnCipher } from './bsn-cipher.js';

const keys = () => ({
  encryptionKey: randomBytes(32).toString('base64'),
  hashKey: randomBytes(32).toString('base64'),
});

describe('the BSN in the database', () => {
  const own = keys();
  const cipher = new BsnCipher(own);
  const stored = cipher.encrypt('111222333', 'noor');

  it('comes back with the key, for the same client', () => {
    expect(new BsnCipher(own).decrypt(stored, 'noor')).toBe('111222333');
  });

  it('is another text every time, and the number is not in it', () => {
    expect(cipher.encrypt('111222333', 'noor')).not.toEqual(stored);
    expect(JSON.stringify(stored)).not.toContain('111222333');
  });

  it('does not open for another client, with another key, or when it was changed', () => {
    const changed = Buffer.from(stored.data, 'base64');
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0);
    expect(() => cipher.decrypt(stored, 'sam')).toThrow();
    expect(() => new BsnCipher(keys()).decrypt(stored, 'noor')).toThrow();
    expect(() => cipher.decrypt({ ...stored, data: changed.toString('base64') }, 'noor')).toThrow();
  });

  it('is found by a hash that depends on the key', () => {
    expect(cipher.hash('111222333')).toBe(new BsnCipher(own).hash('111222333'));
    expect(cipher.hash('111222333')).not.toBe(new BsnCipher(keys()).hash('111222333'));
  });

  it('needs keys of 32 bytes', () => {
    expect(() => new BsnCipher({ ...own, encryptionKey: 'a2V5' })).toThrow(/32 bytes/);
    expect(() => new BsnCipher({ ...own, hashKey: 'a2V5' })).toThrow(/32 bytes/);
  });
});
