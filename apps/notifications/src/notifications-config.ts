import { IsIn, IsOptional, IsUrl, Matches, MaxLength } from 'class-validator';
import { ServiceConfig } from '#platform/config.js';

/** Environment of the notifications service, beside what every service has. */
export class NotificationsConfig extends ServiceConfig {
  /** Redis that wakes deadlines. */
  @Matches(/^rediss?:\/\//) REDIS_URL: string;
  /** Where people find the application; the only link in e-mail. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }) PUBLIC_URL =
    'http://localhost:3000';
  /** Mail server, `smtp://user:password@host:port` or `smtps://…`; without it no e-mail is sent. */
  @IsOptional() @Matches(/^smtps?:\/\//) SMTP_URL?: string;
  /** Sender of e-mail; `no-reply@<host of PUBLIC_URL>` when absent. */
  @IsOptional() @MaxLength(320) MAIL_FROM?: string;
  /** Key with which the secrets of webhooks are encrypted (AES-256-GCM): 32 bytes, base64. Losing it loses every secret. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/) WEBHOOK_SECRET_KEY: string;
  /** `1` allows webhooks to addresses inside the network. */
  @IsIn(['0', '1']) WEBHOOK_ALLOW_PRIVATE: '0' | '1' = '0';
}
