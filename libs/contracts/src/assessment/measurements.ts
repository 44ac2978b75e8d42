import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsCursor, IsId, IsIdempotencyKey, IsPageLimit, IsZrmScore } from '../field-rules.js';
import type { Page } from '../paging.js';
import type { FieldProblem } from '../refusal.js';
import { defineRequest } from '../request.js';
import {
  type MeasurementCorrectionReason,
  measurementCorrectionReasons,
  type MeasurementKind,
  measurementKinds,
  type MeasurementOrigin,
  type MeasurementQuestion,
  measurementQuestions,
  type MeasurementState,
  measurementStates,
  type Participant,
  participants,
  type WeightAnswer,
  weightAnswers,
  type WeightFactor,
  weightFactors,
  type ZrmScore,
} from './codes.js';
import { MAX_PARTICULARS, MAX_REMARK } from './measurement.js';
import type { DraftContent, MeasurementContent, MeasurementDoubt } from './measurement.js';

/**
 * Filling in ZRMs (domain.md §4). The institution of the client writes; the regisseur of the client reads what was
 * submitted. A client outside the asker's relations is refused with `not-found`: that the client exists is not told.
 */

/** What was filled in for one domain; anything may still be missing in a draft. */
export class ScoreInput {
  @IsString() @Length(1, 60) domain: string;
  @IsOptional() @IsZrmScore() score?: ZrmScore;
  /** What the client says of themselves. */
  @IsOptional() @IsZrmScore() clientScore?: ZrmScore;
  @IsOptional() @IsString() @MaxLength(MAX_REMARK) remark?: string;
}

/** A weight factor that is noted beside the scores. */
export class WeightInput {
  @IsIn(weightFactors) factor: WeightFactor;
  @IsIn(weightAnswers) answer: WeightAnswer;
  @IsOptional() @IsString() @MaxLength(MAX_REMARK) note?: string;
}

/** A ZRM as it is filled in, whole: what is absent is empty. */
export class MeasurementInput {
  @IsIn(measurementKinds) kind: MeasurementKind;
  /** The day that it is about; for a target the day on which it was set. */
  @IsOptional() @IsCivilDateText() date?: CivilDate;
  @IsString() @Length(1, 40) matrixVersion: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) supplements?: string[];
  @IsArray() @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => ScoreInput) scores: ScoreInput[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => WeightInput)
  weights?: WeightInput[];
  /** Remarks that somebody should want to discuss (bijzonderheden). */
  @IsOptional() @IsString() @MaxLength(MAX_PARTICULARS) particulars?: string;
  /** With whom it was filled in. */
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(participants, { each: true }) participants?: Participant[];
}

