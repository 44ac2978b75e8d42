import { encodeCursor, type Page } from '#contracts/paging.js';
import { pageOf, type Position, positionIn, readLimit } from '#persistence/list-position.js';
import { type FittingPage, fittingPage } from '#persistence/page-size.js';
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

/** As much of a page of places, with who is there, as one message carries (docs/decisions/0036-answers-that-fit.md). */
export function fittingPlaces<T extends { place: PlaceLedger }, U extends object>(
  page: Page<T>,
  view: (item: T) => U,
): FittingPage<T, U> {
  return fittingPage(page, view, ({ place }) => encodeCursor({ ...positionOf(place) }));
}

function positionOf(place: PlaceLedger): Position {
  return { id: place.placeId, value: placePosition(place) };
}
