import { cancelImport, commitImport, getImport, listImportRows, listImports } from '#contracts/registration/imports.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'imports';

/** Imports of files. The upload, the report and the templates are in ../imports. */
export const importRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/imports',
    request: listImports,
    tag,
    summary: 'Imports of your institution, newest first; an operator sees the own ones',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/imports/{importId}',
    request: getImport,
    tag,
    summary: 'How far an import is, and how many rows do or did what',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/imports/{importId}/rows',
    request: listImportRows,
    tag,
    summary: 'Rows as they stand in the file, with what is wrong per column',
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{importId}/commit',
    request: commitImport,
    tag,
    summary: 'Carry out the rows without errors, in the background',
    status: 202,
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{importId}/cancel',
    request: cancelImport,
    tag,
    summary: 'Give up an import that was not carried out, and delete its content',
  }),
];
