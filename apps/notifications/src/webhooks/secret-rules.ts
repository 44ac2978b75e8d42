import type { EncryptedText } from '#access/text-cipher.js';
import { Refusal } from '#contracts/refusal.js';

/** One signing secret of a subscription, sealed. */
export interface SealedSecret {
  sealed: EncryptedText;
  madeAt: Date;
  /** Until when it still signs, after another took its place; null for the present one. */
  until: Date | null;
}

/** Secrets that sign at the same time; more make every delivery heavier and mean that somebody rotates in a loop. */
const MOST_SECRETS = 4;
const HOUR_MS = 3_600_000;

/** The secrets that sign at an instant, the present one first. */
export function signing(secrets: readonly SealedSecret[], now: Date): SealedSecret[] {
  return secrets
    .filter(({ until }) => until === null || until > now)
    .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
}

/**
 * A new secret takes the place of the present one, which goes on signing for a while, so that the receiver can change at
 * its own moment. Zero hours: whatever was leaked signs nothing any more from now on, older ones included.
 * @throws Refusal `webhook-secrets-many` while too many still sign
 */
export function rotated(
  secrets: readonly SealedSecret[],
  sealed: EncryptedText,
  now: Date,
  overlapHours: number,
): SealedSecret[] {
  const next = { sealed, madeAt: now, until: null };
  if (overlapHours === 0) return [next];
  const end = new Date(now.getTime() + overlapHours * HOUR_MS);
  const kept = signing(secrets, now).map((secret) => ({ ...secret, until: secret.until ?? end }));
  if (kept.length >= MOST_SECRETS) throw Refusal.of('webhook-secrets-many', { params: { most: MOST_SECRETS } });
  return [next, ...kept];
}
