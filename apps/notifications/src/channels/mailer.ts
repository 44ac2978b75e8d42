import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { INBOX_PATH } from '#contracts/notifications/codes.js';
import { NotificationsConfig } from '../notifications-config.js';
import type { MailText } from './mail-text.js';

const TIMEOUT_MS = 15_000;

/**
 * Whether the mail server refused the recipient for good (5xx at RCPT). A 4xx (greylisting, a full mailbox), a server that
 * is away and a wrong password of ours all may pass: they are tried again.
 */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const { code, responseCode } = error;
  return code === 'EENVELOPE' && typeof responseCode === 'number' && responseCode >= 500;
}

/** Sends e-mail through SMTP. Without SMTP_URL the channel is off, and says so. */
@Injectable()
export class Mailer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Mailer.name);
  private readonly transport: Transporter | undefined;
  private readonly from: string;
  private readonly host: string;

  constructor(private readonly config: NotificationsConfig) {
    this.host = new URL(config.PUBLIC_URL).hostname;
    this.from = config.MAIL_FROM ?? `Doorstroom <no-reply@${this.host}>`;
    if (config.SMTP_URL === undefined) return;
    this.transport = createTransport({
      url: config.SMTP_URL,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  /** Whether this installation sends e-mail at all. */
  get isAvailable(): boolean {
    return this.transport !== undefined;
  }

  /** The page with one's meldingen. */
  get inboxUrl(): string {
    return new URL(INBOX_PATH, this.config.PUBLIC_URL).toString();
  }

  onApplicationBootstrap(): void {
    if (!this.isAvailable) this.logger.log('No SMTP_URL: e-mail is off, meldingen are in the inbox only');
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  /**
   * Hands a mail to the mail server.
   * @param identity the same identity gives the same Message-ID, so that a mail sent twice is seen as one
   * @throws Error when the server did not take it
   */
  async send(to: string, mail: MailText, identity: string): Promise<void> {
    if (!this.transport) throw new Error('e-mail is off: there is no SMTP_URL');
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 40);
    await this.transport.sendMail({
      from: this.from,
      to,
      subject: mail.subject,
      text: mail.text,
      messageId: `<${hash}@${this.host}>`,
      headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    });
  }
}
