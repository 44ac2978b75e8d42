/** Characters of one page of rows: a broker message is at most 1 MB, and a character takes up to three bytes. */
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
