import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './problem.ts';

/** Keys that a system generates once and keeps; binary ones in base64. */
export interface Secrets {
  /** Ed25519, PKCS8 DER: the gateway signs who the caller is. */
  readonly callerPrivateKey: string;
  /** Ed25519, SPKI DER: every service checks it. */
  readonly callerPublicKey: string;
  /** 32 bytes. */
  readonly bsnEncryptionKey: string;
  /** 32 bytes. */
  readonly bsnHashKey: string;
  /** 32 bytes: hashes the numbers of clients that travel from registration to assessment. */
  readonly clientNumberKey: string;
  /** 32 bytes: seals the content of files of ZRMs. */
  readonly importContentKey: string;
  /** 32 bytes: encrypts the secrets of webhooks. */
  readonly webhookSecretKey: string;
  /** 32 bytes: seals the chain of the access log. */
  readonly auditSealKey: string;
  /** 32 bytes. */
  readonly sessionSecret: string;
  readonly oidcClientSecret: string;
}

/** Fresh random secrets. */
export function generateSecrets(): Secrets {
  const caller = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const random = (): string => randomBytes(32).toString('base64');
  return {
    callerPrivateKey: caller.privateKey.toString('base64'),
    callerPublicKey: caller.publicKey.toString('base64'),
    bsnEncryptionKey: random(),
    bsnHashKey: random(),
    clientNumberKey: random(),
    importContentKey: random(),
    webhookSecretKey: random(),
    auditSealKey: random(),
    sessionSecret: random(),
    oidcClientSecret: randomBytes(24).toString('base64url'),
  };
}

/** The secrets kept in `dataDir/secrets.json`; made at the first call, readable by the owner alone. */
export function keptSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
    const complete = { ...generateSecrets(), ...kept };
    // A newer version may need one that an older did not make.
    if (Object.keys(complete).length > Object.keys(kept).length) write(file, complete);
    return complete;
  } catch (error) {
    // A damaged file is not replaced: what was encrypted with it would be lost for good.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const secrets = generateSecrets();
  mkdirSync(dataDir, { recursive: true });
  write(file, secrets);
  return secrets;
}

function write(file: string, secrets: Secrets): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
