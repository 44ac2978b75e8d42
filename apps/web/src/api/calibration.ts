import { queryOptions } from '@tanstack/react-query';

import type { CalibrationFigures, LevelDistributions } from '#contracts/assessment/calibration-figures.js';
import type {
  CalibrationCase,
  CalibrationCaseInput,
  CalibrationChanged,
  CalibrationListed,
  CalibrationScored,
  CalibrationScores,
  CalibrationView,
} from '#contracts/assessment/calibration-sessions.js';
import type { Agreement, LevelDistribution } from '#contracts/assessment/calibration.js';
import type { CalibrationReopenReason, CalibrationState, ZrmScore } from '#contracts/assessment/codes.js';

import { CALIBRATIONS } from './calibrations-to-score.js';
import { api, type Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';
import { pagedQuery } from './paging.js';

export type { Agreement, CalibrationCase, CalibrationScores, LevelDistribution };

/** A session in a list, with the names of who is in it. */
export type CalibrationLine = CalibrationListed & { names: Names };
/** `GET /v1/zrm-calibrations/{sessionId}` */
export type Calibration = CalibrationView & { names: Names };
/** `GET /v1/zrm-calibration-figures` */
export type Figures = CalibrationFigures & { names: Names };
/** `GET /v1/zrm-level-distributions` */
export type Distributions = LevelDistributions & { names: Names };

/** A case as it is sent: a plain object. */
export type CaseInput = Pick<CalibrationCaseInput, keyof CalibrationCaseInput>;

export const calibrationKeys = {
  all: CALIBRATIONS,
  one: (sessionId: string) => [...CALIBRATIONS, 'one', sessionId] as const,
};

const sessions = '/v1/zrm-calibrations';

interface CalibrationFilter {
  state?: CalibrationState | undefined;
  toScore?: true | undefined;
}

/** Newest first. */
export const calibrationsQuery = (filter: CalibrationFilter) =>
  pagedQuery<CalibrationLine>([...calibrationKeys.all, 'list', filter], async (cursor, signal) => {
    const page = await api.get<Beside<Page<CalibrationListed>>>('/v1/zrm-calibrations', {
      query: { ...filter, cursor },
      signal,
    });
    return { ...page, items: page.items.map((item) => ({ ...item, names: page.names ?? NO_NAMES })) };
  });

export const calibrationQuery = (sessionId: string) =>
  queryOptions({
    queryKey: calibrationKeys.one(sessionId),
    queryFn: async ({ signal }): Promise<Calibration> => {
      const view = await api.get<Beside<CalibrationView>>(`${sessions}/${sessionId}`, { signal });
      return { ...view, names: view.names ?? NO_NAMES };
    },
  });

interface Plan {
  matrixVersion: string;
  scoreBy?: string;
  cases: CaseInput[];
  personIds: string[];
}

export const planCalibration = (body: Plan, idempotencyKey: string): Promise<CalibrationChanged> =>
  api.post(sessions, { body, idempotencyKey });

/** Which session, and the version of it that was changed. */
type At = Pick<Calibration, 'sessionId' | 'version'>;

export const inviteRaters = ({ sessionId, version }: At, personIds: string[]): Promise<CalibrationChanged> =>
  api.post(`${sessions}/${sessionId}/raters`, { body: { personIds }, version });

export const withdrawRater = ({ sessionId, version }: At, personId: string): Promise<CalibrationChanged> =>
  api.delete(`${sessions}/${sessionId}/raters/${personId}`, { version });

export const closeCalibration = ({ sessionId, version }: At): Promise<CalibrationChanged> =>
  api.post(`${sessions}/${sessionId}/close`, { version });

export const reopenCalibration = (
  { sessionId, version }: At,
  reason: CalibrationReopenReason,
): Promise<CalibrationChanged> => api.post(`${sessions}/${sessionId}/reopen`, { body: { reason }, version });

/** `version`: of the own scores of this case; 0 for the first time. */
export const scoreCase = (
  { sessionId, caseId, version }: { sessionId: string; caseId: string; version: number },
  scores: { domain: string; score: ZrmScore }[],
): Promise<CalibrationScored> =>
  api.put(`${sessions}/${sessionId}/cases/${caseId}/scores`, { body: { scores }, version });

interface FiguresFilter {
  matrixVersion?: string | undefined;
  from?: string | undefined;
}

export const calibrationFiguresQuery = (filter: FiguresFilter) =>
  queryOptions({
    queryKey: [...calibrationKeys.all, 'figures', filter],
    queryFn: async ({ signal }): Promise<Figures> => {
      const query = { ...filter };
      const figures = await api.get<Beside<CalibrationFigures>>('/v1/zrm-calibration-figures', { query, signal });
      return { ...figures, names: figures.names ?? NO_NAMES };
    },
  });

export const levelDistributionsQuery = ({ matrixVersion, from }: FiguresFilter) =>
  queryOptions({
    queryKey: [...calibrationKeys.all, 'distributions', { matrixVersion, from }],
    queryFn: async ({ signal }): Promise<Distributions> => {
      const query = { matrixVersion, since: from };
      const levels = await api.get<Beside<LevelDistributions>>('/v1/zrm-level-distributions', { query, signal });
      return { ...levels, names: levels.names ?? NO_NAMES };
    },
  });
