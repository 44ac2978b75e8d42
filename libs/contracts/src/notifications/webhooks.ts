import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCursor, IsExpectedVersion, IsId, IsIdempotencyKey, IsOptionalCode, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import { type WebhookDeliveryState, webhookDeliveryStates, type WebhookState } from './codes.js';

/** Facts that can be sent to another system. */
export const webhookEventTypes = [
  'nl.doorstroom.registration.housing-situation-changed.v1',
  'nl.doorstroom.registration.waiting-list-changed.v1',
  'nl.doorstroom.registration.client-changed.v1',
  'nl.doorstroom.registration.cluster-changed.v1',
  'nl.doorstroom.registration.person-changed.v1',
  'nl.doorstroom.assessment.zrm-submitted.v1',
  'nl.doorstroom.assessment.zrm-due-changed.v1',
] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Event type of a trial delivery. */
export const WEBHOOK_TEST_TYPE = 'nl.doorstroom.notifications.webhook-tested.v1';

/** Another system that is told of facts: CloudEvents in JSON by POST, signed by the Standard Webhooks scheme. */
export interface Webhook {
  webhookId: string;
  name: string;
  url: string;
  eventTypes: WebhookEventType[];
  state: WebhookState;
  /** Why the system switched it off, or what went wrong last. */
  lastError?: string;
  failingSince?: string;
  lastDeliveredAt?: string;
  /** Since when the present secret signs. */
  secretMadeAt?: string;
  /** Until when a secret of before signs beside it. */
  previousSecretUntil?: string;
  waiting: number;
  createdBy: string;
  createdAt: string;
  version: number;
}

/** A subscription with a new secret, which is shown this once. */
export interface CreatedWebhook extends Webhook {
  secret: string;
}

export interface WebhookAttempt {
  at: string;
  /** HTTP status, when there was an answer. */
  status?: number;
  error?: string;
  milliseconds: number;
}

export interface WebhookDelivery {
  deliveryId: string;
  eventId: string;
  eventType: string;
  state: WebhookDeliveryState;
  attempts: WebhookAttempt[];
  createdAt: string;
  nextAttemptAt?: string;
  deliveredAt?: string;
}

export class ListWebhooks {
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class CreateWebhook {
  @IsString() @Length(1, 120) name: string;
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  @MaxLength(2_000)
  url: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(webhookEventTypes, { each: true })
  eventTypes: WebhookEventType[];
  /** `whsec_` and 24–64 bytes in base64; made when absent. */
  @IsOptional() @Matches(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/) secret?: string;
  @IsIdempotencyKey() idempotencyKey?: string;
}

export class WebhookById {
  @IsId() webhookId: string;
}

/** An absent field stays. `state: active` switches a paused or disabled one on again; what waited is sent. */
export class UpdateWebhook extends WebhookById {
  @IsExpectedVersion() expectedVersion?: number;
  @IsOptional() @IsString() @Length(1, 120) name?: string;
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  @MaxLength(2_000)
  url?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(webhookEventTypes, { each: true })
  eventTypes?: WebhookEventType[];
  @IsOptional() @IsIn(['active', 'paused']) state?: 'active' | 'paused';
}

/** Gives a subscription another secret. */
export class RotateWebhookSecret extends WebhookById {
  @IsExpectedVersion() expectedVersion?: number;
  /** Hours that the secret of before goes on signing beside the new one; 24 when absent, 0 when it was leaked. */
  @IsOptional() @IsInt() @Min(0) @Max(720) overlapHours?: number;
  /** `whsec_` and 24–64 bytes in base64; made when absent. */
  @IsOptional() @Matches(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/) secret?: string;
}

export class ListWebhookDeliveries extends WebhookById {
  @IsOptionalCode(webhookDeliveryStates) state?: WebhookDeliveryState;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** What came of one attempt. */
export interface WebhookTestResult {
  delivered: boolean;
  status?: number;
  error?: string;
  milliseconds: number;
}

/** Nothing; the webhook is gone and what waited for it is cancelled. */
export interface WebhookRemoved {
  webhookId: string;
}

const allow = ['beheerder'] as const;

export const listWebhooks = defineRequest<ListWebhooks, Page<Webhook>>('notifications.webhooks.list', {
  payload: ListWebhooks,
  allow,
});

/** Refuses `webhook-url-unsafe` for http outside one's own machine and for addresses inside the network. */
export const createWebhook = defineRequest<CreateWebhook, CreatedWebhook>('notifications.webhooks.create', {
  payload: CreateWebhook,
  allow,
});

export const updateWebhook = defineRequest<UpdateWebhook, Webhook>('notifications.webhooks.update', {
  payload: UpdateWebhook,
  allow,
});

/** The answer holds the new secret, this once. Refuses `webhook-secrets-many` while too many still sign. */
export const rotateWebhookSecret = defineRequest<RotateWebhookSecret, CreatedWebhook>(
  'notifications.webhooks.rotate-secret',
  { payload: RotateWebhookSecret, allow },
);

export const removeWebhook = defineRequest<WebhookById, WebhookRemoved>('notifications.webhooks.remove', {
  payload: WebhookById,
  allow,
});

/** Sends a trial event at once and tells what came of it. */
export const testWebhook = defineRequest<WebhookById, WebhookTestResult>('notifications.webhooks.test', {
  payload: WebhookById,
  allow,
  deadlineMs: 20_000,
});

/** Newest first. */
export const listWebhookDeliveries = defineRequest<ListWebhookDeliveries, Page<WebhookDelivery>>(
  'notifications.webhooks.deliveries',
  { payload: ListWebhookDeliveries, allow },
);
