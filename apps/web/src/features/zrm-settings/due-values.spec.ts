import { describe, expect, it } from '@jest/globals';

import type { DueSettings } from '../../api/zrm-settings.js';
import { isReckonable, newStep, settingsOf, valuesOf } from './due-values.js';

const settings: DueSettings = {
  intervalMonths: 3,
  baselineTerm: { months: 1 },
  targetTerm: { months: 2, days: 5 },
  longLeaveNights: 14,
  returnTerm: { days: 14 },
  remindAt: '09:00',
  ladder: [
    { step: 'ahead', days: -14, audience: ['clientmanager'] },
    { step: 'due', days: 0, audience: ['clientmanager'] },
    { step: 'escalated', days: 14, audience: ['clientmanager', 'trajectregisseur'] },
  ],
};

describe('the form of when ZRMs are due', () => {
  it('sends what stood there when nothing was changed', () => {
    const sent = settingsOf(valuesOf(settings));
    expect(sent).toEqual({
      ...settings,
      baselineTerm: { months: 1, days: 0 },
      targetTerm: { months: 2, days: 5 },
      returnTerm: { months: 0, days: 14 },
    });
    expect(Object.is(sent.ladder[1]?.days, 0)).toBe(true);
  });

  it('puts the ladder in order of days, wherever a step was added, and keeps the codes of steps', () => {
    const values = valuesOf(settings);
    const early = { ...newStep('abc'), days: '30', side: 'before' as const };
    expect(
      settingsOf({ ...values, ladder: [...values.ladder, early] }).ladder.map(({ step, days }) => [step, days]),
    ).toEqual([
      ['step-abc', -30],
      ['ahead', -14],
      ['due', 0],
      ['escalated', 14],
    ]);
  });

  it('shows no example of what is half typed', () => {
    expect(isReckonable(settings)).toBe(true);
    for (const wrong of ['', 'x', '2.5']) {
      expect(isReckonable(settingsOf({ ...valuesOf(settings), intervalMonths: wrong }))).toBe(false);
    }
  });
});
