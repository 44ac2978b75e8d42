import { createHmac } from 'node:crypto';
import { type EncryptedText, keyFrom, TextCipher } from '#access/text-cipher.js';

/** A BSN as it is stored. */
export type EncryptedBsn = EncryptedText;

/**
 * Encrypts BSNs and makes the keyed hash by which one is found without decrypting (design: BSN never readable in the
 * database). The client's id is authenticated with it: a cipher text copied to another record does not open there.
 */
export class BsnCipher {
  private readonly cipher: TextCipher;
  private readonly hashKey: Buffer;

  /** @param keys base64 of 32 bytes each. @throws Error when a key has another length */
  constructor(keys: { encryptionKey: string; hashKey: string }) {
    this.cipher = new TextCipher(keys.encryptionKey, 'BSN encryption');
    this.hashKey = keyFrom(keys.hashKey, 'BSN hash');
  }

  /** Encrypts the nine digits for one client. */
  encrypt(bsn: string, clientId: string): EncryptedBsn {
    return this.cipher.encrypt(bsn, clientId);
  }

  /** The nine digits. @throws Error when the text was changed, is of another client, or the key is another one */
  decrypt(stored: EncryptedBsn, clientId: string): string {
    return this.cipher.decrypt(stored, clientId);
  }

  /** Keyed hash (HMAC-SHA-256): the same BSN gives the same one, and without the key nobody can try all numbers. */
  hash(bsn: string): string {
    return createHmac('sha256', this.hashKey).update(bsn).digest('base64url');
  }
}
