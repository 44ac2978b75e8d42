import {
  createWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '#contracts/notifications/webhooks.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'webhooks';

/** Other systems that are told of facts. */
export const webhookRoutes: AnyRoute[] = [
  route({ method: 'GET', path: '/v1/webhooks', request: listWebhooks, tag, summary: 'Subscriptions and how they do' }),
  route({
    method: 'POST',
    path: '/v1/webhooks',
    request: createWebhook,
    tag,
    summary: 'Subscribe a system; the answer holds the signing secret, this once',
    status: 201,
    examples: {
      body: {
        name: 'Dossier van De Haven',
        url: 'https://dossier.example/doorstroom',
        eventTypes: ['nl.doorstroom.registration.housing-situation-changed.v1'],
      },
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/webhooks/{webhookId}',
    request: updateWebhook,
    tag,
    summary: 'Change, pause or switch on again; what waited is then sent',
    etag: 'version',
    examples: { body: { state: 'active' } },
  }),
  route({
    method: 'DELETE',
    path: '/v1/webhooks/{webhookId}',
    request: removeWebhook,
    tag,
    summary: 'Remove a subscription; what waited for it is not sent',
  }),
  route({
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/secret',
    request: rotateWebhookSecret,
    tag,
    summary: 'Make another secret, in the answer this once; the old one signs beside it for `overlapHours`',
    etag: 'version',
    examples: { body: { overlapHours: 24 } },
  }),
  route({
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/test',
    request: testWebhook,
    tag,
    summary: 'Send a trial event now and tell what came of it',
    examples: { reply: { delivered: true, status: 204, milliseconds: 38 } },
  }),
  route({
    method: 'GET',
    path: '/v1/webhooks/{webhookId}/deliveries',
    request: listWebhookDeliveries,
    tag,
    summary: 'Deliveries with their attempts, newest first',
  }),
];
