import { compareUrgency } from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { remindsByItself } from '#contracts/notifications/rule-catalogue.js';
import { earliest, firstReminder, type MeldingSettings, MINUTE_MS } from './clock-rules.js';
import { changed } from './melding-change.js';
import type { MeldingState } from './melding-state.js';

/** A melding with more parts than this is no longer read as one. */
const MOST_PARTS = 100;

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
    acknowledgeBy: firstReminder({ personId: identity.personId, urgency, parts: ordered }, now, settings),
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
  const reminder = firstReminder({ personId: melding.personId, urgency, parts: [part] }, now, settings);
  // None by now: it came to an end, unless it never had one because its parts come again by themselves.
  const isOver = melding.acknowledgeBy === null && !melding.parts.every(({ eventType }) => remindsByItself(eventType));
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
          ? firstReminder({ personId: melding.personId, urgency, parts }, now, settings)
          : earliest(melding.acknowledgeBy, isOver ? null : reminder),
    },
  );
}
