import type { Melding, RuleName } from '#contracts/notifications/meldingen.js';
import { defaultRules } from '../rules/default-rules.js';
import { decidingPart } from './melding-rules.js';
import type { HistoryEntry, MeldingState } from './melding-state.js';

const names: ReadonlyMap<string, RuleName> = new Map(defaultRules.map(({ ruleId, name }) => [ruleId, name]));

/** A melding as others see it. */
export function meldingView(state: MeldingState): Melding {
  const part = decidingPart(state.parts);
  return {
    meldingId: state._id,
    personId: state.personId,
    clientId: state.clientId,
    status: state.status,
    read: state.read,
    urgency: state.urgency,
    expectedAction: state.expectedAction,
    rule: {
      ruleId: part.ruleId,
      name: part.ruleName ?? names.get(part.ruleId) ?? { nl: part.ruleId, en: part.ruleId },
    },
    because: part.because,
    becauseOf: part.becauseOf,
    parts: state.parts,
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
    ...(state.handedOver ? { handedOver: { ...state.handedOver, at: state.handedOver.at.toISOString() } } : {}),
    ...(state.receivedFrom ? { receivedFrom: state.receivedFrom } : {}),
    escalatedTo: state.escalatedTo,
    history: state.history.map(historyView),
    version: state.version,
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
