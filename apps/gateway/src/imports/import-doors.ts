import type { ImportColumn } from '#contracts/imports/import-columns.js';
import type { ImportRequests } from '#contracts/imports/import-requests.js';
import { type ImportKind, importKinds } from '#contracts/imports/imports.js';
import { zrmImportColumns } from '#contracts/assessment/import-columns.js';
import { zrmImports } from '#contracts/assessment/imports.js';
import { importColumns } from '#contracts/registration/import-columns.js';
import { registrationImports } from '#contracts/registration/imports.js';

/** Where files go in, and which service takes them: the same operations under each path. */
export interface ImportDoor {
  readonly path: `/v1/${string}`;
  readonly kinds: readonly ImportKind[];
  /** What it is about, for the documentation. */
  readonly what: string;
  readonly requests: ImportRequests;
}

/** Every door for files. */
export const importDoors: readonly ImportDoor[] = [
  {
    path: '/v1/imports',
    kinds: importKinds.registration,
    what: 'places, clients or stays',
    requests: registrationImports,
  },
  { path: '/v1/zrm-imports', kinds: importKinds.assessment, what: 'ZRMs', requests: zrmImports },
];

/** Every kind of file that there is. */
export const allKinds: readonly ImportKind[] = importDoors.flatMap(({ kinds }) => kinds);

/** Every column that a kind of file may have. */
export function columnsOf(kind: ImportKind): readonly ImportColumn[] {
  return kind === 'zrms' ? zrmImportColumns : importColumns[kind];
}
