import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { WallClock } from '#calendar/clock.js';
import type { CloudEvent } from '#contracts/fact.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { Metrics } from '#platform/metrics.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';
import { type DeliveryRecord, type WebhookRecord, WebhooksRepository } from './webhooks.repository.js';
import { disabledAfterMs, waitAfter } from './webhook-retry-rules.js';

const WEBHOOK = 'webhook';
/** Deliveries that are set going again together when a subscription is switched on. */
const BATCH = 50;

/**
 * Sends events to subscriptions: at least once, for days if need be, and visibly gives up after that. Other systems live in real
 * time: no demo moves when something is sent again, or given up.
 */
@Injectable()
export class WebhookQueue implements OnModuleInit {
  private readonly logger = new Logger(WebhookQueue.name);
  private readonly attempts: Counter<'outcome'>;

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly sender: WebhookSender,
    private readonly secrets: WebhookSecrets,
    private readonly deadlines: Deadlines,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
    metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    const help = 'Attempts to deliver an event to a webhook';
    this.attempts = new Counter({
      name: 'doorstroom_webhook_attempts_total',
      help,
      labelNames: ['outcome'],
      registers,
    });
    new Gauge({
      name: 'doorstroom_webhooks_disabled',
      help: 'Subscriptions that were switched off after long failure',
      registers,
      async collect() {
        this.set(await webhooks.countDisabled());
      },
    });
  }

  onModuleInit(): void {
    this.deadlines.handle(WEBHOOK, (firing) => this.deliver(firing));
  }

  /** Adds an event for every subscription to it, in the unit of work that handles the event; once per subscription. */
  async add(tx: Tx, event: CloudEvent): Promise<void> {
    for (const webhook of await this.webhooks.subscribed(event.type)) {
      const id = `${webhook._id}|${event.id}`;
      if (await this.webhooks.findDelivery(id, tx)) continue;
      const now = this.clock.now();
      await this.webhooks.insertDelivery(tx, {
        _id: id,
        webhookId: webhook._id,
        event,
        state: 'waiting',
        attempts: [],
        createdAt: now,
        nextAttemptAt: now,
        deliveredAt: null,
      });
      // Also while it is paused: firing looks how things stand, so that switching on can never miss one.
      await this.schedule(tx, id);
    }
  }

  /** Sets everything that waits for a subscription going, after it was switched on again. Returns how many. */
  async resume(webhookId: string): Promise<number> {
    const waiting = await this.webhooks.waiting(webhookId);
    for (let start = 0; start < waiting.length; start += BATCH) {
      await this.unitOfWork.run(async (tx) => {
        const now = this.clock.now();
        for (const delivery of waiting.slice(start, start + BATCH)) {
          await this.webhooks.saveDelivery(tx, delivery, { nextAttemptAt: now });
          await this.schedule(tx, delivery._id);
        }
      });
    }
    return waiting.length;
  }

  private async deliver(firing: Firing): Promise<void> {
    const { deliveryId } = firing.item.payload;
    const delivery = deliveryId === undefined ? null : await this.webhooks.findDelivery(deliveryId);
    if (delivery?.state !== 'waiting') return;
    const webhook = await this.webhooks.find(delivery.webhookId);
    if (webhook?.state !== 'active') {
      await this.rest(firing, delivery, webhook);
      return;
    }
    const result = await this.sender.send(webhook.url, this.secrets.open(webhook), delivery.event);
    const { delivered, ...outcome } = result;
    const attempt = { at: this.clock.now(), ...outcome };
    this.attempts.inc({ outcome: delivered ? 'delivered' : 'failed' });
    if (delivered) {
      await this.unitOfWork.run(async (tx) => {
        await this.webhooks.saveDelivery(
          tx,
          delivery,
          { state: 'delivered', deliveredAt: attempt.at, nextAttemptAt: null },
          attempt,
        );
        await firing.done(tx);
      });
      await this.webhooks.note(webhook._id, { failingSince: null, lastDeliveredAt: attempt.at });
      return;
    }
    await this.later(firing, delivery, webhook, attempt);
  }

  /** Nothing is sent while the subscription is paused, disabled or gone; what waits, waits. */
  private async rest(firing: Firing, delivery: DeliveryRecord, webhook: WebhookRecord | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const state = webhook ? ('waiting' as const) : ('cancelled' as const);
      await this.webhooks.saveDelivery(tx, delivery, { state, nextAttemptAt: null });
      await firing.done(tx);
    });
  }

  private async later(
    firing: Firing,
    delivery: DeliveryRecord,
    webhook: WebhookRecord,
    attempt: { at: Date; error?: string; status?: number; milliseconds: number },
  ): Promise<void> {
    const lastError = attempt.error ?? 'failed';
    const wait = waitAfter(delivery.attempts.length + 1);
    const at = new Date(attempt.at.getTime() + wait);
    const since = webhook.failingSince ?? attempt.at;
    const givesUp = attempt.at.getTime() - since.getTime() >= disabledAfterMs;
    await this.unitOfWork.run(async (tx) => {
      const current = await this.webhooks.find(webhook._id, tx);
      if (givesUp && current?.state === 'active') {
        // Everything that waits stays: switching it on again sends it.
        await this.webhooks.save(tx, current, { state: 'disabled', lastError });
        await this.webhooks.saveDelivery(tx, delivery, { nextAttemptAt: null }, attempt);
        await firing.done(tx);
      } else {
        await this.webhooks.saveDelivery(tx, delivery, { nextAttemptAt: at }, attempt);
        await firing.after(tx, wait);
      }
    });
    if (givesUp) this.logger.error(`webhook ${webhook._id} is switched off: it failed since ${since.toISOString()}`);
    await this.webhooks.note(webhook._id, { failingSince: since, lastError });
  }

  private async schedule(tx: Tx, deliveryId: string): Promise<void> {
    await this.deadlines.schedule(tx, {
      id: `${WEBHOOK}|${deliveryId}`,
      kind: WEBHOOK,
      waitMs: 0,
      payload: { deliveryId },
    });
  }
}
