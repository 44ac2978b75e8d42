import { createHash } from 'node:crypto';

/** A UUID (version 8, custom) that follows from its parts: the same parts always give the same identity. */
function derived(...parts: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** Identity of one event in the inbox of one person: a redelivered event finds it there. */
export function partIdOf(eventId: string, personId: string): string {
  return derived('part', eventId, personId);
}

/** Identity of the n-th melding of a person about a client: two processes cannot both make the n-th. */
export function meldingIdOf(personId: string, clientId: string, number: number): string {
  return derived('melding', personId, clientId, String(number));
}
