import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, earlierOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DueSettings } from '#contracts/assessment/due.js';
import type { KnownPresence } from '../directory/known-client.js';
import { defaultDueSettings } from './default-settings.js';
import type { DueFacts } from './due-facts.js';
import { dueHistory, type DueMoment, settingsSpans, type SettingsSpan } from './due-history.js';
import { d, facts, leave, plan, stay, zrm } from './due-world.fixture.js';

const always: SettingsSpan = { settings: defaultDueSettings, from: d('1970-01-01') };
const from = (day: string, change: Partial<DueSettings>): SettingsSpan => {
  return { settings: { ...defaultDueSettings, ...change }, from: d(day) };
};

/** Times in the chain as they are known, at one institution unless said otherwise. */
function presenceOf(all: DueFacts, organisations?: KnownPresence['organisations']): KnownPresence[] {
  return all.presence.map(({ id, from: start, until, knownAt }) => ({
    stayId: id,
    from: start,
    ...(until === undefined ? {} : { until }),
    clusterId: 'cluster-1',
    organisationId: organisations?.at(-1)?.organisationId ?? 'haven',
    ...(organisations === undefined ? {} : { organisations }),
    knownAt: knownAt.toISOString(),
  }));
}

const historyOf = (all: DueFacts, ...spans: SettingsSpan[]) => dueHistory(all, presenceOf(all), [always, ...spans]);
const momentsOf = (all: DueFacts, ...spans: SettingsSpan[]): string[] =>
  historyOf(all, ...spans).moments.map(({ kind, dueOn, metOn = '', lapsedOn = '' }) =>
    [kind, dueOn, metOn, lapsedOn === '' ? '' : `lapsed ${lapsedOn}`].filter((text) => text !== '').join(' '),
  );

