import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Min,
  ValidateNested,
} from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  fieldsByKind,
  IsCivilDateText,
  IsCursor,
  IsId,
  IsIdempotencyKey,
  IsPageLimit,
  IsZrmScore,
} from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import { type Agreement, MOST_CASES, MOST_RATERS } from './calibration.js';
import {
  type CalibrationCaseKind,
  calibrationCaseKinds,
  type CalibrationEventKind,
  type CalibrationReopenReason,
  calibrationReopenReasons,
  type CalibrationState,
  calibrationStates,
  type ZrmScore,
} from './codes.js';

const forKind = fieldsByKind('kind', calibrationCaseKinds);

/** A client, or a story that everybody reads (vignette); a vignette holds nothing about a real person. */
export class CalibrationCaseInput {
  @IsIn(calibrationCaseKinds) kind: CalibrationCaseKind;
  @forKind.field({ client: 'required' }) @IsString() @Length(1, 100) clientId?: string;
  @forKind.field({ vignette: 'required' }) @IsString() @Length(1, 200) title?: string;
  @forKind.field({ vignette: 'required' }) @IsString() @Length(1, 4000) text?: string;
}

/** Plans a session (ijking, domain.md §4). The same key gives the one that was planned before. */
export class PlanCalibration {
  @IsString() @Length(1, 40) matrixVersion: string;
  /** Day by which everybody should have scored. */
  @IsOptional() @IsCivilDateText() scoreBy?: CivilDate;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CASES)
  @ValidateNested({ each: true })
  @Type(() => CalibrationCaseInput)
  cases: CalibrationCaseInput[];
  /** Who scores. */
  @IsArray() @ArrayMaxSize(MOST_RATERS) @IsString({ each: true }) @Length(1, 100, { each: true }) personIds: string[];
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** One session. */
export class CalibrationById {
  @IsId() sessionId: string;
}

/** A change of a session by who plans; scores of raters are no change of it. */
class ChangeCalibration extends CalibrationById {
  @IsInt() @Min(1) expectedVersion: number;
}

/** Invites more raters. */
export class InviteRaters extends ChangeCalibration {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_RATERS)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  personIds: string[];
}

/** Takes an invitation back. */
export class WithdrawRater extends ChangeCalibration {
  @IsId() personId: string;
}

/** Closes a session, also when not everybody scored: from then on all scores are seen. */
export class CloseCalibration extends ChangeCalibration {}

/** Opens a session again. */
export class ReopenCalibration extends ChangeCalibration {
  @IsIn(calibrationReopenReasons) reason: CalibrationReopenReason;
}

/** What a rater gives one domain. */
export class CalibrationScoreInput {
  @IsString() @Length(1, 60) domain: string;
  @IsZrmScore() score: ZrmScore;
}

/** Scores one case, whole: every domain a level or not assessed. */
export class ScoreCalibration extends CalibrationById {
  @IsId() caseId: string;
  /** Of the own scores of this case that were changed; 0 for the first time. */
  @IsInt() @Min(0) expectedVersion: number;
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CalibrationScoreInput)
  scores: CalibrationScoreInput[];
}

