import { describe, expect, it, jest } from '@jest/globals';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { addMonths, addTerm, exampleOf } = await import('./terms.js');

describe('terms of ZRMs', () => {
  it.each([
    ['2026-08-31', 3, '2026-11-30'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-22', 3, '2027-02-22'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-15', 0, '2026-03-15'],
  ])('%s and %d months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('counts months first, then days', () => {
    expect(addTerm('2026-01-31', { months: 1, days: 1 })).toBe('2026-03-01');
    expect(addTerm('2026-03-28', { days: 2 })).toBe('2026-03-30');
  });

  it('shows what a ladder does after an arrival, in order of day, the next ZRM counted from the baseline', () => {
    const ladder = [
      { step: 'late', days: 7, audience: ['clientmanager'] as const },
      { step: 'ahead', days: -14, audience: ['clientmanager'] as const },
    ];
    const settings = { intervalMonths: 3, baselineTerm: { months: 1 }, targetTerm: { days: 10 }, ladder };
    const { dues } = exampleOf(settings, '2026-08-31');
    expect(dues.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['baseline', '2026-09-30'],
      ['target', '2026-09-10'],
      ['periodic', '2026-12-30'],
    ]);
    expect(dues[0]?.steps.map(({ step, on }) => [step.step, on])).toEqual([
      ['ahead', '2026-09-16'],
      ['late', '2026-10-07'],
    ]);
  });
});
