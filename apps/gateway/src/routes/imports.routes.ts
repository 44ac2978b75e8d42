import { type AnyRoute, route } from '../http/route.js';
import { type ImportDoor, importDoors } from '../imports/import-doors.js';

const tag = 'imports';

/** Imports of files, the same at every door. The upload, the report and the templates are in ../imports. */
export const importRoutes: AnyRoute[] = importDoors.flatMap(routesOf);

function routesOf({ path, requests, what }: ImportDoor): AnyRoute[] {
  return [
    route({
      method: 'GET',
      path,
      request: requests.list,
      tag,
      summary: `Imports of ${what} of your institution, newest first; an operator sees the own ones`,
      withNames: true,
    }),
    route({
      method: 'GET',
      path: `${path}/{importId}`,
      request: requests.get,
      tag,
      summary: 'How far an import is, and how many rows do or did what',
      withNames: true,
    }),
    route({
      method: 'GET',
      path: `${path}/{importId}/rows`,
      request: requests.rows,
      tag,
      summary: 'Rows as they stand in the file, with what is wrong per column',
    }),
    route({
      method: 'POST',
      path: `${path}/{importId}/commit`,
      request: requests.commit,
      tag,
      summary: 'Carry out the rows without errors, in the background',
      status: 202,
    }),
    route({
      method: 'POST',
      path: `${path}/{importId}/cancel`,
      request: requests.cancel,
      tag,
      summary: 'Give up an import that was not carried out, and delete its content',
    }),
  ];
}