describe('what fell due', () => {
  it('is each ZRM by its date, with the day on which it was filled in', () => {
    const all = facts(
      stay('2026-01-10'),
      zrm('baseline', '2026-01-20'),
      zrm('target', '2026-01-20', '2026-03-12T12:00:00Z'),
    );
    expect(momentsOf(all)).toEqual([
      'baseline 2026-02-10 2026-01-20',
      'target 2026-03-10 2026-03-12',
      'periodic 2026-04-20',
    ]);
  });

  it('counts what came from a file as filled in on the day that it is about', () => {
    const imported = { ...zrm('baseline', '2026-02-12', '2026-11-20T12:00:00Z'), isImported: true };
    expect(momentsOf(facts(stay('2026-01-10'), imported))).toEqual([
      'baseline 2026-02-10 2026-02-12',
      'target 2026-03-10',
      'periodic 2026-05-12',
    ]);
    expect(historyOf(facts(stay('2026-01-10'), imported)).times).toMatchObject([{ baselineOn: '2026-02-12' }]);
    expect(momentsOf(facts(stay('2026-01-10'), { ...imported, isImported: false }))[0]).toBe(
      'baseline 2026-02-10 2026-11-20',
    );
  });

  it('is nothing after a departure or the final measurement, and what was open then lapses', () => {
    expect(momentsOf(facts(stay('2026-01-10', '2026-02-20')))).toEqual(['baseline 2026-02-10 lapsed 2026-02-20']);
    expect(momentsOf(facts(stay('2026-01-10'), zrm('final', '2026-02-20')))).toEqual([
      'baseline 2026-02-10 lapsed 2026-02-20',
    ]);
  });

  it('lapses at the first thing that ends it', () => {
    const both = facts(stay('2026-01-10', '2026-03-20'), zrm('final', '2026-02-20'));
    expect(momentsOf(both)).toEqual(['baseline 2026-02-10 lapsed 2026-02-20']);
    expect(momentsOf(facts(stay('2026-01-10', '2026-02-20'), zrm('final', '2026-02-15')))).toEqual([
      'baseline 2026-02-10 lapsed 2026-02-15',
    ]);
  });

  it('knows since when there is a baseline: the first of them, and nothing else', () => {
    const all = facts(
      stay('2026-01-10'),
      zrm('periodic', '2026-01-12'),
      zrm('baseline', '2026-01-20'),
      zrm('baseline', '2026-03-01'),
    );
    expect(historyOf(all).times).toMatchObject([{ baselineOn: '2026-01-20' }]);
  });

  it('is put off by a long leave; what had fallen due before it lapses then', () => {
    expect(momentsOf(facts(stay('2026-01-10'), leave('2026-02-05', '2026-03-01')))).toEqual([
      'baseline 2026-03-15',
      'target 2026-03-15',
    ]);
    expect(momentsOf(facts(stay('2026-01-10'), leave('2026-02-15', '2026-03-05')))).toEqual([
      'baseline 2026-02-10 lapsed 2026-02-15',
      'baseline 2026-03-19',
      'target 2026-03-19',
    ]);
    // On the day on which the client goes nothing falls due any more.
    expect(momentsOf(facts(stay('2026-01-10'), leave('2026-02-10', '2026-03-01')))[0]).toBe('baseline 2026-03-15');
    // Nobody knows yet whether this one is long.
    expect(momentsOf(facts(stay('2026-01-10'), leave('2026-02-05')))).toEqual([]);
    expect(momentsOf(facts(stay('2026-01-10'), leave('2026-02-15')))).toEqual(['baseline 2026-02-10']);
  });

  it('goes by the settings of then', () => {
    const all = facts(stay('2026-01-10'));
    // Changed before the date: the new date counts. After it: it had fallen due.
    expect(momentsOf(all, from('2026-02-01', { baselineTerm: { months: 2 } }))[0]).toBe('baseline 2026-03-10');
    expect(momentsOf(all, from('2026-02-11', { baselineTerm: { months: 2 } }))[0]).toBe('baseline 2026-02-10');
    // Nobody is late by a rule that was not there yet.
    expect(momentsOf(all, from('2026-02-01', { baselineTerm: { days: 7 } }))[0]).toBe('baseline 2026-02-01');
    const later = [from('2026-02-01', { baselineTerm: { months: 3 } }), from('2026-03-01', {})];
    expect(momentsOf(all, ...later)[0]).toBe('baseline 2026-03-01');
    // What fell due does not fall due again, when settings of later would have put it off.
    const away = facts(stay('2026-01-10'), leave('2026-02-15', '2026-03-05'));
    expect(momentsOf(away, from('2026-01-01', { longLeaveNights: 30 }), from('2026-04-01', {}))).toEqual([
      'baseline 2026-02-10',
      'target 2026-03-10',
    ]);
  });

  it('counts where the client stayed on the date, and the times at each institution', () => {
    const all = facts(stay('2026-01-10'), zrm('baseline', '2026-01-20'));
    const moves = [
      { from: d('2026-01-10'), organisationId: 'haven' },
      { from: d('2026-03-01'), organisationId: 'brug' },
    ];
    const { moments, times } = dueHistory(all, presenceOf(all, moves), [always]);
    expect(moments.map(({ kind, organisationId }) => [kind, organisationId])).toEqual([
      ['baseline', 'haven'],
      ['target', 'brug'],
      ['periodic', 'brug'],
    ]);
    expect(times).toEqual([
      { organisationId: 'haven', from: '2026-01-10', until: '2026-03-01', baselineOn: '2026-01-20' },
      { organisationId: 'brug', from: '2026-03-01', baselineOn: '2026-01-20' },
    ]);
  });

  it('needs settings only where dates follow from them', () => {
    const changedAt = new Date('2026-02-01T23:30:00Z');
    const later = { settings: { ...defaultDueSettings, remindAt: '10:00' }, changedAt };
    const shorter = { settings: { ...defaultDueSettings, intervalMonths: 2 }, changedAt };
    const spans = settingsSpans([{ settings: defaultDueSettings, changedAt: new Date(0) }, later, shorter]);
    expect(spans.map((span) => [span.from, span.settings.intervalMonths])).toEqual([
      ['1970-01-01', 3],
      ['2026-02-02', 2],
    ]);
  });
});

describe('settings that dates follow from', () => {
  it.each([
    { intervalMonths: 4 },
    { baselineTerm: { days: 9 } },
    { targetTerm: { days: 9 } },
    { longLeaveNights: 9 },
    { returnTerm: { days: 9 } },
  ] satisfies Partial<DueSettings>[])('are told apart: %j', (change) => {
    const versions = [
      { settings: defaultDueSettings, changedAt: new Date(0) },
      { settings: { ...defaultDueSettings, ...change }, changedAt: new Date('2026-02-01T10:00:00Z') },
    ];
    expect(settingsSpans(versions).map((span) => span.from)).toEqual(['1970-01-01', '2026-02-01']);
  });
});

