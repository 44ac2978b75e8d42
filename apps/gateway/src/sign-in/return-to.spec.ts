import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/a/%2e%2e//evil.example/x',
    '/auth/sign-in',
    `/${'x'.repeat(3_000)}`,
  ])('replaces %s', (path) => {
    expect(safeReturnTo(path)).toBe('/');
  });

  it('never leads to another origin, whatever is asked', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      '\t',
      'evil.example',
      'a',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const target = new URL(safeReturnTo(`/${parts.join('')}`), 'https://doorstroom.example');
        expect(target.origin).toBe('https://doorstroom.example');
      }),
      { numRuns: 5_000 },
    );
  });
});
