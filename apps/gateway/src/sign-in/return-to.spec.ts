import { describe, expect, it } from '@jest/globals';
import { safeReturnTo } from './return-to.js';

describe('safeReturnTo', () => {
  it.each(['/', '/meldingen', '/clienten/1?tab=plek#nu'])('keeps %s', (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  it.each([
    undefined,
    5,
    'meldingen',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    '/auth/sign-in',
    `/${'x'.repeat(3_000)}`,
  ])('replaces %s', (path) => {
    expect(safeReturnTo(path)).toBe('/');
  });
});
