import { infiniteQueryOptions, type InfiniteData } from '@tanstack/react-query';

import type { Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';

/** A list that is fetched page after page by cursor. */
export function pagedQuery<T, P extends Page<T> = Page<T>>(
  key: readonly unknown[],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: P) => page.nextCursor,
  });
}

/** All rows that were fetched so far. */
export function rowsOf<T>(data: InfiniteData<Page<T>> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** How many there are in all, when the server said so. */
export function totalOf<T>(data: InfiniteData<Page<T>> | undefined): number | undefined {
  return data?.pages[0]?.total;
}

/** Enough for every list that is shown as a whole; a longer one is cut off rather than fetched for ever. */
const MOST_PAGES = 25;

/** All pages of a list that is shown as a whole (a board, a choice). Fields beside the items are those of the first page. */
export async function everyPage<T, P extends Beside<Page<T>>>(fetchPage: (cursor?: string) => Promise<P>): Promise<P> {
  const first = await fetchPage();
  const items = [...first.items];
  const pages: P[] = [first];
  for (let cursor = first.nextCursor; cursor !== undefined && pages.length < MOST_PAGES;) {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    pages.push(page);
    cursor = page.nextCursor;
  }
  return { ...first, items, names: mergeNames(pages.map((page) => page.names ?? NO_NAMES)) };
}

function mergeNames(all: Names[]): Names {
  const merge = <V>(part: (names: Names) => Record<string, V>): Record<string, V> =>
    Object.fromEntries(all.flatMap((names) => Object.entries(part(names))));
  return {
    clients: merge((names) => names.clients),
    places: merge((names) => names.places),
    clusters: merge((names) => names.clusters),
    organisations: merge((names) => names.organisations),
    people: merge((names) => names.people),
  };
}
