import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparable, searchKeysOf, searchTermsOf } from './text-keys.js';

describe('texts as they are compared', () => {
  it.each([
    ['Šükrü Øzgür', 'sukru ozgur'],
    ["  D'Arc-Łuczak ", 'd arc luczak'],
    ['Groß', 'gross'],
    ['De Haven, kamer 3B', 'de haven kamer 3b'],
  ])('%s is %s', (text, expected) => {
    expect(comparable(text)).toBe(expected);
  });
});

describe('searching by the beginning of words', () => {
  it('keeps every beginning of every word once', () => {
    expect(searchKeysOf(['Noor', undefined, 'de No'])).toEqual(['n', 'no', 'noo', 'noor', 'd', 'de']);
  });

  it('finds each word by any of its beginnings, also when it is longer than a key', () => {
    const word = fc.stringMatching(/^[a-zé]{1,30}$/);
    fc.assert(
      fc.property(word, word, fc.nat(29), (first, second, length) => {
        const keys = searchKeysOf([`${first} ${second}`]);
        const typed = second.slice(0, Math.max(1, length));
        expect(searchTermsOf(`${typed} ${first}`).every((term) => keys.includes(term))).toBe(true);
      }),
    );
  });

  it('has nothing to search for in signs only', () => {
    expect(searchTermsOf(' - . ')).toEqual([]);
  });
});
