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

/** As much of a page as fits. */
export interface FittingPage<T, U> {
  readonly shown: Page<U>;
  /** The items that it shows: whom they are about is what was read. */
  readonly told: readonly T[];
}

/**
 * As much of a page as one message can carry, as it is shown; what does not fit comes on the next page.
 * @param view how an item is shown
 * @param cursorAfter the cursor of the page that begins behind an item
 */
export function fittingPage<T, U extends object>(
  { nextCursor, ...page }: Page<T>,
  view: (item: T) => U,
  cursorAfter: (last: T) => string | undefined,
  characters = PAGE_CHARACTERS,
): FittingPage<T, U> {
  const all = page.items.map(view);
  const items = all.slice(0, countWithin(characters, all));
  const told = page.items.slice(0, items.length);
  const last = told.at(-1);
  const isCut = items.length < all.length && last !== undefined;
  const cursor = isCut ? cursorAfter(last) : nextCursor;
  return { shown: { ...page, items, ...(cursor === undefined ? {} : { nextCursor: cursor }) }, told };
}
