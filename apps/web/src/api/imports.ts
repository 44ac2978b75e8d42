import { queryOptions } from '@tanstack/react-query';

import type {
  ImportKind,
  ImportRow,
  ImportRowOutcome,
  ImportState,
  ImportSummary,
} from '#contracts/registration/imports.js';

import { api, withQuery, type Page } from './http.js';
import { type Beside, type Names } from './joined.js';
import { pagedQuery } from './paging.js';

export type { ImportKind, ImportRow, ImportRowOutcome, ImportState, ImportSummary };

/** In the order in which they are needed: clients and places before stays. */
export const IMPORT_KINDS = ['places', 'clients', 'stays'] as const satisfies readonly ImportKind[];
export const ROW_OUTCOMES = [
  'error',
  'refused',
  'new',
  'change',
  'unchanged',
  'done',
] as const satisfies readonly ImportRowOutcome[];

const BUSY: readonly ImportState[] = ['uploading', 'reading', 'committing'];

export const isBusy = (state: ImportState): boolean => BUSY.includes(state);

/** How often the progress of a busy import is asked for. */
const PROGRESS_MS = 1_000;

export const importKeys = { all: ['imports'] as const };

export type ImportList = Page<ImportSummary> & { names?: Names };

export const importsQuery = pagedQuery<ImportSummary, ImportList>([...importKeys.all, 'list'], (cursor, signal) =>
  api.get<Beside<Page<ImportSummary>>>('/v1/imports', { query: { cursor }, signal }),
);

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: [...importKeys.all, importId],
    queryFn: ({ signal }) => api.get<ImportSummary>(`/v1/imports/${importId}`, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data.state) ? PROGRESS_MS : false),
  });

export const importRowsQuery = (importId: string, outcome: ImportRowOutcome | undefined, state: ImportState) =>
  pagedQuery<ImportRow>([...importKeys.all, importId, 'rows', outcome, state], (cursor, signal) =>
    api.get<Page<ImportRow>>(`/v1/imports/${importId}/rows`, { query: { outcome, cursor }, signal }),
  );

/** Sends a file; reading it goes on in the background. */
export function uploadImport(kind: ImportKind, file: File, idempotencyKey: string): Promise<ImportSummary> {
  const body = new FormData();
  body.set('kind', kind);
  body.set('file', file);
  return api.post('/v1/imports', { body, idempotencyKey });
}

export const commitImport = (importId: string): Promise<ImportSummary> => api.post(`/v1/imports/${importId}/commit`);
export const cancelImport = (importId: string): Promise<ImportSummary> => api.post(`/v1/imports/${importId}/cancel`);

export type FileFormat = 'csv' | 'xlsx';

export const reportAddress = (importId: string, format: FileFormat): string =>
  withQuery(`/v1/imports/${importId}/report`, { format });

export const templateAddress = (kind: ImportKind, format: FileFormat): string =>
  withQuery(`/v1/import-templates/${kind}`, { format });
