import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsExpectedVersion } from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import {
  type DueKind,
  type DueStart,
  type ReminderAudience,
  reminderAudiences,
  type ReminderCancellation,
} from './codes.js';

/** A length of time in calendar months (clamped to the end of a shorter month) and days, in this order. */
export interface Term {
  readonly months?: number;
  readonly days?: number;
}

/** One step of the ladder of reminders: so many days after the due date; negative is before. */
export interface LadderStep {
  readonly step: string;
  readonly days: number;
  readonly audience: readonly ReminderAudience[];
}

/** When ZRMs are due and who is reminded when; a setting per region (domain.md §4, Reminders). */
export interface DueSettings {
  /** Calendar months from one ZRM to the next. */
  readonly intervalMonths: number;
  /** From the arrival. */
  readonly baselineTerm: Term;
  /** From the arrival. */
  readonly targetTerm: Term;
  /** A leave of this many nights or more puts off what fell due in it; a shorter one only the reminder. */
  readonly longLeaveNights: number;
  /** What was due in a long leave, or is due sooner than this after it, is due this long after the return. */
  readonly returnTerm: Term;
  /** Wall-clock time in Amsterdam at which reminders go out, `HH:MM`. */
  readonly remindAt: string;
  /** In order of days. */
  readonly ladder: readonly LadderStep[];
}

interface StepBase {
  /** The same whenever the plan is made anew, so that nothing is sent twice. */
  readonly stepId: string;
  readonly step: string;
  readonly audience: readonly ReminderAudience[];
}

/**
 * One reminder. `planned`: at this instant, which may have passed. `held`: the client is away and it is not known until
 * when; it gets its instant at the return.
 */
export type ReminderStep =
  | (StepBase & { readonly state: 'planned'; readonly at: Date })
  | (StepBase & { readonly state: 'held' })
  | (StepBase & { readonly state: 'cancelled'; readonly because: ReminderCancellation });

/**
 * A ZRM that has to be filled in. `postponed`: another one takes its place, that counts from the return of a leave. `ended`:
 * the client left the chain, or has a date on which to leave (`leftOn`), or had the final measurement.
 */
export interface DueZrm {
  readonly dueId: string;
  /** The same for what takes its place after a leave. */
  readonly dutyId: string;
  readonly kind: DueKind;
  readonly state: 'open' | 'on-leave' | 'met' | 'postponed' | 'ended';
  /** What it is counted from: the arrival, the previous ZRM, or the return from a leave. */
  readonly countedFrom: CivilDate;
  readonly countedBy: DueStart;
  readonly dueOn: CivilDate;
  /** The day on which it was filled in. */
  readonly metOn?: CivilDate;
  /** The day of departure from the chain. */
  readonly leftOn?: CivilDate;
  /** The day on which the final measurement made it pointless. */
  readonly closedOn?: CivilDate;
  /** First day of the leave that put it off, or of the one of which nobody knows the end. */
  readonly awayFrom?: CivilDate;
  readonly steps: readonly ReminderStep[];
}

export class TermFields implements Term {
  @IsOptional() @IsInt() @Min(0) @Max(24) months?: number;
  @IsOptional() @IsInt() @Min(0) @Max(366) days?: number;
}

export class LadderStepFields implements LadderStep {
  /** Code of the step; reminders that were sent are known by it. */
  @Matches(/^[a-z][a-z0-9-]{0,29}$/) step: string;
  @IsInt() @Min(-90) @Max(366) days: number;
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(reminderAudiences, { each: true }) audience: ReminderAudience[];
}

/** Changes when ZRMs are due and who is reminded; an absent field stays. The ladder is replaced as a whole. */
export class UpdateDueSettings {
  @IsExpectedVersion() expectedVersion?: number;
  @IsOptional() @IsInt() @Min(1) @Max(24) intervalMonths?: number;
  @IsOptional() @ValidateNested() @Type(() => TermFields) baselineTerm?: TermFields;
  @IsOptional() @ValidateNested() @Type(() => TermFields) targetTerm?: TermFields;
  @IsOptional() @IsInt() @Min(1) @Max(366) longLeaveNights?: number;
  @IsOptional() @ValidateNested() @Type(() => TermFields) returnTerm?: TermFields;
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) remindAt?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(12)
  @ValidateNested({ each: true })
  @Type(() => LadderStepFields)
  ladder?: LadderStepFields[];
}

/** How far the plans of all clients were made anew after the settings changed. */
export interface Replanning {
  /** Clients whose plan followed other settings. */
  total: number;
  done: number;
  startedAt: string;
  /** Absent while it goes on. */
  finishedAt?: string;
}

/** The settings that hold, and since when. */
export interface DueSettingsInForce {
  settings: DueSettings;
  /** 0 for those that came with the software. */
  version: number;
  changedAt?: string;
  changedBy?: string;
  replanning?: Replanning;
}

/** Settings as they once were; never changed. */
export interface DueSettingsVersion {
  settings: DueSettings;
  version: number;
  changedAt: string;
  changedBy: string;
}

export interface DueSettingsHistory {
  items: DueSettingsVersion[];
}

export const getDueSettings = defineRequest<NoQuestion, DueSettingsInForce>('assessment.due-settings.get', {
  payload: NoQuestion,
  allow: ['beheerder', 'trajectregisseur', 'clientmanager'],
});

/**
 * All clients get a new plan, which takes a while: the answer and later ones tell how far it is. Nothing is sent of what lies
 * before the change by the new settings. Refuses `due-term-empty`, `due-ladder-order`, `due-step-twice`, `due-settings-same`.
 */
export const updateDueSettings = defineRequest<UpdateDueSettings, DueSettingsInForce>(
  'assessment.due-settings.update',
  {
    payload: UpdateDueSettings,
    allow: ['beheerder'],
  },
);

/** Newest first. */
export const listDueSettings = defineRequest<NoQuestion, DueSettingsHistory>('assessment.due-settings.history', {
  payload: NoQuestion,
  allow: ['beheerder'],
});
