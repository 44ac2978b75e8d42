import { randomBytes } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { TextCipher } from '#access/text-cipher.js';
import { WallClock } from '#calendar/clock.js';
import { NotificationsConfig } from '../notifications-config.js';
import { rotated, type SealedSecret, signing } from './secret-rules.js';
import { type WebhookRecord, WebhooksRepository } from './webhooks.repository.js';

const SECRET_BYTES = 32;

/** Seals the signing secrets of subscriptions and opens them to sign: no readable one is ever stored. */
@Injectable()
export class WebhookSecrets implements OnModuleInit {
  private readonly logger = new Logger(WebhookSecrets.name);
  private readonly cipher: TextCipher;

  constructor(
    config: NotificationsConfig,
    private readonly webhooks: WebhooksRepository,
    private readonly clock: WallClock,
  ) {
    this.cipher = new TextCipher(config.WEBHOOK_SECRET_KEY, 'webhook secret');
  }

  /** Seals what an earlier version stored readable. */
  async onModuleInit(): Promise<void> {
    const count = await this.webhooks.sealReadable((secret, webhookId) => [this.first(secret, webhookId)]);
    if (count > 0) this.logger.log(`${count} webhook secrets were readable in the database and are sealed now`);
  }

  /** A new secret by the Standard Webhooks scheme. */
  make(): string {
    return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  }

  first(secret: string, webhookId: string): SealedSecret {
    return { sealed: this.cipher.encrypt(secret, webhookId), madeAt: this.clock.now(), until: null };
  }

  /** The secrets of a subscription after a rotation. @throws Refusal `webhook-secrets-many` */
  rotate(webhook: WebhookRecord, secret: string, overlapHours: number): SealedSecret[] {
    return rotated(webhook.secrets, this.cipher.encrypt(secret, webhook._id), this.clock.now(), overlapHours);
  }

  /** The secrets that sign now, the present one first. */
  open(webhook: WebhookRecord): string[] {
    return signing(webhook.secrets, this.clock.now()).map(({ sealed }) => this.cipher.decrypt(sealed, webhook._id));
  }
}
