import { IsOptional } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsCursor, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import type { MeasurementKind, ZrmScore } from './codes.js';

/** What an institution takes along of its clients' ZRMs; only of those about a day in the period, when it is given. */
export class ListZrmHistory {
  @IsOptional() @IsCivilDateText() from?: CivilDate;
  @IsOptional() @IsCivilDateText() until?: CivilDate;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** A ZRM as it was submitted, or corrected since: scores, and no remarks. */
export interface ZrmInHistory {
  measurementId: string;
  kind: MeasurementKind;
  date: CivilDate;
  matrixVersion: string;
  submittedAt: string;
  scores: { domain: string; score: ZrmScore; clientScore?: ZrmScore }[];
}

/** The ZRMs of one client, oldest first; also of records that were merged into this one. */
export interface ZrmsOfClient {
  clientId: string;
  zrms: ZrmInHistory[];
}

/**
 * Clients of the own institution who have ZRMs, a page at a time: a page may have fewer than it could, also none, and another
 * one after it. Who is in it, is in the access log as taken along.
 */
export const listZrmHistory = defineRequest<ListZrmHistory, Page<ZrmsOfClient>>('assessment.measurements.history', {
  payload: ListZrmHistory,
  allow: ['clientmanager'],
  clientData: true,
  deadlineMs: 15_000,
});