/** Starts a ZRM as a draft. The same key gives the one that was started before. */
export class StartMeasurement extends MeasurementInput {
  @IsId() clientId: string;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** One ZRM of one client. */
export class MeasurementById {
  @IsId() clientId: string;
  @IsId() measurementId: string;
}

/** Saves a draft as a whole; done by the form itself, every few seconds. */
export class SaveDraft extends MeasurementInput {
  @IsId() clientId: string;
  @IsId() measurementId: string;
  /** Version of the draft that was changed. */
  @IsInt() @Min(1) expectedVersion: number;
}

/** Submits a draft with the content that stands in the form. */
export class SubmitMeasurement extends SaveDraft {
  /** Questions to which was said that it is right so. */
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(measurementQuestions, { each: true }) answered?: MeasurementQuestion[];
}

/** Corrects what was submitted, within the term; what stood before is kept. */
export class CorrectMeasurement extends SubmitMeasurement {
  @IsIn(measurementCorrectionReasons) reason: MeasurementCorrectionReason;
}

/** Throws a draft away, with everything that was kept beside it. */
export class DiscardDraft extends MeasurementById {
  @IsInt() @Min(1) expectedVersion: number;
}

/** ZRMs of one client, newest date first; drafts come first. */
export class ListMeasurements {
  @IsId() clientId: string;
  @IsOptional() @IsIn(measurementKinds) kind?: MeasurementKind;
  @IsOptional() @IsIn(measurementStates) state?: MeasurementState;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/**
 * What became of a draft that was saved. `kept-aside`: somebody else saved or submitted it meanwhile; what was sent is kept
 * beside it and stands among the copies of the ZRM, so that nothing is lost.
 */
export interface DraftSaved {
  outcome: 'saved' | 'kept-aside';
  measurementId: string;
  /** Of the ZRM as it stands now. */
  version: number;
  state: MeasurementState;
  /** What it still misses before it can be submitted. */
  missing: FieldProblem[];
}

/** A ZRM was submitted or corrected, or something is asked first and nothing was stored. */
export type MeasurementAnswer =
  | { outcome: 'accepted'; measurementId: string; version: number; state: MeasurementState }
  | { outcome: 'question'; doubts: MeasurementDoubt[] };

export interface DraftDiscarded {
  measurementId: string;
}

/** What stood before a correction. */
export interface EarlierEdition {
  version: number;
  content: MeasurementContent;
  recordedBy: string;
  recordedAt: string;
}

/** What was saved on a version of the draft that was no longer the newest. */
export interface KeptCopy {
  copyId: string;
  content: DraftContent;
  recordedBy: string;
  recordedAt: string;
}

/** One ZRM with everything in it. */
export interface MeasurementView {
  measurementId: string;
  clientId: string;
  version: number;
  state: MeasurementState;
  origin: MeasurementOrigin;
  content: DraftContent;
  /** Who saved the draft or submitted the ZRM, and when. */
  recordedBy: string;
  recordedAt: string;
  /** What a draft still misses before it can be submitted. */
  missing: FieldProblem[];
  /** The last correction. */
  correction?: { changedBy: string; changedAt: string; reason: MeasurementCorrectionReason };
  /** Last day on which it can be corrected. */
  correctableUntil?: CivilDate;
  /** Oldest first. */
  earlier: EarlierEdition[];
  /** Oldest first. */
  copies: KeptCopy[];
}

/** One ZRM in a list. */
export interface MeasurementListed {
  measurementId: string;
  clientId: string;
  version: number;
  state: MeasurementState;
  /** How it came in; of one from a file `recordedAt` is when the file was carried out. */
  origin: MeasurementOrigin;
  kind: MeasurementKind;
  date?: CivilDate;
  matrixVersion: string;
  hasParticulars: boolean;
  /** How many domains have a level. */
  domainsAssessed: number;
  recordedBy: string;
  recordedAt: string;
}

const WRITERS = ['clientmanager'] as const;
const READERS = ['clientmanager', 'trajectregisseur'] as const;

export const startMeasurement = defineRequest<StartMeasurement, DraftSaved>('assessment.measurements.start', {
  payload: StartMeasurement,
  allow: WRITERS,
});

export const saveDraft = defineRequest<SaveDraft, DraftSaved>('assessment.measurements.save-draft', {
  payload: SaveDraft,
  allow: WRITERS,
});

/** Refuses: `stale-version`, `zrm-already-submitted`, and whatever is wrong with the content, by field. */
export const submitMeasurement = defineRequest<SubmitMeasurement, MeasurementAnswer>('assessment.measurements.submit', {
  payload: SubmitMeasurement,
  allow: WRITERS,
  clientData: true,
});

/**
 * Refuses: `stale-version`, `zrm-still-draft`, `zrm-correction-term-over`, `zrm-correction-empty`,
 * `zrm-too-many-corrections`, and by field.
 */
export const correctMeasurement = defineRequest<CorrectMeasurement, MeasurementAnswer>(
  'assessment.measurements.correct',
  { payload: CorrectMeasurement, allow: WRITERS, clientData: true },
);

/** Refuses: `stale-version`, `zrm-already-submitted`. */
export const discardDraft = defineRequest<DiscardDraft, DraftDiscarded>('assessment.measurements.discard', {
  payload: DiscardDraft,
  allow: WRITERS,
});

export const getMeasurement = defineRequest<MeasurementById, MeasurementView>('assessment.measurements.get', {
  payload: MeasurementById,
  allow: READERS,
  clientData: true,
});

export const listMeasurements = defineRequest<ListMeasurements, Page<MeasurementListed>>(
  'assessment.measurements.list',
  { payload: ListMeasurements, allow: READERS, clientData: true },
);
