import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
} from 'class-validator';
import { defineFact } from '../fact.js';
import {
  type DueChange,
  dueChanges,
  type DueKind,
  dueKinds,
  type DueSettlement,
  dueSettlements,
  type ReminderAudience,
  reminderAudiences,
} from './codes.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A step of the ladder of reminders has come, or what it reminded of is no longer waited for (domain.md §4). */
export class ZrmDueChanged {
  @IsString() @Length(1, 100) clientId: string;
  /** Counts what was told of the client's due dates; orders these facts. */
  @IsInt() @Min(1) version: number;
  @IsIn(dueChanges) change: DueChange;
  /** Which ZRM: the same in all reminders of it and when it is settled. */
  @IsString() @Length(1, 300) dueId: string;
  @IsIn(dueKinds) due: DueKind;
  @Matches(DATE) dueOn: string;
  @IsISO8601() recordedAt: string;
  /** The step as the region calls it; only of a reminder. */
  @IsOptional() @IsString() @Length(1, 30) step?: string;
  /** Who is reminded, by relation; empty when it is settled. */
  @IsArray() @ArrayUnique() @IsIn(reminderAudiences, { each: true }) audience: ReminderAudience[];
  @IsOptional() @IsIn(dueSettlements) because?: DueSettlement;
  /** Where the client stays, or stayed last. */
  @IsOptional() @IsString() clusterId?: string;
  @IsOptional() @IsString() organisationId?: string;
}

export const zrmDueChanged = defineFact('nl.doorstroom.assessment.zrm-due-changed.v1', {
  data: ZrmDueChanged,
  summary: 'It is time to remind of a ZRM that is due, or one that was reminded of is no longer waited for.',
});
