import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  CivilDateError,
  addDays,
  addMonths,
  addYears,
  ageOn,
  compareDates,
  daysBetween,
  isCivilDate,
  parseCivilDate,
} from './civil-date.js';
import { AdjustableClock, SystemClock } from './clock.js';
import { contains, covers, intersection, isEmpty, nightsWithin, overlaps } from './date-interval.js';
import { atTimeInAmsterdam, civilDateInAmsterdam, startOfDayInAmsterdam, wallTimeInAmsterdam } from './time-zone.js';

const d = parseCivilDate;
const date = fc.integer({ min: 0, max: 80_000 }).map((days) => addDays(d('1920-01-01'), days));
const interval = fc
  .tuple(date, fc.option(fc.integer({ min: -3, max: 400 }), { nil: undefined }))
  .map(([from, nights]) => (nights === undefined ? { from } : { from, until: addDays(from, nights) }));

describe('civil date', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'])('reads %s', (text) => {
    expect(d(text)).toBe(text);
  });

  it.each([
    ['2026-02-29', 'date-not-existing'],
    ['1900-02-29', 'date-not-existing'],
    ['2026-04-31', 'date-not-existing'],
    ['2026-13-01', 'date-form'],
    ['26-01-01', 'date-form'],
    ['2026-1-1', 'date-form'],
    ['01-01-2026', 'date-form'],
    ['2026-01-01T00:00', 'date-form'],
    [' 2026-01-01', 'date-form'],
    ['', 'date-form'],
  ])('refuses %j: %s', (text, problem) => {
    expect(isCivilDate(text)).toBe(false);
    expect(() => d(text)).toThrow(CivilDateError);
    expect(() => d(text)).toThrow(expect.objectContaining({ problem }));
  });

  it.each([
    ['2026-08-31', 3, '2026-11-30'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s plus %i months is %s', (from, months, expected) => {
    expect(addMonths(d(from), months)).toBe(expected);
  });

  it.each([2027, 2028])('clamps to the last day of every month of %i', (year) => {
    const last = [31, year === 2028 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const days = last.map((_, month) => Number(addMonths(d(`${year}-01-31`), month).slice(8)));
    expect(days).toEqual(last);
    for (const [month, day] of last.entries()) {
      const text = `${year}-${String(month + 1).padStart(2, '0')}-`;
      expect([isCivilDate(`${text}${day}`), isCivilDate(`${text}${day + 1}`)]).toEqual([true, false]);
    }
  });

  it('reckons as the calendar of Temporal does, over all years, and in whole days and months only', () => {
    const anyDate = fc.integer({ min: 0, max: 3_652_058 }).map((days) => addDays(d('0001-01-01'), days));
    const count = fc.integer({ min: -400, max: 400 });
    fc.assert(
      fc.property(anyDate, anyDate, count, (from, until, n) => {
        const plain = Temporal.PlainDate.from(from);
        fc.pre(plain.year > 40 && plain.year < 9_960);
        expect(addDays(from, n)).toBe(plain.add({ days: n }).toString());
        expect(addMonths(from, n)).toBe(plain.add({ months: n }).toString());
        expect(daysBetween(from, until)).toBe(plain.until(Temporal.PlainDate.from(until), { largestUnit: 'day' }).days);
      }),
    );
    expect(() => addDays(d('2026-01-01'), 0.5)).toThrow(RangeError);
    expect(() => addMonths(d('2026-01-01'), 1.5)).toThrow(RangeError);
    expect(() => addDays(d('9999-12-31'), 1)).toThrow(CivilDateError);
    expect(() => addMonths(d('0001-01-01'), -24)).toThrow(CivilDateError);
  });

  it('counts years over leap days', () => {
    expect(addYears(d('2024-02-29'), 1)).toBe('2025-02-28');
    expect(ageOn(d('2004-02-29'), d('2022-02-28'))).toBe(17);
    expect(ageOn(d('2004-02-29'), d('2022-03-01'))).toBe(18);
    expect(ageOn(d('2004-06-15'), d('2026-06-15'))).toBe(22);
  });

  it('days added are days between, and text order is calendar order', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const until = addDays(from, days);
        expect(daysBetween(from, until)).toBe(days);
        expect(Math.sign(compareDates(from, until))).toBe(0 - Math.sign(days));
        expect(addDays(until, -days)).toBe(from);
      }),
    );
  });

  it('a month later is in the next month, on the same day or the last of it', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -30, max: 30 }), (from, months) => {
        const later = addMonths(from, months);
        const monthOf = (value: string) => Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7));
        expect(monthOf(later) - monthOf(from)).toBe(months);
        const clamped = monthOf(addDays(later, 1)) > monthOf(later);
        expect(later.slice(8) === from.slice(8) || (clamped && later.slice(8) < from.slice(8))).toBe(true);
      }),
    );
  });
});

