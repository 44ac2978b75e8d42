import type { InfiniteData, QueryClient } from '@tanstack/react-query';

import type { Page } from './http.js';
import { meldingKeys, type Melding } from './meldingen.js';
import { rowsOf } from './paging.js';

/** What the server tells of a melding: by the live stream, or in answer to what was done with it. */
export type MeldingChange = Pick<Melding, 'meldingId' | 'status' | 'lastPartAt'> & Partial<Melding>;

type List = InfiniteData<Page<Melding>>;

/**
 * Whether a change is news: an open melding that no list has yet, or with a part that no list has yet. What one did oneself
 * comes back over the stream too, and is none.
 */
export function isNews(change: MeldingChange, queries: QueryClient): boolean {
  if (change.status !== 'open') return false;
  const lists = queries.getQueriesData<List>({ queryKey: meldingKeys.lists });
  const known = lists.flatMap(([, list]) => rowsOf(list)).filter(({ meldingId }) => meldingId === change.meldingId);
  return !known.some(({ lastPartAt }) => lastPartAt >= change.lastPartAt);
}

/** A melding as the lists hold it now; undefined when none does. */
export function currentOf(meldingId: string, queries: QueryClient): Melding | undefined {
  const lists = queries.getQueriesData<List>({ queryKey: meldingKeys.lists });
  const one = queries.getQueryData<Melding>([...meldingKeys.ones, meldingId]);
  return lists.flatMap(([, list]) => rowsOf(list)).find((melding) => melding.meldingId === meldingId) ?? one;
}

/**
 * Shows on the line itself what became of a melding that is in a list, by whomever: its place stays, so nothing moves under
 * the pointer. A new part is news, and waits until it is asked for.
 */
export function showInPlace(change: MeldingChange, queries: QueryClient): void {
  const renewed = (melding: Melding): Melding =>
    // Of two answers that overtake each other the newer counts.
    melding.meldingId !== change.meldingId || (change.version !== undefined && change.version < melding.version)
      ? melding
      : { ...melding, ...change, names: change.names ?? melding.names };
  for (const [key, list] of queries.getQueriesData<List>({ queryKey: meldingKeys.lists })) {
    if (list === undefined || !rowsOf(list).some(({ meldingId }) => meldingId === change.meldingId)) continue;
    const pages = list.pages.map((page) => ({ ...page, items: page.items.map(renewed) }));
    // The list is as old as it was: what is acknowledged in one go is what was fetched then, nothing of later.
    queries.setQueryData(key, { ...list, pages }, { updatedAt: queries.getQueryState(key)?.dataUpdatedAt ?? 0 });
  }
  queries.setQueryData<Melding>([...meldingKeys.ones, change.meldingId], (one) => one && renewed(one));
}
