import type { EncryptedText } from '#access/text-cipher.js';

/** Seals what files hold under a key of the service; each provides its own (libs/access/text-cipher.ts). */
export abstract class ImportCipher {
  /** @param owner identifier of the part or row that the text belongs to */
  abstract encrypt(text: string, owner: string): EncryptedText;
  /** @throws Error when the text was changed or belongs to something else */
  abstract decrypt(stored: EncryptedText, owner: string): string;
}
