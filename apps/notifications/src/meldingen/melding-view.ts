import type { MeldingAction } from '#contracts/notifications/codes.js';
import type { ClientMelding, Melding, MeldingPart, RuleName } from '#contracts/notifications/meldingen.js';
import { defaultRules } from '../rules/default-rules.js';
import { isLate } from './attention-rules.js';
import { decidingPart } from './part-rules.js';
import type { HistoryEntry, MeldingState } from './melding-state.js';

const names: ReadonlyMap<string, RuleName> = new Map(defaultRules.map(({ ruleId, name }) => [ruleId, name]));

/** What makes a melding stand where it stands, as far as its other fields do not tell. */
const STATUS_CHANGES: readonly MeldingAction[] = [
  'received',
  'received-from-colleague',
  'reopened',
  'taken-back',
  'returned',
  'snoozed',
  'woken',
  'settled',
];

/** A melding as others see it. @param now as of when it tells whether it is late */
export function meldingView(state: MeldingState, now: Date): Melding {
  const part = decidingPart(state.parts);
  return {
    meldingId: state._id,
    personId: state.personId,
    clientId: state.clientId,
    status: state.status,
    read: state.read,
    urgency: state.urgency,
    late: isLate(state, now),
    expectedAction: state.expectedAction,
    rule: { ruleId: part.ruleId, name: ruleNameOf(part) },
    because: part.because,
    becauseOf: part.becauseOf,
    parts: state.parts.map((each) => ({ ...each, ruleName: ruleNameOf(each) })),
    createdAt: state.createdAt.toISOString(),
    lastPartAt: state.lastPartAt.toISOString(),
    updatedAt: state.updatedAt.toISOString(),
    ...(state.acknowledgeBy ? { acknowledgeBy: state.acknowledgeBy.toISOString() } : {}),
    ...(state.snoozedUntil ? { snoozedUntil: state.snoozedUntil.toISOString() } : {}),
    ...(state.acknowledgedAt ? { acknowledgedAt: state.acknowledgedAt.toISOString() } : {}),
    ...(state.acknowledgedBy === null ? {} : { acknowledgedBy: state.acknowledgedBy }),
    ...(state.pickedUp ? { pickedUp: { by: state.pickedUp.by, at: state.pickedUp.at.toISOString() } } : {}),
    ...(state.partsPickedUp && state.partsPickedUp.length > 0
      ? { partsPickedUp: state.partsPickedUp.map(({ partId, by, at }) => ({ partId, by, at: at.toISOString() })) }
      : {}),
    ...(state.partsSettled && state.partsSettled.length > 0
      ? { partsSettled: state.partsSettled.map((one) => ({ ...one, at: one.at.toISOString() })) }
      : {}),
    ...(state.handedOver ? { handedOver: { ...state.handedOver, at: state.handedOver.at.toISOString() } } : {}),
    ...(state.receivedFrom ? { receivedFrom: state.receivedFrom } : {}),
    escalatedTo: state.escalatedTo,
    history: state.history.map(historyView),
    version: state.version,
  };
}

/** A rule of the region's own as it was called then; one of ours as it is called now. */
function ruleNameOf({ ruleId, ruleName }: MeldingPart): RuleName {
  return ruleName ?? names.get(ruleId) ?? { nl: ruleId, en: ruleId };
}

/** A melding as the client's file shows it to others than its recipient: without notes. */
export function clientMeldingView(state: MeldingState): ClientMelding {
  const { acknowledgedBy, acknowledgedAt, pickedUp, handedOver, escalatedTo } = state;
  const by = acknowledgedBy ?? pickedUp?.by ?? handedOver?.by;
  const stands = state.history.findLast(({ action }) => STATUS_CHANGES.includes(action));
  const since = acknowledgedAt ?? pickedUp?.at ?? handedOver?.at ?? stands?.at ?? state.createdAt;
  return {
    meldingId: state._id,
    personId: state.personId,
    clientId: state.clientId,
    status: state.status,
    since: since.toISOString(),
    ...(by === undefined ? {} : { by }),
    toPersonIds: [...new Set([...(handedOver?.to ?? []), ...escalatedTo])],
    urgency: state.urgency,
    because: decidingPart(state.parts).because,
    parts: state.parts,
    createdAt: state.createdAt.toISOString(),
  };
}

/** Where a melding stands in the live stream: `<updatedAt in ms>-<meldingId>`. */
export function positionOf(state: Pick<MeldingState, '_id' | 'updatedAt'>): string {
  return `${state.updatedAt.getTime()}-${state._id}`;
}

/** Reads a position of the live stream. */
export function readPosition(position: string): { at: Date; id: string } {
  const dash = position.indexOf('-');
  return { at: new Date(Number(position.slice(0, dash))), id: position.slice(dash + 1) };
}

function historyView({ at, action, by, personId, until }: HistoryEntry): Melding['history'][number] {
  return {
    at: at.toISOString(),
    action,
    by,
    ...(personId === undefined ? {} : { personId }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
  };
}
