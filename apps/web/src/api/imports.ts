import { queryOptions } from '@tanstack/react-query';

import type {
  ImportKind,
  ImportRow,
  ImportRowOutcome,
  ImportState,
  ImportSummary,
} from '#contracts/imports/imports.js';

import { api, withQuery, type Page } from './http.js';
import { type Beside, type Names } from './joined.js';
import { pagedQuery } from './paging.js';

export type { ImportKind, ImportRow, ImportRowOutcome, ImportState, ImportSummary };

/** Where files go in: the operations are the same at each. */
export interface ImportDoor {
  readonly path: '/v1/imports' | '/v1/zrm-imports';
  /** The page where its imports stand. */
  readonly page: string;
  readonly kinds: readonly [ImportKind, ...ImportKind[]];
}

/** Kinds in the order in which they are needed: clients and places before stays. */
export const importDoor: ImportDoor = {
  path: '/v1/imports',
  page: '/plekken/import',
  kinds: ['places', 'clients', 'stays'],
};
export const zrmImportDoor: ImportDoor = { path: '/v1/zrm-imports', page: '/zrm/import', kinds: ['zrms'] };
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

const keysOf = ({ path }: ImportDoor) => ['imports', path] as const;

export type ImportList = Page<ImportSummary> & { names?: Names };

export const importsQuery = (door: ImportDoor) =>
  pagedQuery<ImportSummary, ImportList>([...keysOf(door), 'list'], (cursor, signal) =>
    api.get<Beside<Page<ImportSummary>>>(door.path, { query: { cursor }, signal }),
  );

export const importQuery = (door: ImportDoor, importId: string) =>
  queryOptions({
    queryKey: [...keysOf(door), importId],
    queryFn: ({ signal }) => api.get<ImportSummary>(`${door.path}/${importId}`, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data.state) ? PROGRESS_MS : false),
  });

export const importRowsQuery = (
  door: ImportDoor,
  importId: string,
  outcome: ImportRowOutcome | undefined,
  state: ImportState,
) =>
  pagedQuery<ImportRow>([...keysOf(door), importId, 'rows', outcome, state], (cursor, signal) =>
    api.get<Page<ImportRow>>(`${door.path}/${importId}/rows`, { query: { outcome, cursor }, signal }),
  );

/** Everything that was read of a door: to be asked again. */
export const importsAt = (door: ImportDoor) => ({ queryKey: keysOf(door) });

/** Sends a file; reading it goes on in the background. */
export function uploadImport(
  { path }: ImportDoor,
  kind: ImportKind,
  file: File,
  idempotencyKey: string,
): Promise<ImportSummary> {
  const body = new FormData();
  body.set('kind', kind);
  body.set('file', file);
  return api.post(path, { body, idempotencyKey });
}

export const commitImport = ({ path }: ImportDoor, importId: string): Promise<ImportSummary> =>
  api.post(`${path}/${importId}/commit`);
export const cancelImport = ({ path }: ImportDoor, importId: string): Promise<ImportSummary> =>
  api.post(`${path}/${importId}/cancel`);

export type FileFormat = 'csv' | 'xlsx';

export const reportAddress = ({ path }: ImportDoor, importId: string, format: FileFormat): string =>
  withQuery(`${path}/${importId}/report`, { format });

export const templateAddress = (kind: ImportKind, format: FileFormat): string =>
  withQuery(`/v1/import-templates/${kind}`, { format });