const firstDay = d('2026-01-01');
const day = fc.integer({ min: 0, max: 300 }).map((index) => addDays(firstDay, index));
const anyFacts = fc
  .record({
    stayed: fc.option(fc.integer({ min: 1, max: 250 })),
    leaves: fc.uniqueArray(
      fc.record({ after: fc.integer({ min: 1, max: 200 }), nights: fc.integer({ min: 1, max: 40 }) }),
      {
        maxLength: 2,
        selector: ({ after }) => after,
      },
    ),
    zrms: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 250 }),
        kind: fc.constantFrom('baseline' as const, 'periodic' as const, 'target' as const, 'final' as const),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ stayed, leaves, zrms }) =>
    facts(
      stay(firstDay, stayed === null ? undefined : addDays(firstDay, stayed)),
      ...leaves.map(({ after, nights }) => leave(addDays(firstDay, after), addDays(firstDay, after + nights))),
      ...zrms.map(({ after, kind }) => zrm(kind, addDays(firstDay, after))),
    ),
  );
const term = fc.integer({ min: 1, max: 120 }).map((days) => ({ days }));
const anySpans = fc
  .uniqueArray(
    fc.record({ on: day, intervalMonths: fc.integer({ min: 1, max: 5 }), baselineTerm: term, targetTerm: term }),
    { maxLength: 3, selector: ({ on }) => on },
  )
  .map((changes) => [
    always,
    ...changes.sort((a, b) => (a.on < b.on ? -1 : 1)).map(({ on, ...change }) => from(on, change)),
  ]);

/** Goes day by day: on each, what has its date by the settings of that day and is still owed falls due. */
function dayByDay(all: DueFacts, spans: readonly SettingsSpan[], last: CivilDate): string[] {
  const fallen = new Map<string, string>();
  const plans = spans.map(({ settings }) => plan(all, settings));
  for (let today = firstDay; today < last; today = addDays(today, 1)) {
    const current = spans.findLastIndex((span) => span.from <= today);
    for (const due of plans[current] ?? []) {
      const { dutyId, kind, dueOn, state, leftOn, closedOn } = due;
      if (state === 'postponed' || fallen.has(dutyId) || dueOn > today) continue;
      if ((leftOn !== undefined && leftOn <= today) || (closedOn !== undefined && closedOn <= today)) continue;
      fallen.set(dutyId, `${kind} ${today}`);
    }
  }
  return [...fallen.values()].sort();
}

describe('what fell due, whatever the facts and the settings', () => {
  const last = addDays(firstDay, 500);
  const shown = ({ kind, dueOn }: DueMoment): string => `${kind} ${dueOn}`;

  it('is what somebody finds who looks every day, by the settings of that day', () => {
    fc.assert(
      fc.property(anyFacts, anySpans, (all, spans) => {
        const { moments } = dueHistory(all, presenceOf(all), spans);
        // One that had fallen due before a long leave lapses, and falls due once more: it is left out of this comparison.
        const isPutOff = ({ settings }: SettingsSpan) => plan(all, settings).some(({ state }) => state === 'postponed');
        fc.pre(!spans.some(isPutOff));
        const counted = moments.filter(({ dueOn }) => dueOn < last).map(shown);
        expect(counted.sort()).toEqual(dayByDay(all, spans, last));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same when settings are stored again, and each moment ends once', () => {
    fc.assert(
      fc.property(anyFacts, anySpans, day, (all, spans, on) => {
        const current = spans.findLast((span) => span.from <= on) ?? always;
        const again = [...spans, { settings: current.settings, from: on }].sort((a, b) => (a.from < b.from ? -1 : 1));
        const { moments } = dueHistory(all, presenceOf(all), spans);
        expect(dueHistory(all, presenceOf(all), again).moments).toEqual(moments);
        for (const { metOn, lapsedOn, dueOn } of moments) {
          expect(metOn === undefined || lapsedOn === undefined).toBe(true);
          if (lapsedOn !== undefined) expect(earlierOf(lapsedOn, dueOn)).toBe(dueOn);
        }
      }),
      { numRuns: 150 },
    );
  });
});
