import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { defineFact } from '../fact.js';
import {
  type MeasurementKind,
  measurementKinds,
  type MeasurementOrigin,
  measurementOrigins,
  type ProgressFindingKind,
  progressFindingKinds,
} from './codes.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Something that the ZRM gives reason to discuss, by codes. */
export class FindingTold {
  @IsIn(progressFindingKinds) kind: ProgressFindingKind;
  /** The rule of the region; a reached target has none. */
  @IsOptional() @IsString() @Length(1, 40) ruleId?: string;
  /** Domain, in the version of the ZRM; a stagnation of the client as a whole has none. */
  @IsOptional() @IsString() @Length(1, 60) domain?: string;
}

/**
 * A ZRM of a client was submitted or corrected (domain.md §4). Codes only: no levels, no remarks. A correction tells only
 * what the ZRM did not tell before, so that nothing is told twice.
 */
export class ZrmSubmitted {
  @IsString() @Length(1, 100) clientId: string;
  @IsString() @Length(1, 100) measurementId: string;
  @IsIn(['submitted', 'corrected']) change: 'submitted' | 'corrected';
  /** How it came in, also what is told now; a form when nothing is said. Of a file only what is recent is told. */
  @IsOptional() @IsIn(measurementOrigins) origin?: MeasurementOrigin;
  @IsIn(measurementKinds) kind: MeasurementKind;
  /** The day that the ZRM is about. */
  @Matches(DATE) date: string;
  @IsISO8601() recordedAt: string;
  /** Who submitted or corrected it. */
  @IsString() @Length(1, 100) recordedBy: string;
  /** Where the client stays, or stayed last. */
  @IsOptional() @IsString() @Length(1, 100) clusterId?: string;
  @IsOptional() @IsString() @Length(1, 100) organisationId?: string;
  /** There are remarks that somebody should want to discuss. */
  @IsBoolean() particulars: boolean;
  @IsArray() @ValidateNested({ each: true }) @Type(() => FindingTold) findings: FindingTold[];
  /** Counts the ZRM facts of one client: orders them. */
  @IsInt() @Min(1) version: number;
}

export const zrmSubmitted = defineFact('nl.doorstroom.assessment.zrm-submitted.v1', {
  data: ZrmSubmitted,
  summary:
    'A ZRM was submitted or corrected; with whether it has particulars, a drop, a stagnation or a reached target.',
});
