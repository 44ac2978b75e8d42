import { describe, expect, it, jest } from '@jest/globals';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { periodOf, shareOf, totalOf } = await import('./bed-nights.js');

describe('periods of nights', () => {
  it('ends what still runs with last night', () => {
    expect(periodOf('this-month', '2026-11-22')).toEqual({ from: '2026-11-01', last: '2026-11-21' });
    expect(periodOf('this-year', '2026-11-22')).toEqual({ from: '2026-01-01', last: '2026-11-21' });
  });

  it('knows months, quarters and years, also over the turn of the year', () => {
    expect(periodOf('last-month', '2026-01-15')).toEqual({ from: '2025-12-01', last: '2025-12-31' });
    expect(periodOf('last-quarter', '2026-02-10')).toEqual({ from: '2025-10-01', last: '2025-12-31' });
    expect(periodOf('last-quarter', '2026-11-22')).toEqual({ from: '2026-07-01', last: '2026-09-30' });
    expect(periodOf('last-year', '2028-03-01')).toEqual({ from: '2027-01-01', last: '2027-12-31' });
    expect(periodOf('last-month', '2028-03-31')).toEqual({ from: '2028-02-01', last: '2028-02-29' });
  });

  it('takes the period before when none of its nights has passed', () => {
    expect(periodOf('this-month', '2026-11-01')).toEqual({ from: '2026-10-01', last: '2026-10-31' });
    expect(periodOf('this-year', '2026-01-01')).toEqual({ from: '2025-01-01', last: '2025-12-31' });
  });
});

describe('sums of nights', () => {
  const haven = { key: 'a', available: 100, occupied: 80, onLeave: 3, clients: 9, suppressed: false };
  const brug = { key: 'b', available: 50, occupied: 25, onLeave: 0, clients: 7, suppressed: false };

  it('adds up nights, not clients', () => {
    expect(totalOf([haven, brug])).toEqual({ key: '', available: 150, occupied: 105, onLeave: 3, suppressed: false });
    expect(shareOf(totalOf([haven, brug]))).toBeCloseTo(0.7);
  });

  it('gives nothing away about a group that is suppressed', () => {
    const total = totalOf([haven, { key: 'c', available: 10, suppressed: true }]);
    expect(total).toEqual({ key: '', available: 110, suppressed: false });
    expect(shareOf(total)).toBeUndefined();
  });
});
