import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from '#contracts/paging.js';
import { countWithin, fittingPage, PAGE_CHARACTERS } from './page-size.js';

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

  it('goes on behind the last row that fits, and is whole when all do', () => {
    const page = { items: ['a', 'b', 'c'], total: 9, nextCursor: encodeCursor({ id: 'c' }) };
    const view = (id: string) => ({ id });
    const cursorAfter = (id: string) => encodeCursor({ id });
    const whole = fittingPage(page, view, cursorAfter);
    expect(whole.shown).toEqual({
      items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      total: 9,
      nextCursor: page.nextCursor,
    });
    const cut = fittingPage(page, view, (id) => encodeCursor({ id, value: `of ${id}` }), 20);
    expect(cut.shown).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }], total: 9 });
    expect([whole.told, cut.told]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b'],
    ]);
    expect(decodeCursor(cut.shown.nextCursor)).toEqual({ id: 'b', value: 'of b' });
    expect(fittingPage({ items: ['a'] }, view, cursorAfter).shown).toEqual({ items: [{ id: 'a' }] });
  });
});
