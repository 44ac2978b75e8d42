import { cancellationReasons, correctionReasons, leaveReasons } from '#contracts/codes.js';

import type { HousingCommand, LeaveView, Stay } from '../../api/housing.js';
import { oneOf } from '../../ui/use-filters.js';

/** One leave of a stay, to be corrected or taken away. */
export interface LeaveTask {
  kind: 'correction' | 'cancellation';
  stay: Stay;
  leave: LeaveView;
}

/** Fields of the form, named as in the request. */
export type LeaveFormValues = Record<
  'leaves[0].from' | 'leaves[0].until' | 'leaves[0].expectedUntil' | 'leaves[0].reason' | 'reason',
  string
>;

/** The leave as it stands, without a reason for changing it. */
export function leaveValues({ leave }: LeaveTask): LeaveFormValues {
  return {
    'leaves[0].from': leave.from,
    'leaves[0].until': leave.until ?? '',
    'leaves[0].expectedUntil': leave.expectedUntil ?? '',
    'leaves[0].reason': leave.reason,
    reason: '',
  };
}

/** Which fields have to be filled in. */
export function requiredInLeave({ kind }: LeaveTask): (keyof LeaveFormValues)[] {
  return kind === 'cancellation' ? ['reason'] : ['leaves[0].from', 'leaves[0].reason', 'reason'];
}

/** The request that belongs to what was filled in: of a correction only what differs from how the leave stands now. */
export function leaveCommandOf(task: LeaveTask, values: LeaveFormValues): HousingCommand {
  const { stayId } = task.stay;
  const { leaveId } = task.leave;
  if (task.kind === 'cancellation') {
    const reason = oneOf(cancellationReasons, values.reason) ?? 'other';
    return { kind: 'cancellation', target: { of: 'leave', stayId, leaveId }, reason };
  }
  const before = leaveValues(task);
  const changed = (name: keyof LeaveFormValues): boolean => values[name] !== before[name];
  const orNone = (name: keyof LeaveFormValues): string | null => (values[name] === '' ? null : values[name]);
  const correction = {
    leaveId,
    ...(changed('leaves[0].from') ? { from: values['leaves[0].from'] } : {}),
    ...(changed('leaves[0].until') ? { until: orNone('leaves[0].until') } : {}),
    ...(changed('leaves[0].expectedUntil') ? { expectedUntil: orNone('leaves[0].expectedUntil') } : {}),
    ...(changed('leaves[0].reason') ? { reason: oneOf(leaveReasons, values['leaves[0].reason']) ?? 'other' } : {}),
  };
  const reason = oneOf(correctionReasons, values.reason) ?? 'other';
  return { kind: 'correction', stayId, reason, leaves: [correction] };
}
