import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsCursor, IsId, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import {
  type DueKind,
  type DueStart,
  type MeasurementKind,
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
  /** Told in this version of the matrix, as far as it can be compared; else in that of the latest ZRM. */
  @IsOptional() @IsString() @Length(1, 40) matrixVersion?: string;
}

/** A ZRM that is waited for, as it stands today (domain.md §4, Reminders). */
export interface ZrmDue {
  kind: DueKind;
  dueOn: CivilDate;
  /** What the date is counted from, and which day that was: the why of the date. */
  countedBy: DueStart;
  countedFrom: CivilDate;
  /** Whole days since the date; 0 on the day itself and before it. */
  daysLate: number;
  /** The client is away and nobody knows until when: for now nothing is expected. */
  held: boolean;
}

/** The progress of one client, by the rules of the region that hold now. */
export interface ProgressOfClient extends ClientProgress {
  clientId: string;
  /** What is missing since the arrival, as known now. */
  lacks: Extract<DueKind, 'baseline' | 'target'>[];
  /** What is waited for now, soonest first; empty for who is not in the chain. */
  due: ZrmDue[];
  /** Version of the rules by which the findings were found. */
  settingsVersion: number;
}

/** Which clients in the chain count, of those whom the asker may see. */
export class CountZrmClients {
  /** With `due`: dates before this day. Without it: as long ahead as the region begins to remind. */
  @IsOptional() @IsCivilDateText() dueBefore?: CivilDate;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
}

/** One of the lists. */
export class ZrmClientsInList extends CountZrmClients {
  @IsIn(zrmWorklists) list: ZrmWorklist;
  /** With `changed`: only clients with a finding of this kind. */
  @IsOptional() @IsIn(progressFindingKinds) finding?: ProgressFindingKind;
}

/** A page of clients who need looking at. */
export class ListZrmClients extends ZrmClientsInList {
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Per list exactly as many as the list has with the same filters. */
export type ZrmClientCounts = Record<ZrmWorklist, number>;

/** A draft that somebody began. */
export interface ZrmDraftMark {
  measurementId: string;
  kind: MeasurementKind;
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
  /** What is waited for, soonest first. */
  due: ZrmDue[];
  /** Begun and not submitted; only for who may go on with it. */
  drafts: ZrmDraftMark[];
}

const READERS = ['clientmanager', 'trajectregisseur'] as const;

export const getProgress = defineRequest<GetProgress, ProgressOfClient>('assessment.clients.progress', {
  payload: GetProgress,
  allow: READERS,
  clientData: true,
});

/**
 * `late` and `due` have the earliest date first, `changed` the latest ZRM, the other lists who is in the chain longest. The
 * first page says how many there are in all.
 */
export const listZrmClients = defineRequest<ListZrmClients, Page<ZrmClient>>('assessment.clients.list', {
  payload: ListZrmClients,
  allow: READERS,
  clientData: true,
});

/** All lists at once, without any client. */
export const countZrmClients = defineRequest<CountZrmClients, ZrmClientCounts>('assessment.clients.counts', {
  payload: CountZrmClients,
  allow: READERS,
});
