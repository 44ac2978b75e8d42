import { createHmac } from 'node:crypto';
import { keyFrom } from './text-cipher.js';

/**
 * What travels of the number under which an institution knows a client (docs/decisions/0033): institutions use anything for
 * it, a BSN too, and a fact carries nothing that identifies somebody outside. A keyed hash (HMAC-SHA-256), the same in every
 * service that has the key; without it nobody can try all numbers.
 */
export class ClientNumberHash {
  private readonly key: Buffer;

  /** @param key 32 bytes in base64. @throws Error when it has another length */
  constructor(key: string) {
    this.key = keyFrom(key, 'client number');
  }

  /** Capitals and spaces around do not count; the same number of another institution is another number. */
  of(organisationId: string, number: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([organisationId, number.trim().toUpperCase()]))
      .digest('base64url');
  }
}
