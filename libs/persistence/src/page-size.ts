import type { Page } from '#contracts/paging.js';

/** Characters of one page: a character takes up to three bytes, and what is read at once is no more than a megabyte. */
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

/**
 * As much of a page as one message can carry, as it is shown; what does not fit comes on the next page.
 * @param cursorAfter the cursor of the page that begins behind an item
 */
export function fittingPage<T, U extends object>(
  { nextCursor, ...page }: Page<T>,
  shown: (item: T) => U,
  cursorAfter: (last: T) => string | undefined,
  characters = PAGE_CHARACTERS,
): Page<U> {
  const all = page.items.map(shown);
  const items = all.slice(0, countWithin(characters, all));
  const last = page.items[items.length - 1];
  const isCut = items.length < all.length && last !== undefined;
  const cursor = isCut ? cursorAfter(last) : nextCursor;
  return { ...page, items, ...(cursor === undefined ? {} : { nextCursor: cursor }) };
}
