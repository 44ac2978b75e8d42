import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import {
  type CreatedWebhook,
  type CreateWebhook,
  type ListWebhookDeliveries,
  type ListWebhooks,
  type RotateWebhookSecret,
  type UpdateWebhook,
  type Webhook,
  WEBHOOK_TEST_TYPE,
  type WebhookDelivery,
  type WebhookTestResult,
} from '#contracts/notifications/webhooks.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { derivedId } from '../derived-id.js';
import { isAcceptableUrl } from './address-rules.js';
import { WebhookQueue } from './webhook-queue.js';
import { signing } from './secret-rules.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';
import { type DeliveryRecord, type WebhookRecord, WebhooksRepository } from './webhooks.repository.js';

/** Hours that the secret of before goes on signing, when the operator does not say. */
const DEFAULT_OVERLAP_HOURS = 24;
/** How long the answer with the secret can be asked for again, with the key of the request. */
const SHOWN_AGAIN_MS = 3_600_000;

/** Subscriptions of other systems, as the operator keeps them. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly queue: WebhookQueue,
    private readonly sender: WebhookSender,
    private readonly secrets: WebhookSecrets,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
  ) {}

  async list(query: ListWebhooks): Promise<Page<Webhook>> {
    const { cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const after = decodeCursor(cursor)?.['id'];
    const found = await this.webhooks.list(typeof after === 'string' ? after : '', limit + 1);
    const items = await Promise.all(found.slice(0, limit).map((webhook) => this.view(webhook)));
    const last = items.at(-1);
    return last && found.length > limit ? { items, nextCursor: encodeCursor({ id: last.webhookId }) } : { items };
  }

  /**
   * The secret is in the answer, this once. Repeating the request with its key gives the same answer for a while: the
   * first one may have got lost on the way.
   */
  async create(caller: Caller, command: CreateWebhook): Promise<CreatedWebhook> {
    this.mustBeSafe(command.url);
    const { name, url, eventTypes, idempotencyKey } = command;
    const id = idempotencyKey === undefined ? uuidv7() : derivedId('webhook', caller.personId, idempotencyKey);
    const webhook: WebhookRecord = {
      _id: id,
      name,
      url,
      secrets: [this.secrets.first(command.secret ?? this.secrets.make(), id)],
      eventTypes,
      state: 'active',
      removed: false,
      failingSince: null,
      lastError: null,
      lastDeliveredAt: null,
      createdBy: caller.personId,
      createdAt: this.clock.now(),
      version: 1,
    };
    const stored = await this.unitOfWork.run(async (tx) => {
      const existing = await this.webhooks.find(id, tx);
      if (existing && (existing.url !== url || !this.mayShow(existing))) throw Refusal.of('idempotency-key-reused');
      if (!existing) await this.webhooks.insert(tx, webhook);
      return existing ?? webhook;
    });
    return this.shown(stored);
  }

  /**
   * A new secret, in the answer this once; the one of before signs beside it for `overlapHours`.
   * @throws Refusal `not-found`, `stale-version`, `webhook-secrets-many`
   */
  async rotateSecret(command: RotateWebhookSecret): Promise<CreatedWebhook> {
    const { webhookId, expectedVersion: expected, overlapHours = DEFAULT_OVERLAP_HOURS } = command;
    const secret = command.secret ?? this.secrets.make();
    await this.unitOfWork.run(async (tx) => {
      const before = await this.webhooks.find(webhookId, tx);
      if (!before) throw Refusal.of('not-found');
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      await this.webhooks.save(tx, before, { secrets: this.secrets.rotate(before, secret, overlapHours) });
    });
    return { ...(await this.view(await this.known(webhookId))), secret };
  }

  /** Switching on again sends everything that waited. @throws Refusal `not-found`, `stale-version`, `webhook-url-unsafe` */
  async update(command: UpdateWebhook): Promise<Webhook> {
    const { webhookId, expectedVersion: expected, name, url, eventTypes, state } = command;
    if (url !== undefined) this.mustBeSafe(url);
    const switchedOn = await this.unitOfWork.run(async (tx) => {
      const before = await this.webhooks.find(webhookId, tx);
      if (!before) throw Refusal.of('not-found');
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      await this.webhooks.save(tx, before, {
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url }),
        ...(eventTypes === undefined ? {} : { eventTypes }),
        ...(state === undefined ? {} : { state }),
        ...(state === 'active' ? { failingSince: null, lastError: null } : {}),
      });
      return state === 'active' && before.state !== 'active';
    });
    if (switchedOn) await this.queue.resume(webhookId);
    return this.view(await this.known(webhookId));
  }

  async remove(webhookId: string): Promise<{ webhookId: string }> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.webhooks.find(webhookId, tx);
      if (!before) throw Refusal.of('not-found');
      await this.webhooks.save(tx, before, { removed: true, secrets: [] });
      await this.webhooks.cancelWaiting(tx, webhookId);
    });
    return { webhookId };
  }

  /** Sends a trial event at once; it is not tried again and does not count as a failure. */
  async test(webhookId: string): Promise<WebhookTestResult> {
    const webhook = await this.known(webhookId);
    const id = uuidv7();
    return this.sender.send(webhook.url, this.secrets.open(webhook), {
      specversion: '1.0',
      id,
      source: 'urn:nld:doorstroom:notifications',
      type: WEBHOOK_TEST_TYPE,
      time: this.clock.now().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: webhookId,
      sequence: '0',
      data: { webhookId },
    });
  }

  async deliveries(query: ListWebhookDeliveries): Promise<Page<WebhookDelivery>> {
    await this.known(query.webhookId);
    const { cursor, limit = DEFAULT_PAGE_SIZE, state } = query;
    const { at, id } = decodeCursor(cursor) ?? {};
    const after = typeof at === 'number' && typeof id === 'string' ? { at: new Date(at), id } : undefined;
    const found = await this.webhooks.listDeliveries(query.webhookId, state, after, limit + 1);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const items = shown.map(deliveryView);
    if (!last || found.length <= limit) return { items };
    return { items, nextCursor: encodeCursor({ at: last.createdAt.getTime(), id: last._id }) };
  }

  private async known(webhookId: string): Promise<WebhookRecord> {
    const webhook = await this.webhooks.find(webhookId);
    if (!webhook) throw Refusal.of('not-found');
    return webhook;
  }

  private mayShow({ createdAt, secrets }: WebhookRecord): boolean {
    const age = this.clock.now().getTime() - createdAt.getTime();
    return secrets.length === 1 && age < SHOWN_AGAIN_MS;
  }

  private async shown(webhook: WebhookRecord): Promise<CreatedWebhook> {
    const [secret] = this.secrets.open(webhook);
    if (secret === undefined) throw Refusal.of('not-found');
    return { ...(await this.view(webhook)), secret };
  }

  private mustBeSafe(url: string): void {
    if (!isAcceptableUrl(url, this.sender.policy)) throw Refusal.of('webhook-url-unsafe', { fields: ['url'] });
  }

  private rotation({ secrets }: WebhookRecord): Pick<Webhook, 'secretMadeAt' | 'previousSecretUntil'> {
    const [present, ...previous] = signing(secrets, this.clock.now());
    const ends = previous.flatMap(({ until }) => until ?? []).sort((a, b) => b.getTime() - a.getTime());
    return {
      ...(present ? { secretMadeAt: present.madeAt.toISOString() } : {}),
      ...(ends[0] ? { previousSecretUntil: ends[0].toISOString() } : {}),
    };
  }

  private async view(webhook: WebhookRecord): Promise<Webhook> {
    const { _id, name, url, eventTypes, state, lastError, failingSince, lastDeliveredAt } = webhook;
    return {
      webhookId: _id,
      name,
      url,
      eventTypes,
      state,
      ...(lastError === null ? {} : { lastError }),
      ...(failingSince === null ? {} : { failingSince: failingSince.toISOString() }),
      ...(lastDeliveredAt === null ? {} : { lastDeliveredAt: lastDeliveredAt.toISOString() }),
      ...this.rotation(webhook),
      waiting: await this.webhooks.countWaiting(_id),
      createdBy: webhook.createdBy,
      createdAt: webhook.createdAt.toISOString(),
      version: webhook.version,
    };
  }
}

function deliveryView(delivery: DeliveryRecord): WebhookDelivery {
  return {
    deliveryId: delivery._id,
    eventId: delivery.event.id,
    eventType: delivery.event.type,
    state: delivery.state,
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: attempt.at.toISOString() })),
    createdAt: delivery.createdAt.toISOString(),
    ...(delivery.nextAttemptAt ? { nextAttemptAt: delivery.nextAttemptAt.toISOString() } : {}),
    ...(delivery.deliveredAt ? { deliveredAt: delivery.deliveredAt.toISOString() } : {}),
  };
}
