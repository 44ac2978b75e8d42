import { encodeCursor, type Page } from '#contracts/paging.js';
import type { Position } from './list-position.js';

/** Characters of one reply: a broker message is at most 1 MB, and a character takes up to three bytes. */
export const PAGE_CHARACTERS = 250_000;

/** How many of the first items are within a number of characters as JSON; at least one. */
export function countWithin(characters: number, items: readonly object[]): number {
  let left = characters;
  const tooMany = items.findIndex((item, index) => {
    left -= JSON.stringify(item).length;
    return left < 0 && index > 0;
  });
  return tooMany === -1 ? items.length : tooMany;
}

/** As much of a page as one message can carry, as it is shown; what does not fit comes on the next page. */
export function fittingPage<T, U extends object>(
  { nextCursor, ...page }: Page<T>,
  shown: (item: T) => U,
  positionOf: (last: T) => Position,
  characters = PAGE_CHARACTERS,
): Page<U> {
  const all = page.items.map(shown);
  const items = all.slice(0, countWithin(characters, all));
  const last = page.items[items.length - 1];
  const isCut = items.length < all.length && last !== undefined;
  const cursor = isCut ? encodeCursor({ ...positionOf(last) }) : nextCursor;
  return { ...page, items, ...(cursor === undefined ? {} : { nextCursor: cursor }) };
}
