import { describe, expect, it } from '@jest/globals';
import { encodeCursor } from '#contracts/paging.js';
import { afterPosition, pageOf, positionIn, readLimit } from './list-position.js';

describe('a page of a list', () => {
  const position = (id: string) => ({ id, value: `name ${id}` });

  it('has a cursor to the next one only when there is more', () => {
    const read = ['a', 'b', 'c'];
    expect(pageOf(read, 2, position, (id) => id.toUpperCase())).toEqual({
      items: ['A', 'B'],
      nextCursor: encodeCursor({ id: 'b', value: 'name b' }),
    });
    expect(pageOf(read, 3, position, (id) => id)).toEqual({ items: read });
    expect(readLimit(3)).toBe(4);
  });

  it('reads its own cursors, also of an item without the field', () => {
    expect(positionIn(undefined)).toBeUndefined();
    expect(positionIn(encodeCursor({ id: 'b', value: 'x' }))).toEqual({ id: 'b', value: 'x' });
    expect(positionIn(encodeCursor({ id: 'b' }))).toEqual({ id: 'b' });
  });

  it.each(['nonsense', encodeCursor({ value: 'x' }), encodeCursor({ id: 'b', value: 3 })])('refuses %s', (cursor) => {
    const refusal = { code: 'invalid-input', fields: [expect.objectContaining({ path: 'cursor' })] };
    expect(() => positionIn(cursor)).toThrow(expect.objectContaining(refusal));
  });
});

describe('what comes after a position', () => {
  it('is, going up from an item without the field, the others without it and all that have it', () => {
    expect(afterPosition({ field: 'since', direction: 1 }, { id: 'b' })).toEqual({
      $or: [{ since: null, _id: { $gt: 'b' } }, { since: { $gte: '' } }],
    });
  });

  it('is, going down, also what has no field', () => {
    expect(afterPosition({ field: 'since', direction: -1 }, { id: 'b', value: 'x' })).toEqual({
      $or: [{ since: { $lt: 'x' } }, { since: 'x', _id: { $lt: 'b' } }, { since: null }],
    });
    expect(afterPosition({ field: 'since', direction: -1 }, { id: 'b' })).toEqual({ since: null, _id: { $lt: 'b' } });
  });
});
