import type { MeldingSettlement } from '#contracts/notifications/codes.js';
import { changed } from './melding-change.js';
import type { MeldingState } from './melding-state.js';
import { decidingPart } from './part-rules.js';

/**
 * What was asked is no longer asked: its parts are settled. A melding in which nothing is left to see to leaves the open list
 * by itself, without anybody acknowledging it: its recipient sees why. With other parts left it stays, as urgent as those.
 * @param aboutId what was asked for
 */
export function settle(melding: MeldingState, aboutId: string, because: MeldingSettlement, now: Date): MeldingState {
  const known = new Set((melding.partsSettled ?? []).map(({ partId }) => partId));
  const fresh = melding.parts.filter((part) => part.aboutId === aboutId && !known.has(part.partId));
  if (fresh.length === 0) return melding;
  const partsSettled = [...(melding.partsSettled ?? []), ...fresh.map(({ partId }) => ({ partId, because, at: now }))];
  const settled = new Set(partsSettled.map(({ partId }) => partId));
  const left = melding.parts.filter(({ partId }) => !settled.has(partId));
  const pickedUp = new Set((melding.partsPickedUp ?? []).map(({ partId }) => partId));
  if (left.some(({ partId }) => !pickedUp.has(partId))) {
    const { urgency, expectedAction } = decidingPart(left);
    return changed(melding, now, undefined, { partsSettled, urgency, expectedAction });
  }
  const change = { status: 'settled' as const, read: true, partsSettled, acknowledgeBy: null, snoozedUntil: null };
  return changed(melding, now, { action: 'settled', by: 'system' }, change);
}
