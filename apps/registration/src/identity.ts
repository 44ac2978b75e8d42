import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

/** Namespace of identifiers that derive from a request; never change it. */
const NAMESPACE = '6d1f9a52-4c0e-4b7e-9a53-0f6f3f1c2d77';

/** A new identifier, in order of time. */
export function newId(): string {
  return uuidv7();
}

/**
 * The identifier of something that a request makes: the same kind, scope and key give the same one, so that a repeated
 * request finds what it made before.
 * @param scope whose key it is, e.g. the person's id: keys of two people never meet.
 */
export function derivedId(kind: string, scope: string, key: string): string {
  return uuidv5(JSON.stringify([kind, scope, key]), NAMESPACE);
}

/** Identifier for a creation: derived when the request has a key, new when it has none. */
export function creationId(kind: string, scope: string, key: string | undefined): string {
  return key === undefined ? newId() : derivedId(kind, scope, key);
}

/** The content of a creation as one canonical text, without its key: what must be the same when the key comes again. */
export function requestContent(request: object): string {
  return canonicalize({ ...request, idempotencyKey: undefined }) ?? '';
}

/** Hash of a content without secrets. A content with a BSN is hashed with a key instead (BsnCipher.hash). */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('base64url');
}
