import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import {
  type CreatedWebhook,
  createWebhook,
  CreateWebhook,
  listWebhookDeliveries,
  ListWebhookDeliveries,
  listWebhooks,
  ListWebhooks,
  removeWebhook,
  RotateWebhookSecret,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  UpdateWebhook,
  type Webhook,
  WebhookById,
  type WebhookDelivery,
  type WebhookRemoved,
  type WebhookTestResult,
} from '#contracts/notifications/webhooks.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { WebhooksService } from './webhooks.service.js';

@Controller()
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Handles(listWebhooks)
  list(query: ListWebhooks, _caller: Caller): Promise<Page<Webhook>> {
    return this.webhooks.list(query);
  }

  @Handles(createWebhook)
  create(command: CreateWebhook, caller: Caller): Promise<CreatedWebhook> {
    return this.webhooks.create(caller, command);
  }

  @Handles(updateWebhook)
  update(command: UpdateWebhook, _caller: Caller): Promise<Webhook> {
    return this.webhooks.update(command);
  }

  @Handles(removeWebhook)
  remove(command: WebhookById, _caller: Caller): Promise<WebhookRemoved> {
    return this.webhooks.remove(command.webhookId);
  }

  @Handles(rotateWebhookSecret)
  rotate(command: RotateWebhookSecret, _caller: Caller): Promise<CreatedWebhook> {
    return this.webhooks.rotateSecret(command);
  }

  @Handles(testWebhook)
  test(command: WebhookById, _caller: Caller): Promise<WebhookTestResult> {
    return this.webhooks.test(command.webhookId);
  }

  @Handles(listWebhookDeliveries)
  deliveries(query: ListWebhookDeliveries, _caller: Caller): Promise<Page<WebhookDelivery>> {
    return this.webhooks.deliveries(query);
  }
}
