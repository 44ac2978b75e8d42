import {
  cancelAbsence,
  caseloadHistory,
  createAbsence,
  listAbsences,
  listCaseloads,
  putCaseload,
} from '#contracts/notifications/caseloads.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'caseloads';
const regisseur = '0192f6a8-0000-7000-8000-00000000a001';
const colleague = '0192f6a8-0000-7000-8000-00000000a003';
const cluster = '0192f6a8-0000-7000-8000-000000000c01';

/** Who guards which clusters and clients, and who replaces whom. */
export const caseloadRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/caseloads',
    request: listCaseloads,
    tag,
    summary: 'Caseloads, all or of one person or cluster',
    withNames: true,
    examples: {
      reply: { items: [{ personId: regisseur, clusterIds: [cluster], clientIds: [], coordinator: false, version: 1 }] },
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/caseloads/{personId}',
    request: putCaseload,
    tag,
    summary: 'Replace the caseload of a trajectregisseur',
    etag: 'version',
    withNames: true,
    examples: { body: { clusterIds: [cluster], clientIds: [], coordinator: false } },
  }),
  route({
    method: 'GET',
    path: '/v1/caseloads/{personId}/versions',
    request: caseloadHistory,
    tag,
    summary: 'Earlier versions of a caseload, newest first',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/absences',
    request: listAbsences,
    tag,
    summary: 'Who is away and who replaces them',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: '/v1/absences',
    request: createAbsence,
    tag,
    summary: 'Plan an absence with a replacement; `until` is the first day back',
    status: 201,
    withNames: true,
    examples: {
      body: { personId: regisseur, replacementPersonId: colleague, from: '2026-07-13', until: '2026-08-03' },
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/absences/{absenceId}',
    request: cancelAbsence,
    tag,
    summary: 'Call an absence off; it stays readable',
    withNames: true,
  }),
];
