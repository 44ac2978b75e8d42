import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ClientNumberHash } from './client-number-hash.js';

const key = (): string => randomBytes(32).toString('base64');

describe('the hash of a client number', () => {
  it('is the same however the number is written, and in every process with the key', () => {
    const shared = key();
    const [first, second] = [new ClientNumberHash(shared), new ClientNumberHash(shared)];
    expect(first.of('haven', ' hv-1001')).toBe(second.of('haven', 'HV-1001 '));
    expect(first.of('haven', 'HV-1001')).toMatch(/^[\w-]{43}$/);
  });

  it('is another one for another number, institution or key', () => {
    const hash = new ClientNumberHash(key());
    const all = [
      hash.of('haven', 'HV-1'),
      hash.of('haven', 'HV-2'),
      hash.of('kruispunt', 'HV-1'),
      new ClientNumberHash(key()).of('haven', 'HV-1'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new ClientNumberHash('short')).toThrow('client number key must be 32 bytes');
  });
});
