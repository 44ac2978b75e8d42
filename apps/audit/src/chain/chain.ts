import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ChainFault } from '#contracts/audit/access-log.js';

/** One access as it is kept: the fields of NEN 7513 and the fact that told it. */
export interface RecordedAccess {
  /** Id of the fact, or of the access where a fact tells several; the log holds it once. */
  eventId: string;
  /** When it happened, ISO 8601 UTC with milliseconds. */
  at: string;
  actorId: string;
  actorKind: string;
  actorRoles: string[];
  actorOrganisationId?: string;
  action: string;
  operation: string;
  subjects: { clientId: string; ground: string }[];
  aboutPersonId?: string;
  aboutImportId?: string;
  emergency: boolean;
  correlationId?: string;
}

/** Where a chain stands: its last entry. */
export interface ChainLink {
  sequence: number;
  hash: string;
}

/** An access in its place in the chain. */
export interface ChainEntry extends RecordedAccess {
  /** 1 for the first entry, without gaps. */
  sequence: number;
  /** Hash of the entry before. */
  previousHash: string;
  /** SHA-256 of the rest of the entry in canonical JSON (RFC 8785), hexadecimal. */
  hash: string;
}

/** What comes before the first entry. */
export const GENESIS: ChainLink = { sequence: 0, hash: '0'.repeat(64) };

/** The hash that belongs to an entry: over every field that it has, but the hash itself. */
export function hashOf(entry: object): string {
  const { hash: _, ...rest } = { hash: undefined, ...entry };
  const text = canonicalize(rest);
  if (text === undefined) throw new Error('an entry has no canonical form');
  return createHash('sha256').update(text).digest('hex');
}

/** The entries that put accesses behind a link, in their order. */
export function append(after: ChainLink, accesses: readonly RecordedAccess[]): ChainEntry[] {
  let last = after;
  return accesses.map((access) => {
    const unhashed = { ...access, sequence: last.sequence + 1, previousHash: last.hash };
    const entry = { ...unhashed, hash: hashOf(unhashed) };
    last = entry;
    return entry;
  });
}

/** An entry as it is found in the database: whatever somebody may have made of it. */
export interface FoundEntry {
  sequence: number;
  previousHash?: unknown;
  hash?: unknown;
}

/** An entry that does not fit. */
export interface ChainBreak {
  sequence: number;
  fault: ChainFault;
}

/** What is wrong with an entry that should follow a link; undefined when it fits. */
export function breakBetween(before: ChainLink, entry: FoundEntry): ChainBreak | undefined {
  const expected = before.sequence + 1;
  if (entry.sequence !== expected) return { sequence: expected, fault: 'missing' };
  if (typeof entry.hash !== 'string' || entry.hash !== ownHash(entry)) return { sequence: expected, fault: 'altered' };
  if (entry.previousHash !== before.hash) return { sequence: expected, fault: 'unlinked' };
  return undefined;
}

function ownHash(entry: FoundEntry): string | undefined {
  try {
    return hashOf(entry);
  } catch {
    // Something that JSON does not know was put in.
    return undefined;
  }
}

/** The first break in entries that should follow a link and end with another; undefined when the chain is whole. */
export function firstBreak(before: ChainLink, entries: readonly FoundEntry[], head: ChainLink): ChainBreak | undefined {
  let last = before;
  for (const entry of entries) {
    const found = breakBetween(last, entry);
    if (found) return found;
    last = { sequence: entry.sequence, hash: String(entry.hash) };
  }
  if (last.sequence < head.sequence) return { sequence: last.sequence + 1, fault: 'missing' };
  if (last.sequence > head.sequence) return { sequence: head.sequence + 1, fault: 'beyond-head' };
  return last.hash === head.hash ? undefined : { sequence: head.sequence, fault: 'head' };
}

/**
 * Seals a link with a key that the database does not hold (HMAC-SHA-256): whoever can write the database can compute a
 * whole new chain, but not its seals.
 * @param purpose what the seal is for, so that one cannot stand in for another
 */
export function seal(key: Buffer, purpose: 'head' | 'checkpoint', { sequence, hash }: ChainLink): string {
  return createHmac('sha256', key).update(`${purpose} ${sequence} ${hash}`).digest('hex');
}

/** Whether a seal was made with the key for this link. */
export function isSealed(key: Buffer, purpose: 'head' | 'checkpoint', link: ChainLink, found: string): boolean {
  const expected = Buffer.from(seal(key, purpose, link));
  const given = Buffer.from(found);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
