import { queryOptions } from '@tanstack/react-query';

import type { DeadlineItem, DeadlineOverview, DeadlineState } from '#contracts/deadlines.js';

import { api, type Page } from './http.js';
import { pagedQuery } from './paging.js';

export type { DeadlineItem, DeadlineOverview };

/** Services in which something happens at its time. */
export const DEADLINE_SERVICES = ['assessment', 'notifications'] as const;
export type DeadlineService = (typeof DEADLINE_SERVICES)[number];

export const deadlineKeys = { all: ['deadlines'] as const };

/** How often to look again: what is late may happen any moment. */
const LOOK_MS = 15_000;

export const deadlineOverviewQuery = (service: DeadlineService) =>
  queryOptions({
    queryKey: [...deadlineKeys.all, service, 'overview'],
    queryFn: ({ signal }) => api.get<DeadlineOverview>(`/v1/deadlines/${service}/overview`, { signal }),
    refetchInterval: LOOK_MS,
  });

interface DeadlineFilter {
  state: DeadlineState;
  kind?: string | undefined;
}

/** What is tried first comes first. */
export const deadlinesQuery = (service: DeadlineService, filter: DeadlineFilter) =>
  pagedQuery<DeadlineItem>([...deadlineKeys.all, service, 'list', filter], (cursor, signal) => {
    const path = service === 'assessment' ? '/v1/deadlines/assessment' : '/v1/deadlines/notifications';
    return api.get<Page<DeadlineItem>>(path, { query: { ...filter, cursor }, signal });
  });

export const retryDeadline = (service: DeadlineService, id: string): Promise<DeadlineItem> =>
  api.post(`/v1/deadlines/${service}/retry`, { body: { id } });
