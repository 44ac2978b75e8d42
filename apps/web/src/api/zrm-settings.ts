import { queryOptions } from '@tanstack/react-query';

import type { CalibrationSettingsInForce } from '#contracts/assessment/calibration-settings.js';
import type { CalibrationMinimums } from '#contracts/assessment/calibration.js';
import type {
  DueSettings,
  DueSettingsInForce,
  DueSettingsVersion,
  LadderStep,
  Term,
} from '#contracts/assessment/due.js';
import type { ProgressSettingsInForce } from '#contracts/assessment/progress-settings.js';
import type { ProgressRule } from '#contracts/assessment/progress.js';

import { api } from './http.js';
import type { Beside } from './joined.js';
import { zrmKeys } from './zrm.js';

export type { DueSettings, LadderStep, ProgressRule, Term };

/** The region's rules with the name of who changed them. */
export type RulesInForce = Beside<ProgressSettingsInForce>;
/** From how much on figures of calibration are shown, with the name of who changed that. */
export type MinimumsInForce = Beside<CalibrationSettingsInForce>;
/** When ZRMs are due, with the name of who changed that. */
export type DueInForce = Beside<DueSettingsInForce>;

const [rules, due] = ['/v1/zrm-settings', '/v1/zrm-due-settings'];

export const zrmSettingsKeys = {
  rules: [...zrmKeys.all, 'rules'] as const,
  due: [...zrmKeys.all, 'due-settings'] as const,
  minimums: [...zrmKeys.all, 'minimums'] as const,
};

/** With the names of who changed them; the pages of a client ask for the rules alone. */
export const progressRulesQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.rules, 'named'],
  queryFn: ({ signal }) => api.get<RulesInForce>('/v1/zrm-settings', { signal }),
});

export const progressRulesHistoryQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.rules, 'versions'],
  queryFn: ({ signal }) => api.get<Beside<{ items: ProgressSettingsInForce[] }>>(`${rules}/versions`, { signal }),
});

/** All rules, and the term. */
interface RulesChange {
  rules: readonly ProgressRule[];
  correctionTermDays: number;
}

export const saveProgressRules = (version: number, body: RulesChange): Promise<RulesInForce> =>
  api.put(rules, { body, version });

/** How often to look how far clients have their new plan, while that goes on. */
const WATCH_MS = 3_000;

export const dueSettingsQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.due, 'now'],
  queryFn: ({ signal }) => api.get<DueInForce>('/v1/zrm-due-settings', { signal }),
  refetchInterval: ({ state }) => {
    const replanning = state.data?.replanning;
    return replanning !== undefined && replanning.finishedAt === undefined ? WATCH_MS : false;
  },
});

export const dueSettingsHistoryQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.due, 'versions'],
  queryFn: ({ signal }) => api.get<Beside<{ items: DueSettingsVersion[] }>>(`${due}/history`, { signal }),
});

export const saveDueSettings = (version: number, body: DueSettings): Promise<DueInForce> =>
  api.put(due, { body, version });

export const calibrationSettingsQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.minimums, 'now'],
  queryFn: ({ signal }) => api.get<MinimumsInForce>('/v1/zrm-calibration-settings', { signal }),
});

export const calibrationSettingsHistoryQuery = queryOptions({
  queryKey: [...zrmSettingsKeys.minimums, 'versions'],
  queryFn: ({ signal }) =>
    api.get<Beside<{ items: CalibrationSettingsInForce[] }>>('/v1/zrm-calibration-settings/history', { signal }),
});

export const saveCalibrationSettings = (version: number, body: CalibrationMinimums): Promise<MinimumsInForce> =>
  api.put('/v1/zrm-calibration-settings', { body, version });
