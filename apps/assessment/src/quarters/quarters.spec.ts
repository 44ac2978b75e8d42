import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, daysBetween } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { d } from '../due/due-world.fixture.js';
import { fixedFrom, fixedOn, lastFixed, mustBeFixedQuarter, nextToFix } from './quarters.js';

const period = (from: string, until: string) => ({ from: d(from), until: d(until) });
const refusal = (from: string, until: string, today: string): unknown => {
  try {
    mustBeFixedQuarter(period(from, until), d(today));
    return 'told';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.params === undefined ? error.code : [error.code, error.params];
  }
};

describe('the figures of a quarter for who sees aggregates only', () => {
  it.each([
    ['2026-01-01', '2026-04-01', '2026-05-01'],
    ['2026-04-01', '2026-07-01', '2026-08-01'],
    ['2026-07-01', '2026-10-01', '2026-11-01'],
    ['2026-10-01', '2027-01-01', '2027-02-01'],
  ])('of %s to %s are told from %s on', (from, until, first) => {
    expect(fixedFrom(period(from, until))).toBe(first);
    expect(refusal(from, until, first)).toBe('told');
    expect(refusal(from, until, addDays(d(first), -1))).toEqual(['zrm-quarter-not-yet', { date: first }]);
    expect(refusal(from, until, from)).toEqual(['zrm-quarter-not-yet', { date: first }]);
    expect(refusal(from, until, '2040-01-01')).toBe('told');
    expect(fixedOn(d(first))).toEqual(period(from, until));
  });

  it.each([
    ['part of one', '2026-01-01', '2026-03-31'],
    ['a month', '2026-01-01', '2026-02-01'],
    ['three months that are none', '2026-02-01', '2026-05-01'],
    ['one that begins a day late', '2026-01-02', '2026-04-01'],
    ['one that ends a day late', '2026-01-01', '2026-04-02'],
    ['two of them', '2025-10-01', '2026-04-01'],
    ['the same of the next year too', '2025-01-01', '2026-04-01'],
    ['the end of time', '9999-10-01', '9999-12-31'],
  ])('are not told of %s', (_what, from, until) => {
    expect(refusal(from, until, '2030-01-01')).toBe('zrm-quarter-only');
  });

  it('are fixed one quarter after the other, whatever day it is', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(d('2000-01-01'), days));
    fc.assert(
      fc.property(day, (today) => {
        const next = nextToFix(today);
        expect(daysBetween(today, fixedFrom(next))).toBeGreaterThan(0);
        expect(next.until).toBe(addMonths(next.from, 3));
        // The one before it was fixed by then, and nothing lies between the two.
        const before = { from: addMonths(next.from, -3), until: next.from };
        expect(lastFixed(today)).toEqual(before);
        expect(refusal(before.from, before.until, today)).toBe('told');
        expect(nextToFix(fixedFrom(before))).toEqual(next);
        expect(fixedOn(fixedFrom(next))).toEqual(next);
      }),
    );
  });
});
