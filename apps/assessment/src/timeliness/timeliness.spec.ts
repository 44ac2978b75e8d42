import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#calendar/civil-date.js';
import type { DueHistory, DueMoment } from '../due/due-history.js';
import { d } from '../due/due-world.fixture.js';
import { fellDueOf, figuresOf, medianOf, outcomeOf, outcomes, TimelinessCollector, together } from './timeliness.js';

const moment = (dueOn: string, end: Partial<DueMoment> = {}, organisationId = 'haven'): DueMoment => {
  return { kind: 'periodic', dueOn: d(dueOn), organisationId, ...end };
};
const year = { from: d('2026-01-01'), until: d('2027-01-01') };
const collected = (histories: readonly DueHistory[], asOf = '2026-11-22', period = year) => {
  const collector = new TimelinessCollector(period, d(asOf));
  for (const history of histories) collector.add(history);
  return collector.result();
};
const withMoments = (...moments: DueMoment[]): DueHistory => ({ moments, times: [] });

describe('what became of a ZRM that fell due', () => {
  it.each([
    ['filled in on the date', { metOn: d('2026-05-10') }, 'onTime'],
    ['filled in the day after', { metOn: d('2026-05-11') }, 'late'],
    ['not filled in', {}, 'open'],
    ['not filled in, and the client left', { lapsedOn: d('2026-05-20') }, 'lapsed'],
    ['not filled in, and the client leaves on the day of asking', { lapsedOn: d('2026-11-22') }, 'lapsed'],
    ['not filled in, and the client leaves later', { lapsedOn: d('2026-12-20') }, 'open'],
  ] as const)('%s', (_what, end, outcome) => {
    expect(outcomeOf(moment('2026-05-10', end), d('2026-11-22'))).toBe(outcome);
  });

  it('is nothing before its day is over', () => {
    expect(outcomeOf(moment('2026-11-22'), d('2026-11-22'))).toBeUndefined();
    expect(outcomeOf(moment('2026-11-21'), d('2026-11-22'))).toBe('open');
  });
});

