import { describe, expect, it, jest } from '@jest/globals';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { percentOf, spanOf, weeksOf } = await import('./board-geometry.js');

const period = { from: '2026-03-01', until: '2026-03-21' };

describe('the board', () => {
  it('places days between its edges and nothing outside', () => {
    expect(percentOf(period, '2026-03-11')).toBe(50);
    expect(percentOf(period, '2026-02-28')).toBeUndefined();
    expect(percentOf(period, '2026-03-22')).toBeUndefined();
  });

  it('cuts a stay off at the edges and says which', () => {
    expect(spanOf(period, '2026-02-01', '2026-03-06')).toEqual({ at: 0, width: 25, startsBefore: true, runsOn: false });
    expect(spanOf(period, '2026-03-11', undefined)).toEqual({ at: 50, width: 50, startsBefore: false, runsOn: true });
  });

  it('draws a line at each Monday, also across the change to summer time', () => {
    const weeks = weeksOf({ from: '2026-03-25', until: '2026-04-08' });
    expect(weeks.map((week) => week.date)).toEqual(['2026-03-30', '2026-04-06']);
    expect(weeks[0]?.label).toBe('30 mrt');
  });
});
