import { UNASSIGNED } from '#contracts/notifications/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { firstReminder, type MeldingSettings } from './clock-rules.js';
import { changed } from './melding-change.js';
import type { MeldingState } from './melding-state.js';

const DAY_MS = 86_400_000;
/** Nobody has to do anything with it any more. */
const DONE: readonly MeldingState['status'][] = ['acknowledged', 'picked-up', 'settled'];

/** Read or unread; repeating it changes nothing. */
export function markRead(melding: MeldingState, read: boolean, by: string, now: Date): MeldingState {
  if (melding.read === read) return melding;
  return changed(melding, now, { action: read ? 'read' : 'unread', by }, { read });
}

/**
 * Acknowledged: seen and dealt with; the escalation stops. What a colleague picked up stays theirs; what was settled stays so.
 * @throws Refusal `melding-not-open`
 */
export function acknowledge(melding: MeldingState, by: string, now: Date): MeldingState {
  if (DONE.includes(melding.status)) return melding;
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
 * @throws Refusal `melding-not-acknowledged` for one that is with a colleague
 */
export function reopen(melding: MeldingState, by: string, now: Date, settings: MeldingSettings): MeldingState {
  if (melding.status === 'open') return melding;
  if (melding.status === 'handed-over' || melding.status === 'returned') throw Refusal.of('melding-not-acknowledged');
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
      partsSettled: [],
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

/** With its owner again, after it was handed over; the escalation starts anew. @throws Refusal `melding-not-acknowledged` */
export function takeBack(melding: MeldingState, by: string, now: Date, settings: MeldingSettings): MeldingState {
  const { handedOver } = melding;
  if (melding.status !== 'handed-over' || handedOver === null) throw Refusal.of('melding-not-acknowledged');
  const [colleague] = handedOver.to;
  return changed(
    melding,
    now,
    { action: 'taken-back', by, ...(colleague === undefined ? {} : { personId: colleague }) },
    { status: 'open', handedOver: null, stage: 0, acknowledgeBy: firstReminder(melding, now, settings) },
  );
}

/**
 * What the colleague received goes back to whoever gave it. Having read it is no reason to keep it, having done something
 * with it is.
 * @throws Refusal `hand-over-taken-up`
 */
export function giveBack(received: MeldingState, to: string, by: string, now: Date): MeldingState {
  if (received.status !== 'open') throw Refusal.of('hand-over-taken-up');
  return returned(received, to, by, now);
}

/** No longer with this recipient: it is with somebody else, and asks for nothing here. */
export function returned(melding: MeldingState, to: string, by: string, now: Date): MeldingState {
  return changed(
    melding,
    now,
    { action: 'returned', by, personId: to },
    { status: 'returned', read: true, acknowledgeBy: null, snoozedUntil: null },
  );
}

function mustBeAlive(melding: MeldingState): void {
  if (melding.status !== 'open' && melding.status !== 'snoozed') throw Refusal.of('melding-not-open');
}
