import { encodeCursor, type Page } from '#contracts/paging.js';
import { pageOf, type Position, positionIn, readLimit } from '#persistence/list-position.js';
import { fittingPage } from '#persistence/page-size.js';
import type { PlaceLedger } from './housing-types.js';
import { placePosition } from './stays.repository.js';

/** The page of a list that is in order of the places' positions. */
export function pageOfPlaces<T>(
  items: readonly T[],
  { cursor, limit }: { cursor?: string; limit?: number },
  placeOf: (item: T) => PlaceLedger,
): Page<T> {
  const after = positionIn(cursor)?.value;
  const rest = after === undefined ? items : items.filter((item) => placePosition(placeOf(item)) > after);
  const positionOfItem = (item: T) => positionOf(placeOf(item));
  return pageOf(rest.slice(0, readLimit(limit)), limit, positionOfItem, (item) => item);
}

/**
 * As much of a page of places, with who is there, as one message carries (docs/decisions/0036-answers-that-fit.md).
 * @returns what is shown, and the items that it shows
 */
export function fittingPlaces<T extends { place: PlaceLedger }, U extends object>(
  page: Page<T>,
  shown: (item: T) => U,
): { shown: Page<U>; told: T[] } {
  const fitting = fittingPage(page, shown, ({ place }) => encodeCursor({ ...positionOf(place) }));
  return { shown: fitting, told: page.items.slice(0, fitting.items.length) };
}

function positionOf(place: PlaceLedger): Position {
  return { id: place.placeId, value: placePosition(place) };
}
