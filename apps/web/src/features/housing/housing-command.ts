import {
  cancellationReasons,
  correctionReasons,
  departureDestinations,
  departureReasons,
  leaveReasons,
} from '#contracts/codes.js';

import type { HousingCommand } from '../../api/housing.js';
import { oneOf } from '../../ui/use-filters.js';
import type { HousingTask } from './housing-panel.js';

/** Fields of the form, named as in the request. */
export type HousingFormValues = Record<
  'from' | 'date' | 'until' | 'expectedUntil' | 'placeId' | 'reason' | 'destination',
  string
>;

/** Which fields have to be filled in for what is recorded. */
export function requiredFields({ kind, reservation }: HousingTask): (keyof HousingFormValues)[] {
  const place: (keyof HousingFormValues)[] = reservation === undefined ? ['placeId'] : [];
  switch (kind) {
    case 'arrival':
      return ['from', ...place];
    case 'reservation':
      return ['from', 'placeId'];
    case 'move':
      return ['date', ...place];
    case 'leave':
      return ['from', 'reason'];
    case 'return':
      return ['date'];
    case 'departure':
      return ['date', 'reason', 'destination'];
    case 'correction':
      return ['from', 'reason'];
    case 'cancellation':
      return ['reason'];
  }
}

/** The request that belongs to what was filled in. Required choices were checked before; the first one stands in for none. */
export function commandOf(task: HousingTask, values: HousingFormValues): HousingCommand {
  const { from, date, placeId } = values;
  const target = task.reservation === undefined ? { placeId } : { reservationId: task.reservation.stayId };
  const stayId = task.stay?.stayId ?? '';
  switch (task.kind) {
    case 'arrival':
      return { kind: 'arrival', from, ...target };
    case 'reservation':
      return { kind: 'reservation', from, placeId, ...(values.until === '' ? {} : { until: values.until }) };
    case 'move':
      return { kind: 'move', date, ...target };
    case 'leave':
      return {
        kind: 'leave',
        from,
        reason: oneOf(leaveReasons, values.reason) ?? 'other',
        ...(values.expectedUntil === '' ? {} : { expectedUntil: values.expectedUntil }),
      };
    case 'return':
      return { kind: 'return', date };
    case 'departure':
      return {
        kind: 'departure',
        date,
        reason: oneOf(departureReasons, values.reason) ?? 'other',
        destination: oneOf(departureDestinations, values.destination) ?? 'unknown',
      };
    case 'correction':
      return { kind: 'correction', stayId, ...correctionOf(task, values) };
    case 'cancellation':
      return {
        kind: 'cancellation',
        target: { of: 'stay', stayId },
        reason: oneOf(cancellationReasons, values.reason) ?? 'other',
      };
  }
}

/** Only what differs from how the stay stands now. */
function correctionOf({ stay }: HousingTask, values: HousingFormValues) {
  const until = values.until === '' ? null : values.until;
  return {
    reason: oneOf(correctionReasons, values.reason) ?? ('other' as const),
    ...(values.from === stay?.from ? {} : { from: values.from }),
    ...(until === (stay?.until ?? null) ? {} : { until }),
    ...(values.placeId === '' || values.placeId === stay?.placeId ? {} : { placeId: values.placeId }),
  };
}
