import { queryOptions } from '@tanstack/react-query';

import type { ZrmClient as ZrmClientReply, ZrmClientCounts, ZrmDue } from '#contracts/assessment/clients.js';
import type { ProgressFindingKind, ZrmWorklist } from '#contracts/assessment/codes.js';
import type { DueSettingsInForce } from '#contracts/assessment/due.js';
import type { TimelinessFigures, ZrmTimeliness as TimelinessReply } from '#contracts/assessment/timeliness.js';

import { api, type Page, withQuery } from './http.js';
import { type Beside, type WithClient, withClient } from './joined.js';
import { pagedQuery } from './paging.js';
import { zrmKeys } from './zrm.js';

export type { ZrmClientCounts, ZrmDue, ZrmWorklist };

/** A client in a list, with the names of who and where. */
export type ZrmClient = WithClient<ZrmClientReply> & { organisationName?: string; clusterName?: string };

export interface ZrmListFilter {
  list: ZrmWorklist;
  finding?: ProgressFindingKind | undefined;
  dueBefore?: string | undefined;
  organisationId?: string | undefined;
  clusterId?: string | undefined;
}

export const zrmClientsQuery = (filter: ZrmListFilter) =>
  pagedQuery<ZrmClient>([...zrmKeys.lists, filter], async (cursor, signal) => {
    const page = await api.get<Beside<Page<ZrmClientReply>>>('/v1/zrm-clients', {
      query: { ...filter, cursor },
      signal,
    });
    return { ...page, items: page.items.map((client) => withNames(client, page.names)) };
  });

function withNames(client: ZrmClientReply, names: Beside<object>['names']): ZrmClient {
  const organisationName = names?.organisations[client.organisationId];
  const clusterName = names?.clusters[client.clusterId]?.clusterName;
  return {
    ...withClient(client, names),
    ...(organisationName === undefined ? {} : { organisationName }),
    ...(clusterName === undefined ? {} : { clusterName }),
  };
}

/** How many clients each list has, with the same filters as the list. */
export const zrmCountsQuery = (filter: Omit<ZrmListFilter, 'list' | 'finding'>) =>
  queryOptions({
    queryKey: [...zrmKeys.all, 'counts', filter],
    queryFn: ({ signal }) => api.get<ZrmClientCounts>('/v1/zrm-clients/counts', { query: { ...filter }, signal }),
  });

/** When the region wants ZRMs to be filled in: the why of every date. */
export const zrmDueSettingsQuery = queryOptions({
  queryKey: [...zrmKeys.all, 'due-settings'],
  queryFn: ({ signal }) => api.get<DueSettingsInForce>('/v1/zrm-due-settings', { signal }),
  staleTime: 60_000,
});

/** A list as a file, with the same filters. */
export const zrmListAddress = (filter: ZrmListFilter, format: 'csv' | 'xlsx'): string =>
  withQuery('/v1/zrm-clients/export', { ...filter, format });

/** The figures of an institution with its name; all of them together have no identifier. */
export type TimelinessRow = TimelinessFigures & { organisationId: string; organisationName?: string };
export type ZrmTimeliness = Pick<TimelinessReply, 'asOf' | 'reckonedAt' | 'fixed'> & {
  rows: TimelinessRow[];
  region?: TimelinessRow;
};

/** Due dates: from the first day to the last one, exclusive. */
interface TimelinessPeriod {
  from: string;
  until: string;
}

export const zrmTimelinessQuery = (period: TimelinessPeriod) =>
  queryOptions({
    queryKey: [...zrmKeys.all, 'timeliness', period],
    queryFn: async ({ signal }): Promise<ZrmTimeliness> => {
      const query = { ...period };
      const reply = await api.get<Beside<TimelinessReply>>('/v1/zrm-timeliness', { query, signal });
      const { items, region, names, asOf, reckonedAt, fixed } = reply;
      return {
        asOf,
        reckonedAt,
        ...(fixed === true ? { fixed } : {}),
        rows: items.map((item) => withName(item, names)),
        ...(region === undefined ? {} : { region: { ...region, organisationId: '' } }),
      };
    },
    staleTime: 60_000,
  });

function withName(item: TimelinessReply['items'][number], names: Beside<object>['names']): TimelinessRow {
  const organisationName = names?.organisations[item.organisationId];
  return organisationName === undefined ? item : { ...item, organisationName };
}

/** The figures as a file. */
export const zrmTimelinessAddress = (period: TimelinessPeriod, format: 'csv' | 'xlsx'): string =>
  withQuery('/v1/zrm-timeliness/export', { ...period, format });

/** All ZRMs of the clients of the own institution as a file. */
export const zrmHistoryAddress = (format: 'csv' | 'xlsx'): string => withQuery('/v1/zrm-history/export', { format });
