import { describe, expect, it } from '@jest/globals';
import { countWithin, PAGE_CHARACTERS } from './page-size.js';

describe('a page of rows', () => {
  it('is as long as asked for, unless its rows are so large that no message could carry them', () => {
    expect(countWithin(100, [])).toBe(0);
    expect(countWithin(20, [{ a: 1 }, { a: 2 }])).toBe(2);
    expect(countWithin(10, [{ a: 1 }, { a: 2 }])).toBe(1);
    const row = {
      row: 1,
      values: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [index, '€'.repeat(300)])),
    };
    const page = Array.from({ length: 200 }, () => row);
    const given = page.slice(0, countWithin(PAGE_CHARACTERS, page));
    expect(given.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(JSON.stringify(given))).toBeLessThan(1_000_000);
  });

  it('has at least one row, so that whoever reads gets on', () => {
    expect(countWithin(5, [{ a: 'x'.repeat(100) }, { a: 1 }])).toBe(1);
  });
});
