import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** A BSN as it is stored: AES-256-GCM, parts in base64. */
export interface EncryptedBsn {
  iv: string;
  data: string;
  tag: string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;

/**
 * Encrypts BSNs and makes the keyed hash by which one is found without decrypting (design: BSN never readable in the
 * database). The client's id is authenticated with it: a cipher text copied to another record does not open there.
 */
export class BsnCipher {
  private readonly encryptionKey: Buffer;
  private readonly hashKey: Buffer;

  /** @param keys base64 of 32 bytes each. @throws Error when a key has another length */
  constructor(keys: { encryptionKey: string; hashKey: string }) {
    this.encryptionKey = keyOf(keys.encryptionKey, 'encryption');
    this.hashKey = keyOf(keys.hashKey, 'hash');
  }

  /** Encrypts the nine digits for one client. */
  encrypt(bsn: string, clientId: string): EncryptedBsn {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.encryptionKey, iv).setAAD(Buffer.from(clientId));
    const data = Buffer.concat([cipher.update(bsn, 'utf8'), cipher.final()]);
    return { iv: iv.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
  }

  /** The nine digits. @throws Error when the text was changed, is of another client, or the key is another one */
  decrypt(stored: EncryptedBsn, clientId: string): string {
    const decipher = createDecipheriv(ALGORITHM, this.encryptionKey, Buffer.from(stored.iv, 'base64'))
      .setAAD(Buffer.from(clientId))
      .setAuthTag(Buffer.from(stored.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(stored.data, 'base64')), decipher.final()]).toString('utf8');
  }

  /** Keyed hash (HMAC-SHA-256): the same BSN gives the same one, and without the key nobody can try all numbers. */
  hash(bsn: string): string {
    return createHmac('sha256', this.hashKey).update(bsn).digest('base64url');
  }
}

function keyOf(base64: string, use: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`The BSN ${use} key must be ${KEY_BYTES} bytes in base64`);
  return key;
}
