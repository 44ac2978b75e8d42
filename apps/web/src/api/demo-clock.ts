import { queryOptions } from '@tanstack/react-query';

import type { DemoClockState, MoveDemoClock } from '#contracts/demo-clock.js';

import { api } from './http.js';

/** How far the date goes: a date, calendar months or days. */
export type DateMove = Pick<MoveDemoClock, 'months' | 'days'> & { to?: string };

/** `GET /v1/demo-clock` */
export const demoClockQuery = queryOptions({
  queryKey: ['demo-clock'],
  queryFn: ({ signal }) => api.get<DemoClockState>('/v1/demo-clock', { signal }),
});

/** Moves the date for everybody. @param version the date as it is shown: of two who move it at once, the second is told */
export const moveDate = (move: DateMove, version: number): Promise<DemoClockState> =>
  api.post('/v1/demo-clock/move', { body: move, version });
