import { queryOptions } from '@tanstack/react-query';

import type { ClientAccess as ClientAccessReply } from '#contracts/audit/access-log.js';
import type { HousingStatus } from '#contracts/codes.js';
import type {
  ClientFile,
  ClientSummary,
  ClientVersion,
  PossibleDuplicate,
} from '#contracts/registration/client-shapes.js';
import type { ClientSort, CreatedClient, MergedClients, NewClient } from '#contracts/registration/clients.js';

import { api, type Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';
import { pagedQuery } from './paging.js';

export type { ClientFile, ClientSummary, ClientSort, ClientVersion, NewClient, PossibleDuplicate };

/** Who looked at a client or changed it, with the names of who did. */
export type ClientAccess = ClientAccessReply & { names: Names };

export interface ClientFilter {
  text?: string | undefined;
  organisationId?: string | undefined;
  clusterId?: string | undefined;
  housing?: HousingStatus | undefined;
  sort?: ClientSort | undefined;
}

export const clientKeys = {
  all: ['clients'] as const,
  file: (clientId: string) => ['clients', 'file', clientId] as const,
};

export const clientsQuery = (filter: ClientFilter) =>
  pagedQuery<ClientSummary>([...clientKeys.all, 'list', filter], (cursor, signal) =>
    api.post<Page<ClientSummary>>('/v1/clients/search', { body: { ...filter, cursor, limit: 50 }, signal }),
  );

/** The first few for a search field. */
export const clientSuggestionsQuery = (text: string) =>
  queryOptions({
    queryKey: [...clientKeys.all, 'suggestions', text],
    queryFn: ({ signal }) => api.post<Page<ClientSummary>>('/v1/clients/search', { body: { text, limit: 8 }, signal }),
    staleTime: 10_000,
    gcTime: 10_000,
  });

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: clientKeys.file(clientId),
    queryFn: ({ signal }) => api.get<ClientFile>(`/v1/clients/${clientId}`, { signal }),
  });

export const clientVersionsQuery = (clientId: string) =>
  pagedQuery<ClientVersion>([...clientKeys.file(clientId), 'versions'], (cursor, signal) =>
    api.get<Page<ClientVersion>>(`/v1/clients/${clientId}/versions`, { query: { cursor }, signal }),
  );

/** Newest first. */
export const accessLogQuery = (clientId: string) =>
  pagedQuery<ClientAccess>([...clientKeys.file(clientId), 'access-log'], async (cursor, signal) => {
    const path = `/v1/clients/${clientId}/access-log`;
    const page = await api.get<Beside<Page<ClientAccessReply>>>(path, { query: { cursor }, signal });
    return { ...page, items: page.items.map((entry) => ({ ...entry, names: page.names ?? NO_NAMES })) };
  });

/** The whole BSN; asking for it is an entry of its own in the log. */
export const revealBsn = (clientId: string): Promise<{ bsn?: string }> => api.get(`/v1/clients/${clientId}/bsn`);

export const findDuplicates = (body: NewClient): Promise<Page<PossibleDuplicate>> =>
  api.post('/v1/clients/possible-duplicates', { body });

export const createClient = (body: NewClient, idempotencyKey: string): Promise<CreatedClient> =>
  api.post('/v1/clients', { body, idempotencyKey });

/** Body of a change: an absent field stays, null takes it away. */
export type ClientChanges = Partial<Omit<NewClient, 'organisationId' | 'notADuplicate'>>;

export const updateClient = (clientId: string, version: number, body: ClientChanges): Promise<ClientFile> =>
  api.patch(`/v1/clients/${clientId}`, { body, version });

export const mergeClient = (clientId: string, body: { intoClientId: string; reason: string }): Promise<MergedClients> =>
  api.post(`/v1/clients/${clientId}/merge`, { body });

export const unmergeClient = (clientId: string): Promise<MergedClients> =>
  api.post(`/v1/clients/${clientId}/unmerge`, { body: {} });
