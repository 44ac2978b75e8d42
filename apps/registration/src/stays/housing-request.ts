import {
  type CancellationReason,
  cancellationReasons,
  type CorrectionReason,
  correctionReasons,
  type DepartureReason,
  departureReasons,
  type LeaveReason,
  leaveReasons,
} from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import type {
  CancellationTargetData,
  HousingChangeRecorded,
  RecordHousingChange,
  SwapPlaces,
} from '#contracts/registration/stays.js';
import type { CancellationTarget, HousingCommand, SwapCommand } from './housing-commands.js';
import type { HousingChange } from './housing-types.js';

/** Turns requests into commands. The gateway validated them already; what misses all the same is named. */
export function commandOf(request: RecordHousingChange): HousingCommand {
  const { clientId, expectedVersion, placeId, reservationId, stayId, leaveId, departure, expectedUntil } = request;
  const forClient = { clientId, expectedVersion };
  const until = request.until ?? undefined;
  switch (request.kind) {
    case 'arrival':
      return {
        kind: 'arrival',
        ...forClient,
        placeId,
        reservationId,
        from: given('from', request.from),
        until,
        departure,
      };
    case 'move':
      return { kind: 'move', ...forClient, placeId, reservationId, date: given('date', request.date), until };
    case 'reservation':
      return {
        kind: 'reservation',
        ...forClient,
        placeId: given('placeId', placeId),
        from: given('from', request.from),
        until,
      };
    case 'leave': {
      const from = given('from', request.from);
      return { kind: 'leave', ...forClient, from, expectedUntil, until, reason: reasonOf(leaveReasons, request) };
    }
    case 'return':
      return { kind: 'return', ...forClient, leaveId, date: given('date', request.date) };
    case 'departure':
      return {
        kind: 'departure',
        ...forClient,
        stayId,
        date: given('date', request.date),
        reason: reasonOf(departureReasons, request),
        destination: given('destination', request.destination),
      };
    case 'correction':
      return {
        kind: 'correction',
        ...forClient,
        stayId: given('stayId', stayId),
        reason: reasonOf(correctionReasons, request),
        placeId,
        from: request.from,
        until: request.until,
        departure,
        leaves: request.leaves,
      };
    case 'cancellation':
      return {
        kind: 'cancellation',
        ...forClient,
        reason: reasonOf(cancellationReasons, request),
        target: targetOf(given('target', request.target)),
      };
  }
}

/** The swap that a request asks for. */
export function swapOf({ date, first, second }: SwapPlaces): SwapCommand {
  const half = ({ clientId, expectedVersion }: SwapPlaces['first']) => ({ clientId, expectedVersion });
  return { kind: 'swap', date, first: half(first), second: half(second) };
}

/** The answer to the request that made a change. */
export function recordedOf(change: HousingChange): HousingChangeRecorded {
  const { clientId, changeId, kind, version, effectiveOn, recordedAt } = change;
  // Who reserves from outside is not told what the reservation changed in the stay where the client is.
  const fromOutside = change.after.filter((stay) => stay.fromOutside);
  const after = kind === 'reservation' && fromOutside.length > 0 ? fromOutside : change.after;
  return { clientId, changeId, kind, version, effectiveOn, recordedAt, stayIds: after.map(({ stayId }) => stayId) };
}

type Reason = LeaveReason | DepartureReason | CorrectionReason | CancellationReason;

function reasonOf<Code extends Reason>(codes: readonly Code[], { reason }: RecordHousingChange): Code {
  const known = codes.find((code) => code === given('reason', reason));
  if (known === undefined)
    throw Refusal.of('code-unknown', { params: { allowed: codes.join(', ') }, fields: ['reason'] });
  return known;
}

function targetOf(target: CancellationTargetData): CancellationTarget {
  const stayId = () => given('target.stayId', target.stayId);
  switch (target.of) {
    case 'change':
      return { of: 'change', changeId: given('target.changeId', target.changeId) };
    case 'stay':
      return { of: 'stay', stayId: stayId() };
    case 'leave':
      return { of: 'leave', stayId: stayId(), leaveId: given('target.leaveId', target.leaveId) };
    case 'departure':
      return { of: 'departure', stayId: stayId() };
  }
}

function given<T>(field: string, value: T | null | undefined): T {
  if (value === undefined || value === null) throw Refusal.of('field-required', { fields: [field] });
  return value;
}