/** Sessions that the asker plans or scores in, or may plan; newest first. */
export class ListCalibrations {
  @IsOptional() @IsIn(calibrationStates) state?: CalibrationState;
  /** Only open ones in which the asker still has a case to score. */
  @IsOptional() @IsBoolean() toScore?: boolean;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** What became of a change. */
export interface CalibrationChanged {
  sessionId: string;
  version: number;
  state: CalibrationState;
}

/** What became of scores. `closed` when these were the last that were waited for. */
export interface CalibrationScored {
  sessionId: string;
  caseId: string;
  /** Of the own scores of this case. */
  version: number;
  state: CalibrationState;
}

/** What is scored. */
export interface CalibrationCase {
  caseId: string;
  kind: CalibrationCaseKind;
  clientId?: string;
  title?: string;
  text?: string;
}

/** Who was invited, and how far they are. */
export interface CalibrationRater {
  personId: string;
  /** For which organisation they score; known when they scored. */
  organisationId?: string;
  casesScored: number;
}

/** What one rater gave one case. */
export interface CalibrationScores {
  personId: string;
  caseId: string;
  version: number;
  scoredAt: string;
  scores: { domain: string; score: ZrmScore }[];
  /** False when the rater may have seen the scores of others before: such scores count in no figure. */
  blind: boolean;
  /** What the rater gave blind, when it was changed after that: this counts. */
  blindScores?: { domain: string; score: ZrmScore }[];
}

/** What happened to a session. */
export interface CalibrationEvent {
  kind: CalibrationEventKind;
  at: string;
  by: string;
  personIds?: string[];
  reason?: CalibrationReopenReason;
}

/** How far the raters agree on one domain. */
export interface DomainAgreement {
  domain: string;
  agreement: Agreement;
}

/** A session as the asker may see it. */
export interface CalibrationView extends CalibrationChanged {
  matrixVersion: string;
  scoreBy?: CivilDate;
  createdBy: string;
  createdAt: string;
  cases: CalibrationCase[];
  raters: CalibrationRater[];
  /** The asker was invited to score. */
  isRater: boolean;
  /** As long as the session is open only the asker's own. */
  scores: CalibrationScores[];
  /** Only of a closed session. */
  agreement?: DomainAgreement[];
  /** Oldest first. */
  history: CalibrationEvent[];
}

/** A session in a list. */
export interface CalibrationListed extends CalibrationChanged {
  matrixVersion: string;
  scoreBy?: CivilDate;
  createdBy: string;
  createdAt: string;
  /** How many, and of which clients; vignettes have no client. */
  cases: number;
  clientIds: string[];
  raters: number;
  ratersReady: number;
  isRater: boolean;
  /** Cases that the asker still has to score. */
  ownToScore: number;
}

/** What waits for the asker as a rater: exactly the sessions that the list gives with `toScore`. */
export interface CalibrationsToScore {
  sessions: number;
  /** Of these sessions the day by which to score has passed. */
  late: number;
  /** The first day by which to score; absent when none has one. */
  scoreBy?: CivilDate;
}

/** The regisseur calibrates the use of the ZRM (domain.md §2). */
const PLANNERS = ['trajectregisseur'] as const;
const RATERS = ['clientmanager', 'trajectregisseur'] as const;

/**
 * Refuses: `not-found` (a client), `zrm-version-unknown`, `calibration-raters-too-few`, `calibration-rater-twice`,
 * `calibration-client-twice`, `calibration-date-past`, `idempotency-key-reused`.
 */
export const planCalibration = defineRequest<PlanCalibration, CalibrationChanged>('assessment.calibration.plan', {
  payload: PlanCalibration,
  allow: PLANNERS,
});

/** Refuses: `stale-version`, `calibration-closed`, `calibration-rater-twice`, `calibration-raters-too-many`. */
export const inviteRaters = defineRequest<InviteRaters, CalibrationChanged>('assessment.calibration.invite', {
  payload: InviteRaters,
  allow: PLANNERS,
});

/** Refuses: `stale-version`, `calibration-closed`, `calibration-rater-scored`, `calibration-raters-too-few`. */
export const withdrawRater = defineRequest<WithdrawRater, CalibrationChanged>('assessment.calibration.withdraw', {
  payload: WithdrawRater,
  allow: PLANNERS,
});

/** Refuses: `stale-version`, `calibration-closed`, `calibration-not-invited`, and by field what is wrong with a score. */
export const scoreCalibration = defineRequest<ScoreCalibration, CalibrationScored>('assessment.calibration.score', {
  payload: ScoreCalibration,
  allow: RATERS,
});

/** Refuses: `stale-version`, `calibration-closed`. */
export const closeCalibration = defineRequest<CloseCalibration, CalibrationChanged>('assessment.calibration.close', {
  payload: CloseCalibration,
  allow: PLANNERS,
});

/** Refuses: `stale-version`, `calibration-still-open`. */
export const reopenCalibration = defineRequest<ReopenCalibration, CalibrationChanged>('assessment.calibration.reopen', {
  payload: ReopenCalibration,
  allow: PLANNERS,
});

export const getCalibration = defineRequest<CalibrationById, CalibrationView>('assessment.calibration.get', {
  payload: CalibrationById,
  allow: RATERS,
  clientData: true,
});

export const listCalibrations = defineRequest<ListCalibrations, Page<CalibrationListed>>(
  'assessment.calibration.list',
  { payload: ListCalibrations, allow: RATERS, clientData: true },
);

/** Numbers and a date only: it shows no client, and can be asked time and again. */
export const countCalibrationsToScore = defineRequest<NoQuestion, CalibrationsToScore>(
  'assessment.calibration.count-to-score',
  { payload: NoQuestion, allow: RATERS },
);
