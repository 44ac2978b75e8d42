import { randomBytes } from 'node:crypto';
import { pause } from './power.ts';
import { ApiError, type Api } from '../../examples/api.ts';

/** A change that the system said yes to. */
export interface Accepted {
  readonly clientId: string;
  readonly changeId: string;
  readonly version: number;
  /** Of its request, however often it was sent; its line in the access log has it as correlation id. */
  readonly traceId: string;
}

interface Recorded {
  clientId: string;
  changeId: string;
  version: number;
}

/**
 * What was asked and answered, kept outside the system. A request without an answer is sent again with the same key until
 * there is one: what a person behind a page would do, without doubling anything.
 */
export class OutsideLedger {
  readonly accepted: Accepted[] = [];
  readonly refused: { key: string; code: string }[] = [];
  /** How often an answer did not come. */
  unanswered = 0;
  #keys = 0;

  /** Sends a housing change until it is answered. @returns true when it was accepted */
  async send(api: Api, clientId: string, body: object): Promise<boolean> {
    this.#keys += 1;
    const key = `fault-${this.#keys}`;
    const traceId = randomBytes(16).toString('hex');
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    for (let attempt = 1; attempt <= 600; attempt += 1) {
      try {
        const { changeId, version } = await api.post<Recorded>(`/v1/clients/${clientId}/housing-changes`, body, {
          key,
          traceparent,
        });
        this.accepted.push({ clientId, changeId, version, traceId });
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
          this.refused.push({ key, code: error.code });
          return false;
        }
        this.unanswered += 1;
        await pause(100);
      }
    }
    throw new Error(`no answer in a minute to ${key}`);
  }
}
