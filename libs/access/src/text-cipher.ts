import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A text as it is stored: AES-256-GCM, parts in base64. */
export interface EncryptedText {
  iv: string;
  data: string;
  tag: string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;

/**
 * Encrypts what must never be readable in a database (a BSN, the secret of a webhook). To whom it belongs is
 * authenticated with it: a cipher text copied to another record does not open there.
 */
export class TextCipher {
  private readonly key: Buffer;

  /**
   * @param key 32 bytes in base64, from the configuration
   * @param use what it encrypts, for the message when the key is wrong
   * @throws Error when the key has another length
   */
  constructor(key: string, use: string) {
    this.key = keyFrom(key, use);
  }

  /** @param owner identifier of the record that the text belongs to */
  encrypt(text: string, owner: string): EncryptedText {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv).setAAD(Buffer.from(owner));
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return { iv: iv.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
  }

  /** @throws Error when the text was changed, belongs to another record, or the key is another one */
  decrypt(stored: EncryptedText, owner: string): string {
    const decipher = createDecipheriv(ALGORITHM, this.key, Buffer.from(stored.iv, 'base64'))
      .setAAD(Buffer.from(owner))
      .setAuthTag(Buffer.from(stored.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(stored.data, 'base64')), decipher.final()]).toString('utf8');
  }
}

/** A key of 32 bytes from base64. @throws Error when it has another length */
export function keyFrom(base64: string, use: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`The ${use} key must be ${KEY_BYTES} bytes in base64`);
  return key;
}
