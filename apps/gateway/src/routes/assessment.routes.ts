import { countZrmClients, getProgress, listZrmClients } from '#contracts/assessment/clients.js';
import { listMatrixVersions } from '#contracts/assessment/matrix.js';
import {
  correctMeasurement,
  discardDraft,
  getMeasurement,
  listMeasurements,
  saveDraft,
  startMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import {
  getProgressSettings,
  progressSettingsHistory,
  updateProgressSettings,
} from '#contracts/assessment/progress-settings.js';
import { getZrmTimeliness } from '#contracts/assessment/timeliness.js';
import { listZrmHistory } from '#contracts/assessment/zrm-history.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'zrm';
const zrm = '0192f6a8-0000-7000-8000-00000000f001';
const all = '/v1/clients/{clientId}/zrms';
const one = `${all}/{measurementId}`;
const filledIn = {
  kind: 'periodic',
  date: '2026-06-10',
  matrixVersion: '2017',
  scores: [
    { domain: 'housing', score: 3, clientScore: 4, remark: 'Heeft een plek, nog geen eigen huis.' },
    { domain: 'justice', score: 'not-assessed' },
  ],
  weights: [{ factor: 'travel', answer: 'plays-a-part' }],
  participants: ['client'],
};

/** The Zelfredzaamheid-Matrix: filling in, progress, lists, and the region's rules. */
export const assessmentRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/zrm-versions',
    request: listMatrixVersions,
    tag,
    summary: 'Versions and supplements of the ZRM: domains, levels and cell texts',
  }),
  route({
    method: 'GET',
    path: all,
    request: listMeasurements,
    tag,
    summary: 'ZRMs of a client, drafts first and then the newest date',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: all,
    request: startMeasurement,
    tag,
    summary: 'Start a ZRM as a draft; anything may still be missing',
    status: 201,
    etag: 'version',
    location: `${all}/{measurementId}`,
    examples: {
      body: filledIn,
      reply: { outcome: 'saved', measurementId: zrm, version: 1, state: 'draft', missing: [] },
    },
  }),
  route({
    method: 'GET',
    path: one,
    request: getMeasurement,
    tag,
    summary: 'One ZRM, with what stood before its corrections and the copies kept beside a draft',
    etag: 'version',
    withNames: true,
  }),
  route({
    method: 'PUT',
    path: `${one}/draft`,
    request: saveDraft,
    tag,
    summary: 'Save a draft as a whole; on an old version it is kept aside, so that nothing is lost',
    etag: 'version',
    examples: {
      body: filledIn,
      reply: { outcome: 'saved', measurementId: zrm, version: 2, state: 'draft', missing: [] },
    },
  }),
  route({
    method: 'POST',
    path: `${one}/submit`,
    request: submitMeasurement,
    tag,
    summary: 'Submit a draft, or hear what is asked about it first',
    examples: {
      body: filledIn,
      reply: { outcome: 'accepted', measurementId: zrm, version: 3, state: 'submitted' },
    },
  }),
  route({
    method: 'POST',
    path: `${one}/correct`,
    request: correctMeasurement,
    tag,
    summary: 'Correct a submitted ZRM within the term; what stood before stays readable',
    examples: {
      body: { ...filledIn, reason: 'typing-error' },
      reply: { outcome: 'accepted', measurementId: zrm, version: 4, state: 'corrected' },
    },
  }),
  route({
    method: 'DELETE',
    path: one,
    request: discardDraft,
    tag,
    summary: 'Throw a draft away, with the copies beside it',
  }),
  route({
    method: 'GET',
    path: '/v1/clients/{clientId}/zrm-progress',
    request: getProgress,
    tag,
    summary: 'Does the client move between baseline and target, per domain and as a whole, and why',
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-clients',
    request: listZrmClients,
    tag,
    summary: 'Clients in the chain: with a ZRM that is late or due, changed, without baseline or target, or all',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-clients/counts',
    request: countZrmClients,
    tag,
    summary: 'How many clients each of these lists has, with the same filters',
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-history',
    request: listZrmHistory,
    tag,
    summary: 'All submitted ZRMs of the clients of the own institution, client by client',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-timeliness',
    request: getZrmTimeliness,
    tag,
    summary: 'Were ZRMs filled in on time, per institution over a period of due dates; the own one and the region',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-settings',
    request: getProgressSettings,
    tag,
    summary: 'The region’s rules of stagnation and drop, and the term for corrections',
    etag: 'version',
    withNames: true,
  }),
  route({
    method: 'PUT',
    path: '/v1/zrm-settings',
    request: updateProgressSettings,
    tag,
    summary: 'Change the region’s rules; what is left out stays',
    etag: 'version',
    withNames: true,
    examples: {
      body: {
        rules: [
          { ruleId: 'no-movement', kind: 'stagnation', scope: 'client', zrms: 2 },
          {
            ruleId: 'drop-of-one',
            kind: 'drop',
            levels: 1,
            domains: [{ matrixVersion: '2017', domain: 'housing' }],
          },
        ],
      },
    },
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-settings/versions',
    request: progressSettingsHistory,
    tag,
    summary: 'Every version of the region’s rules, newest first',
    withNames: true,
  }),
];