describe('figures of timeliness', () => {
  it('count what fell due in the period, per institution, with the days that late ones took', () => {
    const counts = collected([
      withMoments(
        moment('2025-12-31', { metOn: d('2026-02-01') }),
        moment('2026-01-01', { metOn: d('2025-12-20') }),
        moment('2026-04-01', { metOn: d('2026-04-04') }),
        moment('2026-07-01', { metOn: d('2026-07-11') }, 'brug'),
      ),
      withMoments(moment('2026-05-01', { metOn: d('2026-05-02') }), moment('2026-08-01')),
      withMoments(moment('2026-06-01', { lapsedOn: d('2026-06-05') })),
    ]);
    expect([...counts.keys()]).toEqual(['brug', 'haven']);
    expect(figuresOf(together(counts.values()))).toEqual({
      fellDue: 6,
      onTime: 1,
      late: 3,
      open: 1,
      lapsed: 1,
      shareOnTime: 1 / 6,
      medianDaysLate: 3,
      medianDays: 2,
      clients: 0,
      complete: 0,
    });
  });

  it('count clients with a baseline and a target on the last day of the period, where they stayed then', () => {
    const haven = { organisationId: 'haven', from: d('2026-01-10') };
    const moved = [
      { ...haven, until: d('2026-03-01'), baselineOn: d('2026-01-20'), targetOn: d('2026-04-10') },
      { organisationId: 'brug', from: d('2026-03-01'), baselineOn: d('2026-01-20'), targetOn: d('2026-04-10') },
    ];
    const histories = [
      { moments: [], times: moved },
      { moments: [], times: [haven] },
      { moments: [], times: [{ ...haven, until: d('2026-02-01') }] },
    ];
    const on = (until: string) =>
      [...collected(histories, '2026-11-22', { from: year.from, until: d(until) })].map(([id, one]) => [
        id,
        one.clients,
        one.complete,
      ]);
    expect(on('2026-02-01')).toEqual([['haven', 3, 0]]);
    expect(on('2026-03-02')).toEqual([
      ['brug', 1, 0],
      ['haven', 1, 0],
    ]);
    // Today is earlier than the end.
    expect(on('2027-01-01')).toEqual([
      ['brug', 1, 1],
      ['haven', 1, 0],
    ]);
  });

  it('count who is there by today, when the period goes on after it', () => {
    const time = { organisationId: 'haven', from: d('2026-01-10') };
    const done = { baselineOn: d('2026-11-22'), targetOn: d('2026-11-22') };
    const histories = [
      // Leaves soon, and is still there; everything was filled in today; only one of the two was.
      { moments: [], times: [{ ...time, until: d('2026-12-20') }] },
      { moments: [], times: [{ ...time, ...done }] },
      { moments: [], times: [{ ...time, targetOn: d('2026-02-01') }] },
      { moments: [], times: [{ ...time, baselineOn: d('2026-02-01') }] },
      { moments: [], times: [{ ...time, ...done, targetOn: d('2026-11-23') }] },
    ];
    const counts = collected(histories);
    expect(counts.get('haven')).toMatchObject({ clients: 5, complete: 1 });
    const brug = collected([{ moments: [], times: [{ ...time, ...done, organisationId: 'brug' }] }]);
    expect(together([...counts.values(), ...brug.values()])).toMatchObject({ clients: 6, complete: 2 });
  });

  it('count each number of days as often as it came, and what was early as none', () => {
    const met = (day: string, organisationId = 'haven') =>
      withMoments(moment('2026-05-10', { metOn: d(day) }, organisationId));
    const days = ['2026-04-20', '2026-05-01', '2026-05-14', '2026-05-14'].map((day) => met(day));
    const counts = collected([...days, met('2026-05-14', 'brug')]);
    expect(counts.get('haven')?.days).toEqual(
      new Map([
        [0, 2],
        [4, 2],
      ]),
    );
    expect(together(counts.values()).days).toEqual(
      new Map([
        [0, 2],
        [4, 3],
      ]),
    );
    expect(figuresOf(together(counts.values()))).toMatchObject({ medianDays: 4, medianDaysLate: 4 });
    const early = collected([met('2026-04-20'), met('2026-05-01')]);
    expect(figuresOf(together(early.values()))).toMatchObject({ medianDays: 0, onTime: 2 });
  });

  it('say nothing where there is nothing', () => {
    expect(figuresOf(together([]))).toEqual({
      ...{ fellDue: 0, onTime: 0, late: 0, open: 0, lapsed: 0, clients: 0, complete: 0 },
    });
    expect(medianOf(new Map())).toBeUndefined();
  });

  const date = fc.integer({ min: 0, max: 364 }).map((index) => addDays(year.from, index));
  const anyMoment = fc
    .record({
      dueOn: date,
      organisationId: fc.constantFrom('a', 'b', 'c'),
      end: fc.option(fc.integer({ min: -30, max: 90 })),
    })
    .chain(({ dueOn, organisationId, end }) =>
      fc.boolean().map((isMet): DueMoment => {
        const base = { kind: 'periodic' as const, dueOn, organisationId };
        if (end === null) return base;
        return isMet
          ? { ...base, metOn: addDays(dueOn, end) }
          : { ...base, lapsedOn: addDays(dueOn, Math.abs(end) + 1) };
      }),
    );
  const anyHistories = fc.array(fc.array(anyMoment, { maxLength: 6 }), { maxLength: 12 });

  it('add up, in whatever order clients come, and split over any two periods', () => {
    fc.assert(
      fc.property(anyHistories, date, date, (given, asOf, middle) => {
        const histories = given.map((moments) => withMoments(...moments));
        const all = together(collected(histories, asOf).values());
        expect(together(collected(histories.toReversed(), asOf).values())).toEqual(all);
        const parts = [
          { from: year.from, until: middle },
          { from: middle, until: year.until },
        ].map((period) => together(collected(histories, asOf, period).values()));
        for (const outcome of outcomes) {
          expect(parts.reduce((sum, part) => sum + part[outcome], 0)).toBe(all[outcome]);
        }
        expect(fellDueOf(all)).toBe(given.flat().filter(({ dueOn }) => dueOn < asOf).length);
      }),
    );
  });

  it('have the median that sorting all numbers gives, between the smallest and the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 }), (days) => {
        const occurrences = new Map([...new Set(days)].map((one) => [one, days.filter((day) => day === one).length]));
        const sorted = [...days].sort((a, b) => a - b);
        const [low = 0, high = 0] = [sorted[Math.ceil(days.length / 2) - 1], sorted[Math.floor(days.length / 2)]];
        expect(medianOf(occurrences)).toBe((low + high) / 2);
      }),
    );
  });
});
