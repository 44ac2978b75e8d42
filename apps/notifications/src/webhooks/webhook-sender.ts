import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Webhook as Signer } from 'standardwebhooks';
import { WallClock } from '#calendar/clock.js';
import type { CloudEvent } from '#contracts/fact.js';
import { NotificationsConfig } from '../notifications-config.js';
import { isAcceptableUrl, mayReach, type WebhookPolicy } from './address-rules.js';

const TIMEOUT_MS = 10_000;

/** What came of one attempt. */
export interface SendResult {
  delivered: boolean;
  status?: number;
  error?: string;
  milliseconds: number;
}

/** Posts CloudEvents to other systems, signed by the Standard Webhooks scheme, and never to an address inside. */
@Injectable()
export class WebhookSender {
  readonly policy: WebhookPolicy;

  constructor(
    config: NotificationsConfig,
    private readonly clock: WallClock,
  ) {
    this.policy = {
      allowPrivate: config.WEBHOOK_ALLOW_PRIVATE === '1',
      allowLoopback: config.NODE_ENV !== 'production',
    };
  }

  /**
   * One attempt; 2xx is success, redirects are not followed. It never throws.
   * @param secrets each gives a signature; the receiver takes any that it knows
   */
  async send(url: string, secrets: readonly string[], event: CloudEvent): Promise<SendResult> {
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    if (!isAcceptableUrl(url, this.policy)) {
      return { delivered: false, error: 'address not allowed', milliseconds: elapsed() };
    }
    try {
      const status = await this.post(new URL(url), JSON.stringify(event), secrets, event.id);
      const delivered = status >= 200 && status < 300;
      return { delivered, status, ...(delivered ? {} : { error: `answered ${status}` }), milliseconds: elapsed() };
    } catch (error) {
      return { delivered: false, error: describe(error), milliseconds: elapsed() };
    }
  }

  private post(url: URL, body: string, secrets: readonly string[], id: string): Promise<number> {
    const now = this.clock.now();
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        {
          method: 'POST',
          // The address that was judged is the one that is connected to: a second look-up could give another.
          lookup: this.guardedLookup,
          agent: false,
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Doorstroom-Webhooks/1',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
            'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, now, body)).join(' '),
          },
        },
        (response) => {
          // What the receiver says beside its status does not matter, and may not fill our memory.
          response.resume();
          response.once('error', reject);
          resolve(response.statusCode ?? 0);
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  private readonly guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const safe = addresses.filter(({ address }) => isIP(address) !== 0 && mayReach(address, this.policy));
      const [first] = safe;
      if (!first) callback(new Error('address not allowed'), '', 0);
      else if (options.all) callback(null, safe);
      else callback(null, first.address, first.family);
    });
  };
}

/** Short and without anything of the receiver's: it is shown to the operator and kept. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `no answer within ${TIMEOUT_MS / 1_000} s`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return (code ?? error.message).slice(0, 200);
}
