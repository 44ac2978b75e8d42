import { queryOptions } from '@tanstack/react-query';

import type { LogVerification, PersonAccess } from '#contracts/audit/access-log.js';
import type { CONSUMING_SERVICES, DeadLetter, DeadLetterState } from '#contracts/dead-letters.js';
import type {
  CreatedWebhook,
  CreateWebhook,
  RotateWebhookSecret,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookEventType,
  WebhookTestResult,
} from '#contracts/notifications/webhooks.js';

import { api, type Page } from './http.js';
import { pagedQuery } from './paging.js';

export type {
  CreatedWebhook,
  DeadLetter,
  DeadLetterState,
  LogVerification,
  PersonAccess,
  Webhook,
  WebhookDelivery,
  WebhookEventType,
  WebhookTestResult,
};

/** Services that can have dead letters: all of them, or it does not compile. */
export const DEAD_LETTER_SERVICES = [
  'registration',
  'assessment',
  'notifications',
  'audit',
] as const satisfies typeof CONSUMING_SERVICES;

export const operationKeys = {
  webhooks: ['webhooks'] as const,
  deadLetters: ['dead-letters'] as const,
};

export const webhooksQuery = queryOptions({
  queryKey: [...operationKeys.webhooks, 'list'],
  queryFn: ({ signal }) => api.get<Page<Webhook>>('/v1/webhooks', { query: { limit: 200 }, signal }),
});

export const deliveriesQuery = (webhookId: string) =>
  pagedQuery<WebhookDelivery>([...operationKeys.webhooks, webhookId, 'deliveries'], (cursor, signal) =>
    api.get<Page<WebhookDelivery>>(`/v1/webhooks/${webhookId}/deliveries`, { query: { cursor }, signal }),
  );

export const createWebhook = (
  body: Pick<CreateWebhook, 'name' | 'url' | 'eventTypes'>,
  idempotencyKey: string,
): Promise<CreatedWebhook> => api.post('/v1/webhooks', { body, idempotencyKey });

export const updateWebhook = (
  { webhookId, version }: Webhook,
  body: Pick<UpdateWebhook, 'name' | 'url' | 'eventTypes' | 'state'>,
): Promise<Webhook> => api.patch(`/v1/webhooks/${webhookId}`, { body, version });

/** Another secret, in the answer this once; the one of before signs beside it for so many hours. */
export const rotateWebhookSecret = (
  { webhookId, version }: Webhook,
  body: Pick<RotateWebhookSecret, 'overlapHours'>,
): Promise<CreatedWebhook> => api.post(`/v1/webhooks/${webhookId}/secret`, { body, version });

export const removeWebhook = (webhookId: string): Promise<unknown> => api.delete(`/v1/webhooks/${webhookId}`);

export const testWebhook = (webhookId: string): Promise<WebhookTestResult> =>
  api.post(`/v1/webhooks/${webhookId}/test`);

export interface DeadLetterFilter {
  service?: string | undefined;
  state?: DeadLetterState | undefined;
}

export const deadLettersQuery = (filter: DeadLetterFilter) =>
  pagedQuery<DeadLetter>([...operationKeys.deadLetters, filter], (cursor, signal) =>
    api.get<Page<DeadLetter>>('/v1/dead-letters', { query: { ...filter, cursor }, signal }),
  );

const letter = ({ service, id }: DeadLetter): string => `/v1/dead-letters/${service}/${encodeURIComponent(id)}`;

/** Handles the fact again, with mended data when given. */
export const replayDeadLetter = (deadLetter: DeadLetter, data?: object): Promise<DeadLetter> =>
  api.post(`${letter(deadLetter)}/replay`, { body: data === undefined ? {} : { data } });

export const dropDeadLetter = (deadLetter: DeadLetter, reason: string): Promise<DeadLetter> =>
  api.post(`${letter(deadLetter)}/drop`, { body: { reason } });

/** `GET /v1/system-health` */
export interface SystemHealth {
  at: string;
  state: 'up' | 'degraded';
  parts: { name: string; state: 'up' | 'down'; answeredIn?: number; deadLetters?: number }[];
}

const HEALTH_MS = 10_000;

export const healthQuery = queryOptions({
  queryKey: ['system-health'],
  queryFn: ({ signal }) => api.get<SystemHealth>('/v1/system-health', { signal }),
  refetchInterval: HEALTH_MS,
});

/** Walks a part of the chain of log entries; `next` tells where to go on. */
export const verifyAudit = (from?: number): Promise<LogVerification> =>
  api.post('/v1/audit/verify', { body: from === undefined ? {} : { from } });

/** What one person did; the operator sees how many clients it touched, not which. */
export const personAccessQuery = (personId: string) =>
  pagedQuery<PersonAccess>(['audit', 'people', personId], (cursor, signal) =>
    api.get<Page<PersonAccess>>(`/v1/audit/people/${personId}`, { query: { cursor }, signal }),
  );
