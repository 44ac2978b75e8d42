import { IsIn, IsOptional } from 'class-validator';
import { importRequests } from '../imports/import-requests.js';
import { type ImportKind, importKinds, ListFiles, NewFile } from '../imports/imports.js';

const kinds = importKinds.registration;

export class StartImport extends NewFile {
  @IsIn(kinds) kind: ImportKind<'registration'>;
}

export class ListImports extends ListFiles {
  @IsOptional() @IsIn(kinds) kind?: ImportKind<'registration'>;
}

/** Files of places (the operator's), clients and stays (of an institution). */
export const registrationImports = importRequests('registration', {
  start: StartImport,
  list: ListImports,
  allow: ['clientmanager', 'beheerder'],
});
