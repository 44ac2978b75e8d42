import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { firstReminder, type MeldingSettings } from './clock-rules.js';
import { changed } from './melding-change.js';
import type { MeldingState } from './melding-state.js';

/**
 * What an inbox holds only because its owner replaces somebody, and what is not dealt with: by whom it is really for. After
 * an absence the replacement no longer sees the client (domain.md §2: "colleagues' when replacing"), so it cannot stay.
 */
export function partsOfReplaced(melding: MeldingState): ReadonlyMap<string, MeldingPart[]> {
  const byOwner = new Map<string, MeldingPart[]>();
  if (melding.status !== 'open' && melding.status !== 'snoozed') return byOwner;
  for (const part of melding.parts) {
    // Nearest first: the last one is whose duty it was before anybody was away.
    const owner = part.because === 'replacement' ? part.becauseOf.at(-1) : undefined;
    if (owner !== undefined) byOwner.set(owner, [...(byOwner.get(owner) ?? []), part]);
  }
  return byOwner;
}

/**
 * The owner is back and has this melding still, which waited with the replacement: it asks for attention here again, and
 * the escalation starts anew. One that is snoozed, done, or went further in another way stays as it is.
 */
export function comeBack(melding: MeldingState, from: string, now: Date, settings: MeldingSettings): MeldingState {
  const went = melding.history.findLast(({ action }) => action === 'replaced' || action === 'escalated');
  if (melding.status !== 'open' || melding.acknowledgeBy !== null || went?.action !== 'replaced') return melding;
  const acknowledgeBy = firstReminder(melding, now, settings);
  const entry = { action: 'taken-back' as const, by: 'system', personId: from };
  return changed(melding, now, entry, { read: false, stage: 0, acknowledgeBy });
}
