import { infiniteQueryOptions, type InfiniteData } from '@tanstack/react-query';

import type { Page } from './http.js';

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
