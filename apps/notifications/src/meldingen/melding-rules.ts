import { compareUrgency, type MeldingAction, UNASSIGNED } from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import type { EscalationByUrgency } from '#contracts/notifications/rules.js';
import { Refusal } from '#contracts/refusal.js';
import type { HistoryEntry, MeldingState } from './melding-state.js';

/** What the region set that the life of a melding depends on. */
export interface MeldingSettings {
  groupingMinutes: number;
  escalation: EscalationByUrgency;
  longestSnoozeDays: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A melding with more parts than this is no longer read as one. */
const MOST_PARTS = 100;
/** Of reading and unreading only the latest are kept; everything else in the history stays. */
const MOST_HISTORY = 200;

/** Puts a part in its place: parts of one kind of event stand by sequence, others as they came. Same part: no change. */
export function insertPart(parts: readonly MeldingPart[], part: MeldingPart): MeldingPart[] {
  if (parts.some(({ partId }) => partId === part.partId)) return [...parts];
  const after = parts.findIndex((one) => one.eventType === part.eventType && one.sequence > part.sequence);
  return after < 0 ? [...parts, part] : [...parts.slice(0, after), part, ...parts.slice(after)];
}

/** The part that decides how urgent the melding is and what is expected: the most urgent, of equals the last. */
export function decidingPart(parts: readonly MeldingPart[]): MeldingPart {
  const [first, ...rest] = parts;
  if (!first) throw new Error('a melding has at least one part');
  return rest.reduce((best, part) => (compareUrgency(part.urgency, best.urgency) >= 0 ? part : best), first);
}

/** Whether a change that comes now joins this melding instead of making a new one (domain.md §9). */
export function takesParts(melding: MeldingState, now: Date, settings: MeldingSettings): boolean {
  const recent = now.getTime() - melding.lastPartAt.getTime() < settings.groupingMinutes * MINUTE_MS;
  const alive = melding.status === 'open' || melding.status === 'snoozed';
  return alive && recent && melding.stage < 2 && melding.receivedFrom === null && melding.parts.length < MOST_PARTS;
}

/** A new melding. @param identity its id, derived from person, client and number */
export function receive(
  identity: Pick<MeldingState, '_id' | 'personId' | 'clientId' | 'number'>,
  parts: readonly MeldingPart[],
  now: Date,
  settings: MeldingSettings,
  receivedFrom: MeldingState['receivedFrom'] = null,
): MeldingState {
  const ordered = parts.reduce<MeldingPart[]>(insertPart, []);
  const { urgency, expectedAction } = decidingPart(ordered);
  const action = receivedFrom ? ('received-from-colleague' as const) : ('received' as const);
  return {
    ...identity,
    status: 'open',
    read: false,
    urgency,
    expectedAction,
    parts: ordered,
    createdAt: now,
    lastPartAt: now,
    updatedAt: now,
    acknowledgeBy: firstReminder({ personId: identity.personId, urgency }, now, settings),
    stage: 0,
    snoozedUntil: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    handedOver: null,
    receivedFrom,
    escalatedTo: [],
    history: [{ at: now, action, by: 'system', ...(receivedFrom ? { personId: receivedFrom.personId } : {}) }],
    version: 1,
  };
}

/** Adds a part: the melding is unread again, and comes out of its snooze. */
export function addPart(melding: MeldingState, part: MeldingPart, now: Date, settings: MeldingSettings): MeldingState {
  const parts = insertPart(melding.parts, part);
  if (parts.length === melding.parts.length) return melding;
  const { urgency, expectedAction } = decidingPart(parts);
  const reminder = melding.acknowledgeBy && later(now, settings.escalation[urgency].reminderAfter);
  return changed(
    melding,
    now,
    { action: 'part-added', by: 'system' },
    {
      parts,
      urgency,
      expectedAction,
      status: 'open',
      read: false,
      lastPartAt: now,
      snoozedUntil: null,
      // A more urgent part may bring the reminder forward; another part never puts it off.
      acknowledgeBy:
        melding.status === 'snoozed'
          ? later(now, settings.escalation[urgency].reminderAfter)
          : earliest(melding.acknowledgeBy, reminder),
    },
  );
}

/** Read or unread; repeating it changes nothing. */
export function markRead(melding: MeldingState, read: boolean, by: string, now: Date): MeldingState {
  if (melding.read === read) return melding;
  return changed(melding, now, { action: read ? 'read' : 'unread', by }, { read });
}

/**
 * Acknowledged: seen and dealt with; the escalation stops. What a colleague picked up stays theirs.
 * @throws Refusal `melding-not-open`
 */
export function acknowledge(melding: MeldingState, by: string, now: Date): MeldingState {
  if (melding.status === 'acknowledged' || melding.status === 'picked-up') return melding;
  mustBeAlive(melding);
  return changed(
    melding,
    now,
    { action: 'acknowledged', by },
    {
      status: 'acknowledged',
      read: true,
      acknowledgedAt: now,
      acknowledgedBy: by,
      acknowledgeBy: null,
      snoozedUntil: null,
    },
  );
}

/**
 * Open again, after an acknowledgement, own or a colleague's, or before a snooze is over; the escalation starts anew.
 * @throws Refusal `melding-not-acknowledged` for one that was handed over
 */
export function reopen(melding: MeldingState, by: string, now: Date, settings: MeldingSettings): MeldingState {
  if (melding.status === 'open') return melding;
  if (melding.status === 'handed-over') throw Refusal.of('melding-not-acknowledged');
  return changed(
    melding,
    now,
    { action: 'reopened', by },
    {
      status: 'open',
      acknowledgedAt: null,
      acknowledgedBy: null,
      pickedUp: null,
      partsPickedUp: [],
      reopenedAt: now,
      snoozedUntil: null,
      stage: 0,
      acknowledgeBy: firstReminder(melding, now, settings),
    },
  );
}

/** Out of sight until an instant. @throws Refusal `snooze-moment`, `melding-not-open` */
export function snooze(
  melding: MeldingState,
  until: Date,
  by: string,
  now: Date,
  settings: MeldingSettings,
): MeldingState {
  mustBeAlive(melding);
  const days = settings.longestSnoozeDays;
  if (!(until > now) || until.getTime() > now.getTime() + days * DAY_MS) {
    throw Refusal.of('snooze-moment', { params: { days }, fields: ['until'] });
  }
  return changed(
    melding,
    now,
    { action: 'snoozed', by, until },
    {
      status: 'snoozed',
      read: true,
      snoozedUntil: until,
      acknowledgeBy: null,
    },
  );
}

/** Goes to a colleague, who has their own melding of it from now on. @throws Refusal `melding-not-open` */
export function handOver(
  melding: MeldingState,
  to: readonly string[],
  by: string,
  now: Date,
  note?: string,
): MeldingState {
  mustBeAlive(melding);
  const action = melding.personId === UNASSIGNED && by === 'system' ? ('assigned' as const) : ('handed-over' as const);
  return changed(
    melding,
    now,
    { action, by, ...(to[0] === undefined ? {} : { personId: to[0] }) },
    {
      status: 'handed-over',
      read: true,
      handedOver: { to: [...to], by, at: now, ...(note === undefined ? {} : { note }) },
      acknowledgeBy: null,
      snoozedUntil: null,
    },
  );
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
      acknowledgeBy: later(now, settings.escalation[melding.urgency].reminderAfter),
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

function mustBeAlive(melding: MeldingState): void {
  if (melding.status !== 'open' && melding.status !== 'snoozed') throw Refusal.of('melding-not-open');
}

/** Nobody can be reminded of what is in nobody's inbox; it is on the metrics instead. */
export function firstReminder(
  { personId, urgency }: Pick<MeldingState, 'personId' | 'urgency'>,
  now: Date,
  settings: MeldingSettings,
): Date | null {
  return personId === UNASSIGNED ? null : later(now, settings.escalation[urgency].reminderAfter);
}

function later(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE_MS);
}

function earliest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a <= b ? a : b;
}

/** The next version of a melding. @param entry what its history says; absent where it says nothing */
export function changed(
  melding: MeldingState,
  now: Date,
  entry: Omit<HistoryEntry, 'at'> | undefined,
  change: Partial<MeldingState>,
): MeldingState {
  const history = entry ? bounded([...melding.history, { at: now, ...entry }]) : melding.history;
  // The stream orders by this; a clock that lags behind another process must not hide the change.
  const updatedAt = now > melding.updatedAt ? now : new Date(melding.updatedAt.getTime() + 1);
  return { ...melding, ...change, history, updatedAt, version: melding.version + 1 };
}

const FORGETTABLE: readonly MeldingAction[] = ['read', 'unread'];

function bounded(history: HistoryEntry[]): HistoryEntry[] {
  if (history.length <= MOST_HISTORY) return history;
  const oldest = history.findIndex(({ action }) => FORGETTABLE.includes(action));
  return oldest < 0 ? history : history.filter((_, index) => index !== oldest);
}
