import { queryOptions } from '@tanstack/react-query';

import type { CalibrationsToScore } from '#contracts/assessment/calibration-sessions.js';

import { api } from './http.js';

export type { CalibrationsToScore };

/** What begins the keys of everything about calibration; here, so that the frame need not fetch the rest. */
export const CALIBRATIONS = ['zrm-calibrations'] as const;

/** In how many sessions the person still has something to score, and by when. */
export const calibrationsToScoreQuery = queryOptions({
  queryKey: [...CALIBRATIONS, 'to-score'],
  queryFn: ({ signal }) => api.get<CalibrationsToScore>('/v1/zrm-calibrations/to-score', { signal }),
});
