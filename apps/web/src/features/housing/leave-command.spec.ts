import { describe, expect, it } from '@jest/globals';

import type { Stay } from '../../api/housing.js';
import { leaveCommandOf, type LeaveTask, leaveValues, requiredInLeave } from './leave-command.js';

const leave = { leaveId: 'l1', from: '2026-03-05', expectedUntil: '2026-03-09', reason: 'holiday' } as const;
const stay: Stay = {
  stayId: 's1',
  placeId: 'p1',
  clusterId: 'k1',
  organisationId: 'o1',
  from: '2026-01-01',
  reserved: false,
  leaves: [leave],
  state: 'on-leave',
  zwaarteMatch: 'equal',
};
const correction: LeaveTask = { kind: 'correction', stay, leave };

describe('the request of what is mended in a leave', () => {
  it('sends only what differs, and null for what goes', () => {
    const values = { ...leaveValues(correction), 'leaves[0].until': '2026-03-08', 'leaves[0].expectedUntil': '' };
    expect(leaveCommandOf(correction, { ...values, reason: 'wrong-date' })).toEqual({
      kind: 'correction',
      stayId: 's1',
      reason: 'wrong-date',
      leaves: [{ leaveId: 'l1', until: '2026-03-08', expectedUntil: null }],
    });
    expect(requiredInLeave(correction)).toEqual(['leaves[0].from', 'leaves[0].reason', 'reason']);
  });

  it('opens a leave again whose return was a mistake', () => {
    const returned = { ...correction, leave: { ...leave, until: '2026-03-07' } };
    const values = { ...leaveValues(returned), 'leaves[0].until': '', reason: 'typing-error' };
    expect(leaveCommandOf(returned, values)).toMatchObject({ leaves: [{ leaveId: 'l1', until: null }] });
  });

  it('takes a leave away', () => {
    const task: LeaveTask = { ...correction, kind: 'cancellation' };
    expect(leaveCommandOf(task, { ...leaveValues(task), reason: 'did-not-happen' })).toEqual({
      kind: 'cancellation',
      target: { of: 'leave', stayId: 's1', leaveId: 'l1' },
      reason: 'did-not-happen',
    });
    expect(requiredInLeave(task)).toEqual(['reason']);
  });
});
