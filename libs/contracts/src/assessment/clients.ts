import { IsIn, IsOptional } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsCursor, IsId, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import {
  type DueKind,
  type ProgressDirection,
  type ProgressFindingKind,
  progressFindingKinds,
  type ZrmWorklist,
  zrmWorklists,
} from './codes.js';
import type { ClientProgress, MeasurementMark, ProgressFinding } from './progress.js';

/** Does the client move between baseline and target? As known now, or by what the ZRMs say until a date. */
export class GetProgress {
  @IsId() clientId: string;
  @IsOptional() @IsCivilDateText() asOf?: CivilDate;
}

/** The progress of one client, by the rules of the region that hold now. */
export interface ProgressOfClient extends ClientProgress {
  clientId: string;
  /** Version of the rules by which the findings were found. */
  settingsVersion: number;
}

/** Clients in the chain whom the asker may see and who need looking at. */
export class ListZrmClients {
  @IsIn(zrmWorklists) list: ZrmWorklist;
  /** With `changed`: only clients with a finding of this kind. */
  @IsOptional() @IsIn(progressFindingKinds) finding?: ProgressFindingKind;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** One client in a list: how they stand, in short. */
export interface ZrmClient {
  clientId: string;
  organisationId: string;
  clusterId: string;
  /** Since when the client is in the chain without a break. */
  since: CivilDate;
  /** What is missing since the arrival. */
  lacks: Extract<DueKind, 'baseline' | 'target'>[];
  /** The latest ZRM, if there is one. */
  latest?: MeasurementMark;
  /** Of the latest ZRM. */
  hasParticulars: boolean;
  direction: ProgressDirection;
  /** From 0 (baseline) to 1 (target). */
  position?: number;
  targetsSet: number;
  targetsReached: number;
  findings: ProgressFinding[];
}

const READERS = ['clientmanager', 'trajectregisseur'] as const;

export const getProgress = defineRequest<GetProgress, ProgressOfClient>('assessment.clients.progress', {
  payload: GetProgress,
  allow: READERS,
  clientData: true,
});

/** `changed` has the latest ZRM first, the other lists who is in the chain longest. */
export const listZrmClients = defineRequest<ListZrmClients, Page<ZrmClient>>('assessment.clients.list', {
  payload: ListZrmClients,
  allow: READERS,
  clientData: true,
});
