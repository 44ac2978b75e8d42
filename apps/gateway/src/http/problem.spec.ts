import { describe, expect, it } from '@jest/globals';
import { languageOf } from './problem.js';

describe('languageOf', () => {
  it.each([
    [undefined, 'nl'],
    ['', 'nl'],
    ['fr', 'nl'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['nl,en;q=0.8', 'nl'],
    ['nl;q=0.3, en-US;q=0.7', 'en'],
    ['fr, en;q=0.2', 'en'],
  ])('reads %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
