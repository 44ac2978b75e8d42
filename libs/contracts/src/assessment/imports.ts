import { IsIn } from 'class-validator';
import { importRequests } from '../imports/import-requests.js';
import { type ImportKind, importKinds, ListFiles, NewFile } from '../imports/imports.js';

export class StartZrmImport extends NewFile {
  @IsIn(importKinds.assessment) kind: ImportKind<'assessment'>;
}

/** Imports of ZRMs, newest first. */
export class ListZrmImports extends ListFiles {}

/** Files of ZRMs: the history of the clients of an institution (domain.md §4). */
export const zrmImports = importRequests('assessment', {
  start: StartZrmImport,
  list: ListZrmImports,
  allow: ['clientmanager'],
});
