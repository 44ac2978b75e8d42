import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, parseCivilDate } from './civil-date.js';
import { addWorkingDays, holidayOn, isWorkingDay } from './working-days.js';

const d = parseCivilDate;
const date = fc.integer({ min: 0, max: 5000 }).map((days) => addDays(d('2020-01-01'), days));

describe('working days', () => {
  it.each([
    ['2026-04-06', 'Tweede paasdag'],
    ['2026-04-27', 'Koningsdag'],
    ['2025-04-26', 'Koningsdag'],
    ['2026-05-14', 'Hemelvaartsdag'],
    ['2026-12-25', 'Kerstmis'],
    ['2026-04-03', 'Goede Vrijdag'],
    ['2026-05-05', 'Bevrijdingsdag'],
  ])('%s is a holiday: %s', (day, name) => {
    expect(holidayOn(d(day))).toBe(name);
    expect(isWorkingDay(d(day))).toBe(false);
  });

  it.each([
    ['2026-12-31', true],
    ['2026-05-04', true],
    ['2026-06-13', false],
    ['2026-06-14', false],
    ['2026-06-15', true],
  ])('%s is a working day: %s', (day, expected) => {
    expect(isWorkingDay(d(day))).toBe(expected);
  });

  it.each([
    ['2026-06-15', 2, '2026-06-17'],
    ['2026-06-12', 2, '2026-06-16'],
    ['2026-04-02', 2, '2026-04-08'],
    ['2026-12-24', 2, '2026-12-29'],
    ['2026-06-13', 0, '2026-06-15'],
    ['2026-06-15', 0, '2026-06-15'],
  ])('%s and %i working days is %s', (from, days, expected) => {
    expect(addWorkingDays(d(from), days)).toBe(expected);
  });

  it('refuses numbers that are no number of days', () => {
    expect(() => addWorkingDays(d('2026-06-15'), -1)).toThrow(RangeError);
    expect(() => addWorkingDays(d('2026-06-15'), 1.5)).toThrow(RangeError);
  });

  it('ends on a working day with as many in between', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const until = addWorkingDays(from, days);
        const passed = Array.from({ length: daysBetween(from, until) }, (_, index) => addDays(from, index + 1));
        expect(isWorkingDay(until)).toBe(true);
        expect(passed.filter(isWorkingDay)).toHaveLength(days);
      }),
    );
  });
});
