import { fieldProblem } from '#contracts/refusal.js';
import type { LeaveCorrection } from '../../stays/housing-commands.js';
import { stayOn } from '../../stays/housing-reading.js';
import type { Leave, Stay } from '../../stays/housing-types.js';
import type { StayRow } from '../rows/check-row.js';
import type { StaySituation } from './propose-stay.js';
import type { StayProposal } from './stay-plan.js';

type LeaveSituation = Pick<StaySituation, 'clientId' | 'ledger' | 'today' | 'linkedId' | 'taken'>;
type LeaveRow = Pick<StayRow, 'from' | 'until'> & Required<Pick<StayRow, 'leaveReason'>>;

/** Compares a line about leave with the ledger. A day of return after today is an expected one. */
export function proposeLeave(row: LeaveRow, situation: LeaveSituation): StayProposal {
  const { clientId, today } = situation;
  const known = recordedLeave(row, situation);
  const returned = row.until !== undefined && row.until <= today ? row.until : undefined;
  const expectedUntil = returned === undefined ? row.until : undefined;
  if (known === undefined) {
    const { from, leaveReason: reason } = row;
    const command = { kind: 'leave' as const, clientId, from, until: returned, expectedUntil, reason };
    return { outcome: 'new', commands: [command], warnings: [] };
  }
  const { stay, leave } = known;
  const { leaveId } = leave;
  const cameBack = returned !== undefined && leave.until === undefined;
  const correction: Omit<LeaveCorrection, 'leaveId'> = {
    ...(leave.from === row.from ? {} : { from: row.from }),
    ...(leave.reason === row.leaveReason ? {} : { reason: row.leaveReason }),
    ...(returned === undefined || cameBack || leave.until === returned ? {} : { until: returned }),
    ...(expectedUntil === undefined || leave.expectedUntil === expectedUntil ? {} : { expectedUntil }),
  };
  const commands = [
    ...(Object.keys(correction).length === 0
      ? []
      : [
          {
            kind: 'correction' as const,
            clientId,
            stayId: stay.stayId,
            reason: 'information-came-later' as const,
            leaves: [{ leaveId, ...correction }],
          },
        ]),
    ...(cameBack ? [{ kind: 'return' as const, clientId, leaveId, date: returned }] : []),
  ];
  const endedHere = row.until === undefined && leave.until !== undefined;
  return {
    outcome: commands.length === 0 ? 'unchanged' : 'change',
    commands,
    targetId: leaveId,
    warnings: endedHere ? [fieldProblem('tot', 'stay-ended-here', { date: leave.until })] : [],
  };
}

/** The leave that the line stood for before, or one from the same day that no other line stands for. */
function recordedLeave(row: LeaveRow, situation: LeaveSituation): { stay: Stay; leave: Leave } | undefined {
  const { ledger, linkedId, taken } = situation;
  const all = ledger.stays.flatMap((stay) => stay.leaves.map((leave) => ({ stay, leave })));
  const linked = all.filter(({ leave }) => leave.leaveId === linkedId);
  // A leave that ran on over a move is in both stays: it starts in the first and ends in the last.
  const [first] = linked;
  const last = linked.at(-1);
  if (first && last) return { stay: last.stay, leave: { ...last.leave, from: first.leave.from } };
  const stay = stayOn(ledger.stays, row.from);
  const leave = stay?.leaves.find(({ from, leaveId }) => from === row.from && !taken.has(leaveId));
  return stay && leave ? { stay, leave } : undefined;
}
