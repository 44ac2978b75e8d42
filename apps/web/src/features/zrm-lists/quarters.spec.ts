import { describe, expect, it } from '@jest/globals';

import { figurePeriods, nextFixedQuarter } from './quarters.js';

describe('periods of figures', () => {
  it('are quarters that were fixed a month after their end, newest first, for who sees aggregates only', () => {
    const periods = figurePeriods('2026-11-22', true);
    expect(periods).toHaveLength(8);
    expect(periods[0]).toEqual({ key: '2026-3', from: '2026-07-01', until: '2026-10-01' });
    expect(periods[3]).toEqual({ key: '2025-4', from: '2025-10-01', until: '2026-01-01' });
    for (const [index, { from }] of periods.entries()) expect(periods[index + 1]?.until ?? from).toBe(from);
  });

  it.each([
    ['2026-09-30', '2026-2', '2026-3', '2026-11-01'],
    ['2026-10-01', '2026-2', '2026-3', '2026-11-01'],
    ['2026-10-31', '2026-2', '2026-3', '2026-11-01'],
    ['2026-11-01', '2026-3', '2026-4', '2027-02-01'],
    ['2027-01-31', '2026-3', '2026-4', '2027-02-01'],
    ['2027-02-01', '2026-4', '2027-1', '2027-05-01'],
  ])('on %s the last that was fixed is %s, and the next is %s, on %s', (day, last, next, on) => {
    expect(figurePeriods(day, true)[0].key).toBe(last);
    expect(nextFixedQuarter(day)).toMatchObject({ quarter: { key: next }, on });
  });

  it('begin with the quarter that still runs, and end with the year, for others', () => {
    const periods = figurePeriods('2026-01-01', false);
    expect(periods[0]).toEqual({ key: 'nu', from: '2026-01-01', until: '2026-04-01' });
    expect(periods[1]).toEqual({ key: '2025-4', from: '2025-10-01', until: '2026-01-01' });
    expect(periods.at(-1)).toEqual({ key: 'jaar', from: '2026-01-01', until: '2027-01-01' });
  });
});
