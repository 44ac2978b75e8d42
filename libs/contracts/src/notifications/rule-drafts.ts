import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
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
import { IsExpectedVersion, IsId, IsIdempotencyKey } from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import {
  type ExpectedAction,
  expectedActions,
  type MeldingBecause,
  type MeldingUrgency,
  meldingUrgencies,
  type RecipientRelation,
  recipientRelations,
} from './codes.js';
import type { RuleEvent } from './rule-catalogue.js';
import type { NotificationRule } from './rules.js';

/** When a rule applies, beside its event type. An absent list means: always; an empty one would mean never. */
export class RuleWhen {
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  kinds?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  codes?: string[];
}

/** What a rule says, without its name. */
export class RuleDraft {
  @IsString() @Length(1, 200) eventType: string;
  @ValidateNested() @Type(() => RuleWhen) when: RuleWhen;
  @IsArray() @ArrayUnique() @IsIn(recipientRelations, { each: true }) recipients: RecipientRelation[];
  @IsIn(meldingUrgencies) urgency: MeldingUrgency;
  @IsIn(expectedActions) expectedAction: ExpectedAction;
  /** A person who entered the event does not get it as representative; true when absent. */
  @IsOptional() @IsBoolean() notToWhoEnteredIt?: boolean;
  /** Goes to the fallback when nobody is found; false when absent. */
  @IsOptional() @IsBoolean() withFallback?: boolean;
}

export class RuleNameText {
  @IsString() @Length(3, 160) nl: string;
  @IsString() @Length(3, 160) en: string;
}

/** A rule of the region's own. */
export class CreateRule extends RuleDraft {
  @ValidateNested() @Type(() => RuleNameText) name: RuleNameText;
  @IsOptional() @IsBoolean() enabled?: boolean;
  @IsIdempotencyKey() idempotencyKey?: string;
}

export class RemoveRule {
  @IsId() ruleId: string;
  @IsExpectedVersion() expectedVersion?: number;
}

/** What a rule would have done; nothing is sent or stored. */
export class PreviewRule extends RuleDraft {
  /** The rule in whose place it would come. */
  @IsOptional() @IsId() ruleId?: string;
  /** How many of the last events of its type to look at; 100 when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(200) events?: number;
}

/** One event that a rule applies to, and who would have had a melding by it. No client: an operator sees none. */
export interface PreviewedEvent {
  eventId: string;
  kind: string;
  at: string;
  clusterId?: string;
  /** `already`: another rule brings this event to the person as well. */
  recipients: { personId: string; because: MeldingBecause; already: boolean }[];
}

export interface RulePreview {
  /** Events of this type that were looked at; fewer than asked when the broker keeps no more. */
  events: number;
  /** When the oldest of them happened. */
  since?: string;
  matched: number;
  /** Meldingen that the rule alone would have added. */
  added: number;
  /** Newest first. */
  items: PreviewedEvent[];
}

/** An earlier or present version of a rule; never changed. */
export interface RuleVersion {
  rule: NotificationRule;
  removed: boolean;
  changedBy: string;
  changedAt: string;
}

export class RuleById {
  @IsId() ruleId: string;
}

export const getRuleCatalogue = defineRequest<NoQuestion, { items: RuleEvent[] }>('notifications.rules.catalogue', {
  payload: NoQuestion,
  allow: ['beheerder', 'trajectregisseur'],
});

/** Refuses what can never apply or reach anybody, naming the field: `rule-kind-unknown`, `rule-relation-impossible` … */
export const createRule = defineRequest<CreateRule, NotificationRule>('notifications.rules.create', {
  payload: CreateRule,
  allow: ['beheerder'],
});

/** It stays in the history. Refuses `rule-required` when some housing change would then reach nobody. */
export const removeRule = defineRequest<RemoveRule, { ruleId: string }>('notifications.rules.remove', {
  payload: RemoveRule,
  allow: ['beheerder'],
});

export const previewRule = defineRequest<PreviewRule, RulePreview>('notifications.rules.preview', {
  payload: PreviewRule,
  allow: ['beheerder'],
  deadlineMs: 15_000,
});

/** Newest first. */
export const ruleHistory = defineRequest<RuleById, { items: RuleVersion[] }>('notifications.rules.history', {
  payload: RuleById,
  allow: ['beheerder', 'trajectregisseur'],
});