describe('interval', () => {
  it('is half-open: the end is not in it, and touching is not overlapping', () => {
    const may = { from: d('2026-05-01'), until: d('2026-06-01') };
    expect(contains(may, d('2026-05-01'))).toBe(true);
    expect(contains(may, d('2026-06-01'))).toBe(false);
    expect(overlaps(may, { from: d('2026-06-01') })).toBe(false);
    expect(overlaps(may, { from: d('2026-05-31') })).toBe(true);
    expect(overlaps(may, { from: d('2026-05-10'), until: d('2026-05-10') })).toBe(false);
    expect(nightsWithin({ from: d('2026-05-30') }, may)).toBe(2);
    expect(covers({ from: d('2026-01-01') }, may)).toBe(true);
    expect(covers(may, { from: d('2026-05-10') })).toBe(false);
    expect(covers(may, { from: d('2026-04-30'), until: d('2026-05-02') })).toBe(false);
    expect(covers(may, { from: d('2030-01-01'), until: d('2030-01-01') })).toBe(true);
  });

  it('overlaps exactly when a day lies in both', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const common = intersection(a, b);
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        expect(overlaps(a, b)).toBe(common !== undefined);
        if (common === undefined) return;
        expect(isEmpty(common)).toBe(false);
        expect(contains(a, common.from) && contains(b, common.from)).toBe(true);
        expect(covers(a, common) && covers(b, common)).toBe(true);
      }),
    );
  });
});

describe('Amsterdam', () => {
  it.each([
    ['2026-01-01T22:59:59Z', '2026-01-01'],
    ['2026-01-01T23:00:00Z', '2026-01-02'],
    ['2026-07-01T21:59:59Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'],
    ['2026-03-29T00:30:00Z', '2026-03-29'],
    ['2026-10-25T01:30:00Z', '2026-10-25'],
  ])('at %s it is %s', (instant, expected) => {
    expect(civilDateInAmsterdam(new Date(instant))).toBe(expected);
  });

  it('days of the clock change have 23 and 25 hours', () => {
    const hours = (day: string) =>
      (startOfDayInAmsterdam(addDays(d(day), 1)).getTime() - startOfDayInAmsterdam(d(day)).getTime()) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-15')]).toEqual([23, 25, 24]);
  });

  it('takes the later moment of a skipped time and the first of a repeated one', () => {
    expect(atTimeInAmsterdam(d('2026-03-29'), '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(atTimeInAmsterdam(d('2026-10-25'), '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(wallTimeInAmsterdam(new Date('2026-06-15T08:05:00Z'))).toBe('10:05');
  });

  it('the start of a day is that day, and the moment before it the day before', () => {
    fc.assert(
      fc.property(date, (day) => {
        const start = startOfDayInAmsterdam(day);
        expect(civilDateInAmsterdam(start)).toBe(day);
        expect(civilDateInAmsterdam(new Date(start.getTime() - 1))).toBe(addDays(day, -1));
      }),
    );
  });
});

describe('clock', () => {
  it('stands still in tests until it is moved', () => {
    const clock = AdjustableClock.at('2026-06-15T21:59:00Z');
    expect(clock.today()).toBe('2026-06-15');
    clock.advance(60_000);
    expect(clock.now().toISOString()).toBe('2026-06-15T22:00:00.000Z');
    expect(clock.today()).toBe('2026-06-16');
    clock.moveTo(new Date('2026-09-15T10:00:00Z'));
    expect(clock.today()).toBe('2026-09-15');
    clock.setOffset(0);
    expect(clock.today()).toBe('2026-06-15');
    expect(() => AdjustableClock.at('no instant')).toThrow(RangeError);
  });

  it('tells who listens that it was moved, and never goes back to what was told late', () => {
    const clock = AdjustableClock.at('2026-06-15T10:00:00Z');
    const told: number[] = [];
    clock.onMoved(() => told.push(clock.offsetMs));
    clock.raiseOffset(3_000);
    clock.raiseOffset(1_000);
    clock.raiseOffset(3_000);
    clock.setOffset(3_000);
    clock.advance(500);
    expect(told).toEqual([3_000, 3_500]);
    expect(new SystemClock().offsetMs).toBe(0);
  });

  it('runs on from where it was moved in the demo', () => {
    const clock = new AdjustableClock(new SystemClock(), 90 * 86_400_000);
    expect(clock.offsetMs).toBe(90 * 86_400_000);
    expect(Math.abs(clock.now().getTime() - Date.now() - clock.offsetMs)).toBeLessThan(1000);
  });
});
