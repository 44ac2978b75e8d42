import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsCursor, IsExpectedVersion, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';

/** What a regisseur guards: clusters of places, and clients one by one. Several may share a cluster (domain.md §2). */
export interface Caseload {
  personId: string;
  clusterIds: string[];
  clientIds: string[];
  /** Sees what nobody is responsible for, and may change caseloads. */
  coordinator: boolean;
  /** 0 when the person has no caseload yet. */
  version: number;
  updatedAt?: string;
  updatedBy?: string;
}

/** An earlier version of a caseload. */
export interface CaseloadVersion extends Caseload {
  updatedAt: string;
  updatedBy: string;
}

/** Somebody is away and a colleague replaces them; `from` ≤ day < `until`. */
export interface Absence {
  absenceId: string;
  personId: string;
  replacementPersonId: string;
  from: string;
  /** First day back. */
  until: string;
  state: 'planned' | 'current' | 'past' | 'cancelled';
  createdBy: string;
  createdAt: string;
  cancelledBy?: string;
  cancelledAt?: string;
}

export class ListCaseloads {
  @IsOptional() @IsId() personId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Replaces a caseload as a whole. */
export class PutCaseload {
  @IsId() personId: string;
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  clusterIds: string[];
  @IsArray()
  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  clientIds: string[];
  /** Absent: stays. */
  @IsOptional() @IsBoolean() coordinator?: boolean;
  @IsExpectedVersion() expectedVersion?: number;
}

export class CaseloadOf {
  @IsId() personId: string;
}

export class ListAbsences {
  @IsOptional() @IsId() personId?: string;
  /** Also what is past or cancelled. */
  @IsOptional() @IsBoolean() all?: boolean;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class CreateAbsence {
  @IsId() personId: string;
  @IsId() replacementPersonId: string;
  @IsCivilDateText() from: CivilDate;
  /** First day back. */
  @IsCivilDateText() until: CivilDate;
  @IsIdempotencyKey() idempotencyKey?: string;
}

export class CancelAbsence {
  @IsId() absenceId: string;
}

/** Caseload of one colleague whom the person replaces today, directly or as replacement of a replacement. */
export interface Replacing {
  personId: string;
  /** First day on which the colleague is back. */
  until: string;
  clusterIds: string[];
  clientIds: string[];
}

/** The relations that the gateway puts into the proof of a caller. */
export interface CallerRelations {
  /** Clusters of the own caseload and of the caseloads of colleagues being replaced. */
  clusterIds: string[];
  clientIds: string[];
  replacing: Replacing[];
  coordinator: boolean;
}

export const listCaseloads = defineRequest<ListCaseloads, Page<Caseload>>('notifications.caseloads.list', {
  payload: ListCaseloads,
  allow: ['beheerder', 'trajectregisseur'],
  clientData: true,
});

/**
 * By an operator, or by a regisseur with coordinator duty. Refuses: `person-unknown`, `cluster-unknown`,
 * `not-a-regisseur`, `stale-version`.
 */
export const putCaseload = defineRequest<PutCaseload, Caseload>('notifications.caseloads.put', {
  payload: PutCaseload,
  allow: ['beheerder', 'trajectregisseur'],
  clientData: true,
  deadlineMs: 10_000,
});

/** Earlier versions, newest first. */
export const caseloadHistory = defineRequest<CaseloadOf, Page<CaseloadVersion>>('notifications.caseloads.history', {
  payload: CaseloadOf,
  allow: ['beheerder', 'trajectregisseur'],
  clientData: true,
});

export const listAbsences = defineRequest<ListAbsences, Page<Absence>>('notifications.absences.list', {
  payload: ListAbsences,
  allow: ['beheerder', 'trajectregisseur', 'clientmanager'],
});

/**
 * Own absence, or any by an operator or coordinator. Refuses: `date-order`, `absence-overlaps`,
 * `replacement-unfit`, `person-unknown`.
 */
export const createAbsence = defineRequest<CreateAbsence, Absence>('notifications.absences.create', {
  payload: CreateAbsence,
  allow: ['beheerder', 'trajectregisseur', 'clientmanager'],
  deadlineMs: 10_000,
});

/** Cancels an absence that has not ended; it stays readable. */
export const cancelAbsence = defineRequest<CancelAbsence, Absence>('notifications.absences.cancel', {
  payload: CancelAbsence,
  allow: ['beheerder', 'trajectregisseur', 'clientmanager'],
});

/** Asked by the gateway at sign-in, and again every minute or so while a session lives. */
export const callerRelations = defineRequest<CaseloadOf, CallerRelations>('notifications.callers.relations', {
  payload: CaseloadOf,
  allow: ['service'],
});
