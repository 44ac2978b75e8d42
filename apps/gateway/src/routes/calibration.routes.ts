import { getCalibrationFigures, getLevelDistributions } from '#contracts/assessment/calibration-figures.js';
import {
  calibrationSettingsHistory,
  getCalibrationSettings,
  updateCalibrationSettings,
} from '#contracts/assessment/calibration-settings.js';
import {
  closeCalibration,
  countCalibrationsToScore,
  getCalibration,
  inviteRaters,
  listCalibrations,
  planCalibration,
  reopenCalibration,
  scoreCalibration,
  withdrawRater,
} from '#contracts/assessment/calibration-sessions.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'zrm-calibration';
const all = '/v1/zrm-calibrations';
const one = `${all}/{sessionId}`;
const settings = '/v1/zrm-calibration-settings';
const sessionId = '0192f6a8-0000-7000-8000-00000000f101';
const raters = ['0192f6a8-0000-7000-8000-00000000b001', '0192f6a8-0000-7000-8000-00000000b002'];

/** Calibration of the ZRM (ijking): sessions, and how it is used. */
export const calibrationRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: all,
    request: listCalibrations,
    tag,
    summary:
      'Calibration sessions, newest first; all of those without clients for a regisseur, the own ones for a rater',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: all,
    request: planCalibration,
    tag,
    summary: 'Plan a calibration session on clients or vignettes and invite raters',
    status: 201,
    etag: 'version',
    location: one,
    examples: {
      body: {
        matrixVersion: '2017',
        scoreBy: '2026-12-01',
        cases: [{ kind: 'vignette', title: 'Vignet 1', text: 'Een jongere van negentien slaapt bij vrienden.' }],
        personIds: raters,
      },
      reply: { sessionId, version: 1, state: 'open' },
    },
  }),
  route({
    method: 'GET',
    path: `${all}/to-score`,
    request: countCalibrationsToScore,
    tag,
    summary: 'In how many sessions the asker still has something to score, and by when',
    examples: { reply: { sessions: 2, late: 0 } },
  }),
  route({
    method: 'GET',
    path: one,
    request: getCalibration,
    tag,
    summary: 'One session: as long as it is open with the own scores alone, closed with all scores and the agreement',
    etag: 'version',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: `${one}/raters`,
    request: inviteRaters,
    tag,
    summary: 'Invite more raters',
    etag: 'version',
    examples: { body: { personIds: raters }, reply: { sessionId, version: 2, state: 'open' } },
  }),
  route({
    method: 'DELETE',
    path: `${one}/raters/{personId}`,
    request: withdrawRater,
    tag,
    summary: 'Take the invitation of a rater who did not score yet back',
    etag: 'version',
  }),
  route({
    method: 'PUT',
    path: `${one}/cases/{caseId}/scores`,
    request: scoreCalibration,
    tag,
    summary: 'Score one case, blind for the other raters; the version is that of the own scores, 0 at first',
    etag: 'version',
    examples: {
      body: {
        scores: [
          { domain: 'housing', score: 3 },
          { domain: 'justice', score: 'not-assessed' },
        ],
      },
      reply: { sessionId, caseId: 'case-1', version: 1, state: 'open' },
    },
  }),
  route({
    method: 'POST',
    path: `${one}/close`,
    request: closeCalibration,
    tag,
    summary: 'Close a session, also when not everybody scored',
    etag: 'version',
    examples: { reply: { sessionId, version: 2, state: 'closed' } },
  }),
  route({
    method: 'POST',
    path: `${one}/reopen`,
    request: reopenCalibration,
    tag,
    summary: 'Open a closed session again; what counts in figures stays what was scored blind',
    etag: 'version',
    examples: { body: { reason: 'rater-missing' }, reply: { sessionId, version: 3, state: 'open' } },
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-calibration-figures',
    request: getCalibrationFigures,
    tag,
    summary: 'How far each organisation agrees with the others, per domain over closed sessions',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/zrm-level-distributions',
    request: getLevelDistributions,
    tag,
    summary: 'How each institution uses the levels, with what clients said of themselves beside it',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: settings,
    request: getCalibrationSettings,
    tag,
    etag: 'version',
    summary: 'From how many clients or vignettes on figures of calibration are shown',
    withNames: true,
  }),
  route({
    method: 'PUT',
    path: settings,
    request: updateCalibrationSettings,
    tag,
    etag: 'version',
    summary: 'Change from how many on figures of calibration are shown',
    withNames: true,
    examples: { body: { subjects: 12 } },
  }),
  route({
    method: 'GET',
    path: `${settings}/history`,
    request: calibrationSettingsHistory,
    tag,
    summary: 'These settings as they were, newest first',
    withNames: true,
  }),
];
