import { queryOptions } from '@tanstack/react-query';

import type { AccessActionCode } from '#contracts/audit/access-logged.js';
import type { HousingStatus, Role } from '#contracts/codes.js';
import type {
  ClientFile,
  ClientSummary,
  ClientVersion,
  PossibleDuplicate,
} from '#contracts/registration/client-shapes.js';
import type { ClientSort, CreatedClient, MergedClients, NewClient } from '#contracts/registration/clients.js';

import { api, type Page } from './http.js';
import { pagedQuery } from './paging.js';

export type { ClientFile, ClientSummary, ClientSort, ClientVersion, NewClient, PossibleDuplicate };

/** `GET /v1/clients/{clientId}/access-log`, newest first. */
export interface AccessLogEntry {
  entryId: string;
  at: string;
  actorId: string;
  actorName?: string;
  actorRoles: Role[];
  actorOrganisationName?: string;
  action: AccessActionCode;
  operation: string;
  ground: string;
  emergency: boolean;
}

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

export const accessLogQuery = (clientId: string) =>
  pagedQuery<AccessLogEntry>([...clientKeys.file(clientId), 'access-log'], (cursor, signal) =>
    api.get<Page<AccessLogEntry>>(`/v1/clients/${clientId}/access-log`, { query: { cursor }, signal }),
  );

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
