import { createHash, generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../problem.ts';

/** Keys of the local issuer that must survive a restart, or every token and cookie would end with it. */
export interface IssuerKeys {
  readonly signing: JsonWebKey & { kid: string; use: 'sig'; alg: 'RS256' };
  readonly cookies: readonly string[];
}

/** The keys kept in `dataDir/keys.json`; made at the first call, readable by the owner alone. */
export function keptIssuerKeys(dataDir: string): IssuerKeys {
  const file = join(dataDir, 'keys.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as IssuerKeys;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 16);
  const keys: IssuerKeys = {
    signing: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    cookies: [randomBytes(32).toString('base64url')],
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}
