import { describe, expect, it } from '@jest/globals';
import { sameText, SessionKeys } from './session-keys.js';

describe('SessionKeys', () => {
  const keys = new SessionKeys(Buffer.alloc(32, 1).toString('base64'));

  it('makes values that cannot be guessed, and stores none of them', () => {
    const value = keys.newCookieValue();
    expect(Buffer.from(value, 'base64url')).toHaveLength(32);
    expect(keys.newCookieValue()).not.toBe(value);
    expect(keys.storageKey(value)).not.toContain(value);
    expect(keys.storageKey(value)).toBe(keys.storageKey(value));
  });

  it('binds a CSRF token to its session and its secret', () => {
    const other = new SessionKeys(Buffer.alloc(32, 2).toString('base64'));
    expect(keys.csrfToken('a')).not.toBe(keys.csrfToken('b'));
    expect(keys.csrfToken('a')).not.toBe(other.csrfToken('a'));
    expect(sameText('abc', 'abc')).toBe(true);
    expect([sameText('abc', 'abd'), sameText('abc', 'abcd'), sameText('', 'a')]).toEqual([false, false, false]);
  });
});
