import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsExpectedVersion, IsId } from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import {
  type EscalationTarget,
  escalationTargets,
  type ExpectedAction,
  expectedActions,
  type MeldingUrgency,
  meldingUrgencies,
  type RecipientRelation,
  recipientRelations,
} from './codes.js';
import type { RuleName } from './meldingen.js';

/** When a rule applies, beside its event type. An absent list means: always. */
export interface RuleCondition {
  /** The event's kind is one of these. */
  kinds?: string[];
  /** One of the event's codes (reason, destination …) is one of these. */
  codes?: string[];
}

/** From an event to recipients: data that a region can change (domain.md §9). */
export interface NotificationRule {
  ruleId: string;
  name: RuleName;
  eventType: string;
  when: RuleCondition;
  recipients: RecipientRelation[];
  /** A person who entered the event does not get it as representative. A regisseur always gets it. */
  notToWhoEnteredIt: boolean;
  /** Goes to the fallback when no recipient can be found: never to nobody. */
  withFallback: boolean;
  urgency: MeldingUrgency;
  expectedAction: ExpectedAction;
  enabled: boolean;
  /** Without it some housing change would reach nobody (domain.md §3): cannot be switched off as things are. */
  required: boolean;
  /** Made by the region; the others came with the software. */
  own?: boolean;
  version: number;
}

export class ListRules {
  @IsOptional() @IsString() @Length(1, 200) eventType?: string;
}

/** Changes a rule; an absent field stays. */
export class UpdateRule {
  @IsId() ruleId: string;
  @IsExpectedVersion() expectedVersion?: number;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(recipientRelations, { each: true }) recipients?: RecipientRelation[];
  @IsOptional() @IsIn(meldingUrgencies) urgency?: MeldingUrgency;
  @IsOptional() @IsIn(expectedActions) expectedAction?: ExpectedAction;
  @IsOptional() @IsBoolean() notToWhoEnteredIt?: boolean;
  @IsOptional() @IsBoolean() enabled?: boolean;
}

export interface Rules {
  items: NotificationRule[];
}

export const listRules = defineRequest<ListRules, Rules>('notifications.rules.list', {
  payload: ListRules,
  allow: ['beheerder', 'trajectregisseur'],
});

/** Refuses `rule-required` when a rule that must reach the regisseur would no longer do so. */
export const updateRule = defineRequest<UpdateRule, NotificationRule>('notifications.rules.update', {
  payload: UpdateRule,
  allow: ['beheerder'],
});

/** Minutes until a melding that nobody acknowledged is told again, and then goes further. */
export class EscalationTimes {
  /** Minutes after arrival to the reminder to the same person. */
  @IsInt() @Min(1) @Max(60_480) reminderAfter: number;
  /** Minutes after the reminder to the colleague or coordinator. */
  @IsInt() @Min(1) @Max(60_480) escalateAfter: number;
}

export class EscalationByUrgency {
  @ValidateNested() @Type(() => EscalationTimes) low: EscalationTimes;
  @ValidateNested() @Type(() => EscalationTimes) normal: EscalationTimes;
  @ValidateNested() @Type(() => EscalationTimes) high: EscalationTimes;
}

/** Settings of a region. */
export interface NotificationSettings {
  /** Gets what nobody is responsible for. */
  fallbackPersonId?: string;
  /** Gets it when the fallback is away. */
  coordinatorPersonId?: string;
  /** Changes of one client within so many minutes of the last are one melding with parts. 0: never grouped. */
  groupingMinutes: number;
  escalation: EscalationByUrgency;
  escalateTo: EscalationTarget[];
  /** Seconds over which e-mails to one person are bundled. */
  mailBundleSeconds: number;
  longestSnoozeDays: number;
  version: number;
  /** Whether this installation can send e-mail. */
  emailAvailable: boolean;
}

/** An absent field stays; `null` takes a person away. */
export class UpdateNotificationSettings {
  @IsExpectedVersion() expectedVersion?: number;
  @IsOptional() @IsId() fallbackPersonId?: string | null;
  @IsOptional() @IsId() coordinatorPersonId?: string | null;
  @IsOptional() @IsInt() @Min(0) @Max(1_440) groupingMinutes?: number;
  @IsOptional() @ValidateNested() @Type(() => EscalationByUrgency) escalation?: EscalationByUrgency;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(escalationTargets, { each: true })
  escalateTo?: EscalationTarget[];
  @IsOptional() @IsInt() @Min(0) @Max(3_600) mailBundleSeconds?: number;
  @IsOptional() @IsInt() @Min(1) @Max(92) longestSnoozeDays?: number;
}

export const getNotificationSettings = defineRequest<NoQuestion, NotificationSettings>('notifications.settings.get', {
  payload: NoQuestion,
  allow: ['beheerder', 'trajectregisseur'],
});

/** Refuses `person-unknown` for somebody who is not in the directory. */
export const updateNotificationSettings = defineRequest<UpdateNotificationSettings, NotificationSettings>(
  'notifications.settings.update',
  { payload: UpdateNotificationSettings, allow: ['beheerder'] },
);
