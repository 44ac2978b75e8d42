import { dueSettlements } from '../assessment/codes.js';

/** Codes of meldingen, rules and channels (domain.md §9). Codes never change meaning; new ones may be added. */

/** Address of the page with one's meldingen, as e-mails name it: they stay in mailboxes, so it stays too. */
export const INBOX_PATH = '/meldingen';

/** How fast a melding asks for attention, least first: the position in the list is the order. */
export const meldingUrgencies = ['low', 'normal', 'high'] as const;
export type MeldingUrgency = (typeof meldingUrgencies)[number];

/** Negative when `a` is less urgent than `b`, 0 when equal, positive when more. */
export function compareUrgency(a: MeldingUrgency, b: MeldingUrgency): number {
  return meldingUrgencies.indexOf(a) - meldingUrgencies.indexOf(b);
}

/**
 * Where a melding stands. Whether it was read is told apart from this: an open melding may be read or unread. `picked-up`:
 * a colleague with the same duty acknowledged their melding of the same changes. `returned`: it was with the recipient for
 * a while, and is with the colleague again whom it came from. `settled`: nothing is asked any more, because what it reminded of
 * was done, lapsed, or is asked anew in a later one.
 */
export const meldingStatuses = [
  'open',
  'snoozed',
  'acknowledged',
  'handed-over',
  'picked-up',
  'returned',
  'settled',
] as const;
export type MeldingStatus = (typeof meldingStatuses)[number];

/**
 * Recipients by relation, never by name. The `previous` ones are also of every other cluster that a change touches: where
 * a reservation lapsed, or an entry was taken away.
 */
export const recipientRelations = [
  'regisseur-of-cluster',
  'regisseur-of-previous-cluster',
  'regisseur-of-client',
  'representative-of-place',
  'representative-of-previous-place',
  'coordinator',
] as const;
export type RecipientRelation = (typeof recipientRelations)[number];

/**
 * What a recipient answers for in one change. People with the same duty share it: when one of them acknowledges, the
 * others need not. `guard`: the client as things are now. The others name the cluster after the colon: to let a client go
 * there, and to represent its places, are duties that a regisseur of another cluster does not take over.
 */
export type MeldingDuty = 'guard' | 'coordinate' | `guard-before:${string}` | `represent:${string}`;

/** Why a melding came to this person: a relation, or what was done when the related person could not be reached. */
export const meldingBecauses = [
  ...recipientRelations,
  'replacement',
  'absence-over',
  'fallback',
  'unassigned',
  'handed-over',
  'escalation',
] as const;
export type MeldingBecause = (typeof meldingBecauses)[number];

/** What the recipient is expected to do. */
export const expectedActions = [
  'take-note',
  'discuss',
  'contact-today',
  'answer-offer',
  'check-data',
  'fill-in-zrm',
] as const;
export type ExpectedAction = (typeof expectedActions)[number];

/** What happened to a melding, as its history tells. */
export const meldingActions = [
  'received',
  'part-added',
  'read',
  'unread',
  'acknowledged',
  'picked-up',
  'reopened',
  'snoozed',
  'woken',
  'handed-over',
  'taken-back',
  'returned',
  'received-from-colleague',
  'reminded',
  'escalated',
  'replaced',
  'assigned',
  'settled',
] as const;
export type MeldingAction = (typeof meldingActions)[number];

/** Why a part of a melding asks for nothing any more. `overtaken`: a later reminder asks for the same. */
export const meldingSettlements = [...dueSettlements, 'overtaken'] as const;
export type MeldingSettlement = (typeof meldingSettlements)[number];

/** Whom an unacknowledged melding goes to after the reminder, in the order in which they are tried. */
export const escalationTargets = ['colleague', 'coordinator', 'fallback'] as const;
export type EscalationTarget = (typeof escalationTargets)[number];

/** When e-mail is sent: with each melding (bundled per minute), once a day, or not. */
export const emailModes = ['immediate', 'digest', 'off'] as const;
export type EmailMode = (typeof emailModes)[number];

/** `disabled`: by the system, after long failure. */
export const webhookStates = ['active', 'paused', 'disabled'] as const;
export type WebhookState = (typeof webhookStates)[number];

export const webhookDeliveryStates = ['waiting', 'delivered', 'failed', 'cancelled'] as const;
export type WebhookDeliveryState = (typeof webhookDeliveryStates)[number];

/** Inbox of meldingen for which nobody is responsible and no fallback is set; never a person's identifier. */
export const UNASSIGNED = 'unassigned';
