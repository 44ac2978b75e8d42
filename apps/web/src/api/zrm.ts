import { queryOptions } from '@tanstack/react-query';

import type { ProgressOfClient } from '#contracts/assessment/clients.js';
import type { MatrixDomain, MatrixVersion, MatrixVersions } from '#contracts/assessment/matrix.js';
import type { DraftContent, MeasurementDoubt } from '#contracts/assessment/measurement.js';
import type {
  CorrectMeasurement,
  DraftDiscarded,
  DraftSaved,
  KeptCopy,
  MeasurementAnswer,
  MeasurementInput,
  MeasurementListed,
  MeasurementView,
  SubmitMeasurement,
} from '#contracts/assessment/measurements.js';
import type { DomainProgress, ProgressFinding, ProgressRule } from '#contracts/assessment/progress.js';
import type { ProgressSettingsInForce } from '#contracts/assessment/progress-settings.js';

import { api, type Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';
import { everyPage } from './paging.js';

export type {
  DomainProgress,
  DraftContent,
  DraftSaved,
  KeptCopy,
  MatrixDomain,
  MatrixVersion,
  MatrixVersions,
  MeasurementAnswer,
  MeasurementDoubt,
  MeasurementListed,
  ProgressFinding,
  ProgressOfClient,
  ProgressRule,
};

/** What is sent of a ZRM; its date is text here, which the service judges. */
export type ZrmBody = Omit<MeasurementInput, 'date'> & { date?: string };
/** `GET /v1/clients/{clientId}/zrms` as a whole, with the names of who filled in. */
export type Zrms = Page<MeasurementListed> & { names: Names };
/** `GET /v1/clients/{clientId}/zrms/{measurementId}` */
export type Zrm = MeasurementView & { names: Names };

export const zrmKeys = {
  all: ['zrm'] as const,
  /** Lists of clients: what was begun, submitted or thrown away changes them. */
  lists: ['zrm', 'lists'] as const,
  ofClient: (clientId: string) => ['zrm', 'client', clientId] as const,
};

/** They change with the software, not with the day. */
const HOUR = 3_600_000;

export const zrmVersionsQuery = queryOptions({
  queryKey: [...zrmKeys.all, 'versions'],
  queryFn: ({ signal }) => api.get<MatrixVersions>('/v1/zrm-versions', { signal }),
  staleTime: HOUR,
});

export const zrmRulesQuery = queryOptions({
  queryKey: [...zrmKeys.all, 'rules'],
  queryFn: ({ signal }) => api.get<ProgressSettingsInForce>('/v1/zrm-settings', { signal }),
  staleTime: 60_000,
});

export const zrmsQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...zrmKeys.ofClient(clientId), 'list'],
    queryFn: async ({ signal }): Promise<Zrms> => {
      const page = await everyPage<MeasurementListed, Beside<Page<MeasurementListed>>>((cursor) =>
        api.get(`/v1/clients/${clientId}/zrms`, { query: { cursor, limit: 200 }, signal }),
      );
      return { ...page, names: page.names ?? NO_NAMES };
    },
  });

export const zrmQuery = (clientId: string, measurementId: string) =>
  queryOptions({
    queryKey: [...zrmKeys.ofClient(clientId), 'one', measurementId],
    queryFn: ({ signal }) => readZrm(clientId, measurementId, signal),
  });

/** One ZRM as it stands now. */
export async function readZrm(clientId: string, measurementId: string, signal?: AbortSignal): Promise<Zrm> {
  const view = await api.get<Beside<MeasurementView>>(`/v1/clients/${clientId}/zrms/${measurementId}`, { signal });
  return { ...view, names: view.names ?? NO_NAMES };
}

/** Told in a version of the matrix, or in that of the latest ZRM. */
export const zrmProgressQuery = (clientId: string, matrixVersion?: string) =>
  queryOptions({
    queryKey: [...zrmKeys.ofClient(clientId), 'progress', matrixVersion ?? ''],
    queryFn: ({ signal }) =>
      api.get<ProgressOfClient>(`/v1/clients/${clientId}/zrm-progress`, { query: { matrixVersion }, signal }),
  });

const one = (clientId: string, measurementId: string): string => `/v1/clients/${clientId}/zrms/${measurementId}`;

export const startZrm = (clientId: string, body: ZrmBody, idempotencyKey: string): Promise<DraftSaved> =>
  api.post(`/v1/clients/${clientId}/zrms`, { body, idempotencyKey });

/** Which ZRM, and the version of it that was changed. */
export interface ZrmAt {
  clientId: string;
  measurementId: string;
  version: number;
}

export const saveZrmDraft = ({ clientId, measurementId, version }: ZrmAt, body: ZrmBody): Promise<DraftSaved> =>
  api.put(`${one(clientId, measurementId)}/draft`, { body, version, outlivesPage: true });

export const submitZrm = (
  { clientId, measurementId, version }: ZrmAt,
  body: ZrmBody & Pick<SubmitMeasurement, 'answered'>,
): Promise<MeasurementAnswer> => api.post(`${one(clientId, measurementId)}/submit`, { body, version });

export const correctZrm = (
  { clientId, measurementId, version }: ZrmAt,
  body: ZrmBody & Pick<CorrectMeasurement, 'answered' | 'reason'>,
): Promise<MeasurementAnswer> => api.post(`${one(clientId, measurementId)}/correct`, { body, version });

export const discardZrm = ({ clientId, measurementId, version }: ZrmAt): Promise<DraftDiscarded> =>
  api.delete(one(clientId, measurementId), { version });
