import { createHash } from 'node:crypto';

/** Identity of what a request makes, from who asks and the key of the request: the repeated request finds it. */
export function derivedId(what: string, personId: string, key: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([personId, key]))
    .digest('hex');
  return `${what}-${hash.slice(0, 32)}`;
}
