import { decodeCursor, encodeCursor, type Page } from '#contracts/paging.js';
import type { MeldingState } from './melding-state.js';
import type { Position } from './meldingen.repository.js';

/** Where a page of meldingen starts; undefined for the first one, and for a cursor that is not ours. */
export function positionFrom(cursor: string | undefined): Position | undefined {
  const { at, id } = decodeCursor(cursor) ?? {};
  return typeof at === 'number' && typeof id === 'string' ? { at: new Date(at), id } : undefined;
}

/** A page of what was found. @param found one more than the page holds, when there is more */
export function paged(found: MeldingState[], limit: number): Page<MeldingState> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (!last || found.length <= limit) return { items };
  return { items, nextCursor: newestCursor(last) };
}

/** The cursor behind a melding in a list that has the newest first. */
export function newestCursor({ _id: id, lastPartAt }: Pick<MeldingState, '_id' | 'lastPartAt'>): string {
  return encodeCursor({ at: lastPartAt.getTime(), id });
}
