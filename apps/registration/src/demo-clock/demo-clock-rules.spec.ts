import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, parseCivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import { Refusal } from '#contracts/refusal.js';
import { canGoFurther, moveTarget } from './demo-clock-rules.js';

const at = (instant: string): Date => new Date(instant);
const d = parseCivilDate;

/** The refusal of a move that may not be. */
function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a move of the date', () => {
  const now = at('2026-11-22T14:05:00Z');

  it.each([
    ['a day', { days: 1 }, '2026-11-23T14:05:00.000Z'],
    ['three calendar months', { months: 3 }, '2027-02-22T14:05:00.000Z'],
    ['a date', { to: d('2027-01-31') }, '2027-01-31T14:05:00.000Z'],
    // The clock in Amsterdam shows the same time, an hour of UTC earlier.
    ['a date in summer', { to: d('2027-07-01') }, '2027-07-01T13:05:00.000Z'],
  ])('by %s leads to the same time of that day', (_what, move, expected) => {
    expect(moveTarget(move, now, now).toISOString()).toBe(expected);
  });

  it('counts months to the last day of a shorter one, from the day that it is in Amsterdam', () => {
    const night = at('2026-11-29T23:30:00Z');
    expect(moveTarget({ months: 3 }, night, night).toISOString()).toBe('2027-02-28T09:00:00.000Z');
  });

  it('made in the night or early morning leads to ten in the morning: what that day brings is there then', () => {
    for (const early of ['2026-11-21T23:30:00Z', '2026-11-22T05:00:00Z', '2026-11-22T08:59:00Z']) {
      expect(moveTarget({ days: 1 }, at(early), at(early)).toISOString()).toBe('2026-11-23T09:00:00.000Z');
    }
  });

  it.each([
    ['nothing', {}, ['to']],
    ['two ways at once', { months: 3, days: 1 }, ['months', 'days']],
    ['all three', { to: d('2027-01-01'), months: 3, days: 1 }, ['to', 'months', 'days']],
  ])('by %s is no move', (_what, move, fields) => {
    const refusal = refusalOf(() => moveTarget(move, now, now));
    expect(refusal.code).toBe('demo-clock-unclear');
    expect(refusal.fields.map(({ path }) => path)).toEqual(fields);
  });

  it.each(['2026-11-22', '2026-11-21', '1999-12-31'])('to %s would be backwards', (to) => {
    const refusal = refusalOf(() => moveTarget({ to: d(to) }, now, now));
    expect([refusal.code, refusal.params]).toEqual(['demo-clock-forward-only', { today: '2026-11-22' }]);
  });

  it('goes two years at once at most, and ten years from the real date altogether', () => {
    expect(moveTarget({ to: d('2028-11-22') }, now, now).toISOString()).toBe('2028-11-22T14:05:00.000Z');
    const tooFar = refusalOf(() => moveTarget({ to: d('2028-11-23') }, now, now));
    expect([tooFar.code, tooFar.params]).toEqual(['demo-clock-too-far', { latest: '2028-11-22' }]);
    const late = at('2036-11-21T14:05:00Z');
    expect(canGoFurther(late, now)).toBe(true);
    expect(moveTarget({ days: 1 }, late, now).toISOString()).toBe('2036-11-22T14:05:00.000Z');
    expect(refusalOf(() => moveTarget({ days: 2 }, late, now)).params).toEqual({ latest: '2036-11-22' });
    expect(canGoFurther(at('2036-11-22T14:05:00Z'), now)).toBe(false);
  });

  it('always goes forward, to the day that was asked, in daytime', () => {
    const instants = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2035-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 730 }), (instant, days) => {
        const target = moveTarget({ days }, instant, instant);
        expect(civilDateInAmsterdam(target)).toBe(addDays(civilDateInAmsterdam(instant), days));
        expect(target.getTime()).toBeGreaterThan(instant.getTime());
        const hour = new Intl.DateTimeFormat('nl', { timeZone: 'Europe/Amsterdam', hour: 'numeric' }).format(target);
        expect(parseInt(hour, 10)).toBeGreaterThanOrEqual(10);
      }),
    );
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 24 }), (instant, months) => {
        const target = moveTarget({ months }, instant, instant);
        expect(civilDateInAmsterdam(target)).toBe(addMonths(civilDateInAmsterdam(instant), months));
      }),
    );
  });
});
