import { UNASSIGNED } from '#contracts/notifications/codes.js';
import { remindsByItself } from '#contracts/notifications/rule-catalogue.js';
import type { EscalationByUrgency } from '#contracts/notifications/rules.js';
import { changed } from './melding-change.js';
import type { MeldingState } from './melding-state.js';

/** Minutes in milliseconds. */
export const MINUTE_MS = 60_000;

/** What the region set that the life of a melding depends on. */
export interface MeldingSettings {
  groupingMinutes: number;
  escalation: EscalationByUrgency;
  longestSnoozeDays: number;
}

/** What happens to a melding by itself, and when. */
export interface DueStep {
  step: 'wake' | 'remind' | 'escalate';
  at: Date;
}

/** The next thing that happens by itself; undefined when nothing does. */
export function nextStep(melding: MeldingState): DueStep | undefined {
  if (melding.status === 'snoozed')
    return melding.snoozedUntil ? { step: 'wake', at: melding.snoozedUntil } : undefined;
  if (melding.status !== 'open' || melding.acknowledgeBy === null) return undefined;
  return { step: melding.stage === 0 ? 'remind' : 'escalate', at: melding.acknowledgeBy };
}

/** The snooze is over: open, unread, and the escalation starts. */
export function wake(melding: MeldingState, now: Date, settings: MeldingSettings): MeldingState {
  return changed(
    melding,
    now,
    { action: 'woken', by: 'system' },
    {
      status: 'open',
      read: false,
      snoozedUntil: null,
      stage: 0,
      acknowledgeBy: firstReminder(melding, now, settings),
    },
  );
}

/** Told again to the same person. */
export function remind(melding: MeldingState, now: Date, settings: MeldingSettings): MeldingState {
  return changed(
    melding,
    now,
    { action: 'reminded', by: 'system' },
    {
      stage: 1,
      acknowledgeBy: later(now, settings.escalation[melding.urgency].escalateAfter),
    },
  );
}

/** Gone further to others; it stays open here until somebody acknowledges it. */
export function escalate(melding: MeldingState, to: readonly string[], now: Date): MeldingState {
  return changed(
    melding,
    now,
    { action: 'escalated', by: 'system', ...(to[0] === undefined ? {} : { personId: to[0] }) },
    {
      stage: 2,
      escalatedTo: [...new Set([...melding.escalatedTo, ...to])],
      acknowledgeBy: null,
    },
  );
}

/**
 * Nobody can be reminded of what is in nobody's inbox; it is on the metrics instead. Nor is anybody of what comes again by
 * itself: its own ladder says who hears of it and when.
 */
export function firstReminder(
  { personId, urgency, parts }: Pick<MeldingState, 'personId' | 'urgency' | 'parts'>,
  now: Date,
  settings: MeldingSettings,
): Date | null {
  const comesAgain = parts.every(({ eventType }) => remindsByItself(eventType));
  return personId === UNASSIGNED || comesAgain ? null : later(now, settings.escalation[urgency].reminderAfter);
}

/** An instant so many minutes after another. */
export function later(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE_MS);
}

/** The earlier of two instants; null is never. */
export function earliest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a <= b ? a : b;
}
