import type { MeldingDuty } from '#contracts/notifications/codes.js';
import { dutiesOf } from '../rules/duty-rules.js';
import { firstReminder, type MeldingSettings } from './clock-rules.js';
import { changed } from './melding-change.js';
import type { MeldingState, PartPickUp } from './melding-state.js';

/**
 * Which parts of a melding were acknowledged by colleagues: everything that the owner answers for in that change is
 * answered for by somebody who acknowledged it, after the owner last wanted it open. A part without a known duty is never
 * taken over: rather one melding too many than a change that nobody saw (domain.md §9).
 * @param holders all meldingen, of everybody, that tell of one of the same changes
 */
export function pickUpsFor(melding: MeldingState, holders: readonly MeldingState[]): PartPickUp[] {
  return melding.parts.flatMap((part) => {
    const needed = dutiesOf(part);
    const found = needed.map((duty) => firstWho(melding, holders, part.eventId, duty));
    const done = found.filter((one) => one !== undefined);
    if (needed.length === 0 || done.length < needed.length) return [];
    const last = done.reduce((a, b) => (b.at > a.at ? b : a));
    return [{ partId: part.partId, ...last }];
  });
}

/** Who was the first to acknowledge a change with a duty. */
function firstWho(
  melding: MeldingState,
  holders: readonly MeldingState[],
  eventId: string,
  duty: MeldingDuty,
): Omit<PartPickUp, 'partId'> | undefined {
  const { reopenedAt } = melding;
  return holders
    .flatMap(({ _id, status, acknowledgedAt: at, acknowledgedBy: by, parts }) => {
      if (_id === melding._id || status !== 'acknowledged' || at === null || by === null) return [];
      if (reopenedAt && at <= reopenedAt) return [];
      const answers = parts.some((part) => part.eventId === eventId && dutiesOf(part).includes(duty));
      return answers ? [{ by, at }] : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/**
 * Brings in what colleagues with the same duty acknowledged: with every part of it acknowledged the owner is spared and
 * the escalation stops; when that no longer holds it is open again, unread, and the escalation starts anew (domain.md §9).
 * @param pickUps as `pickUpsFor` gives them
 * @param by who acknowledged or reopened just now
 */
export function bringIn(
  melding: MeldingState,
  pickUps: readonly PartPickUp[],
  by: string,
  now: Date,
  settings: MeldingSettings,
): MeldingState {
  const alive = melding.status === 'open' || melding.status === 'snoozed';
  if (!alive && melding.status !== 'picked-up') return melding;
  const last = latest(pickUps);
  const settled = (melding.partsSettled ?? []).map(({ partId }) => partId);
  const done = new Set([...settled, ...pickUps.map(({ partId }) => partId)]);
  const spared = last !== undefined && melding.parts.every(({ partId }) => done.has(partId));
  const partsPickedUp = [...pickUps];
  if (alive && spared) {
    const pickedUp = { by: last.by, at: last.at };
    const change = { status: 'picked-up' as const, pickedUp, partsPickedUp, acknowledgeBy: null, snoozedUntil: null };
    return changed(melding, now, { action: 'picked-up', by }, change);
  }
  if (!alive && !spared) {
    const acknowledgeBy = firstReminder(melding, now, settings);
    const change = { status: 'open' as const, read: false, pickedUp: null, partsPickedUp, stage: 0 as const };
    return changed(melding, now, { action: 'reopened', by }, { ...change, acknowledgeBy });
  }
  if (isSame(pickUps, melding.partsPickedUp ?? [])) return melding;
  // Also a part of it must be written: two colleagues who each acknowledge one of two parts at the same moment would
  // otherwise both take the melding for half done.
  const pickedUp = spared ? { by: last.by, at: last.at } : null;
  return changed(melding, now, undefined, { pickedUp, partsPickedUp });
}

/** The owner is away: the replacement has it from now on, with its own reminder and escalation; here it stays to be read. */
export function leaveToReplacement(melding: MeldingState, to: string, now: Date): MeldingState {
  const escalatedTo = [...new Set([...melding.escalatedTo, to])];
  const entry = { action: 'replaced' as const, by: 'system', personId: to };
  return changed(melding, now, entry, { stage: 2, escalatedTo, acknowledgeBy: null });
}

function latest(pickUps: readonly PartPickUp[]): PartPickUp | undefined {
  return pickUps.reduce<PartPickUp | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
}

function isSame(a: readonly PartPickUp[], b: readonly PartPickUp[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
