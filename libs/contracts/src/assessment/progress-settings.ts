import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { fieldsByKind, IsExpectedVersion } from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import type { DomainReference, ProgressRule } from './progress.js';

/** What the region decides about findings and corrections (domain.md §4). */
export interface ProgressSettings {
  /** When somebody stagnates, and what is a drop. */
  rules: ProgressRule[];
  /** Days after the day of submitting on which a ZRM can be corrected. */
  correctionTermDays: number;
}

/** The settings that hold, and since when. */
export interface ProgressSettingsInForce extends ProgressSettings {
  /** 0 for those that came with the software. */
  version: number;
  changedAt?: string;
  changedBy?: string;
}

/** A domain of a version of the matrix. */
export class DomainReferenceInput implements DomainReference {
  @IsString() @Length(1, 40) matrixVersion: string;
  @IsString() @Length(1, 60) domain: string;
}

/** Kinds of rule that a region can make. */
export const progressRuleKinds = ['stagnation', 'drop'] as const satisfies readonly ProgressRule['kind'][];
const forKind = fieldsByKind('kind', progressRuleKinds);

/** One rule; `zrms` and `scope` belong to a stagnation, `levels` to a drop. */
export class ProgressRuleInput {
  /** Code of the rule: a finding that was told is known by it. */
  @Matches(/^[a-z][a-z0-9-]{0,39}$/) ruleId: string;
  @IsIn(progressRuleKinds) kind: (typeof progressRuleKinds)[number];
  @forKind.field({ stagnation: 'required' }) @IsIn(['client', 'domain']) scope?: 'client' | 'domain';
  @forKind.field({ stagnation: 'required' }) @IsInt() @Min(1) @Max(12) zrms?: number;
  @forKind.field({ drop: 'required' }) @IsInt() @Min(1) @Max(4) levels?: number;
  /** Only these domains; all of them when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => DomainReferenceInput)
  domains?: DomainReferenceInput[];
}

/** Changes the settings; an absent field stays. The rules are replaced as a whole. */
export class UpdateProgressSettings {
  @IsExpectedVersion() expectedVersion?: number;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ProgressRuleInput)
  rules?: ProgressRuleInput[];
  @IsOptional() @IsInt() @Min(0) @Max(366) correctionTermDays?: number;
}

/** Who works with ZRMs may know by which rules; only an operator changes them. */
const READERS = ['beheerder', 'clientmanager', 'trajectregisseur'] as const;

export const getProgressSettings = defineRequest<NoQuestion, ProgressSettingsInForce>(
  'assessment.progress-settings.get',
  { payload: NoQuestion, allow: READERS },
);

/** Refuses: `stale-version`, `zrm-version-unknown`, `zrm-domain-unknown`, `zrm-rule-twice`. */
export const updateProgressSettings = defineRequest<UpdateProgressSettings, ProgressSettingsInForce>(
  'assessment.progress-settings.update',
  { payload: UpdateProgressSettings, allow: ['beheerder'] },
);

/** Every version of the settings, newest first. */
export const progressSettingsHistory = defineRequest<NoQuestion, { items: ProgressSettingsInForce[] }>(
  'assessment.progress-settings.history',
  { payload: NoQuestion, allow: READERS },
);
