import type { DueSettings } from '#contracts/assessment/due.js';

/** The settings of a region that set none of its own: domain.md §4, and where it names no number, our choice. */
export const defaultDueSettings: DueSettings = {
  intervalMonths: 3,
  baselineTerm: { months: 1 },
  targetTerm: { months: 2 },
  longLeaveNights: 14,
  returnTerm: { days: 14 },
  remindAt: '09:00',
  ladder: [
    { step: 'ahead', days: -14, audience: ['clientmanager'] },
    { step: 'due', days: 0, audience: ['clientmanager'] },
    { step: 'late', days: 7, audience: ['clientmanager'] },
    { step: 'escalated', days: 14, audience: ['clientmanager', 'trajectregisseur'] },
  ],
};
