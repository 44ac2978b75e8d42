import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, daysBetween } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam, wallTimeInAmsterdam } from '#calendar/time-zone.js';
import { d, facts, leave, plan, stay, zrm } from './due-world.fixture.js';
import type { DueFacts } from './due-facts.js';

const firstDay = d('2020-01-01');
const everyDay = Array.from({ length: daysBetween(firstDay, d('2040-01-01')) }, (_, index) => addDays(firstDay, index));
const lastDayOf = (date: CivilDate): number => Number(addDays(addMonths(d(`${date.slice(0, 7)}-01`), 1), -1).slice(8));

/** What the calendar says of an instant, each asked once: the reminders of neighbouring days share theirs. */
const told = new Map<number, { readonly date: CivilDate; readonly time: string }>();
function inAmsterdam(at: Date): { readonly date: CivilDate; readonly time: string } {
  const known = told.get(at.getTime()) ?? { date: civilDateInAmsterdam(at), time: wallTimeInAmsterdam(at) };
  told.set(at.getTime(), known);
  return known;
}

describe('due dates over twenty years', () => {
  it('lie exactly three calendar months after each day, clamped to the end of the month, at the same wall-clock time', () => {
    const months = (date: CivilDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
    // One expectation at the end: a hundred thousand of them take longer than the plans.
    const wrong = everyDay.filter((day) => {
      const [, , periodic] = plan(facts(stay(day), zrm('baseline', day)));
      const dueOn = periodic?.dueOn ?? day;
      const planned = periodic?.steps.flatMap((step) => (step.state === 'planned' ? [step.at] : [])) ?? [];
      const days = planned.map((at) => daysBetween(dueOn, inAmsterdam(at).date));
      return (
        months(dueOn) - months(day) !== 3 ||
        Number(dueOn.slice(8)) !== Math.min(Number(day.slice(8)), lastDayOf(dueOn)) ||
        days.join() !== '-14,0,7,14' ||
        planned.some((at) => inAmsterdam(at).time !== '09:00')
      );
    });
    expect(wrong).toEqual([]);
  }, 240_000);

  it('never go back when the ZRM is of a later day', () => {
    const due = everyDay.map((day) => addMonths(day, 3));
    expect(due.filter((date, index) => date < (due[index - 1] ?? date))).toEqual([]);
  });
});

const day = fc.integer({ min: 0, max: 700 }).map((index) => addDays(firstDay, index));
const length = fc.integer({ min: 1, max: 200 });
const anyFacts: fc.Arbitrary<DueFacts> = fc
  .record({
    arrival: day,
    stayed: fc.option(length),
    leaves: fc.uniqueArray(fc.record({ after: length, nights: fc.option(fc.integer({ min: 1, max: 40 })) }), {
      maxLength: 3,
      selector: ({ after }) => after,
    }),
    zrms: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 200 }),
        kind: fc.constantFrom('baseline' as const, 'periodic' as const, 'target' as const, 'final' as const),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ arrival, stayed, leaves, zrms }) => {
    const away = leaves.map(({ after, nights }) => {
      const from = addDays(arrival, after);
      return leave(from, nights === null ? undefined : addDays(from, nights));
    });
    const filled = zrms.map(({ after, kind }) => zrm(kind, addDays(arrival, after)));
    return facts(stay(arrival, stayed === null ? undefined : addDays(arrival, stayed)), ...away, ...filled);
  });

describe('a plan, whatever the facts', () => {
  it('is the same for facts in another order, given more than once, and in older versions beside', () => {
    fc.assert(
      fc.property(anyFacts, ({ presence, leaves, measurements }) => {
        const old = leaves.map((one) => ({ ...one, version: 0, from: addDays(one.from, 3) }));
        const again = {
          presence: [...presence, ...presence],
          leaves: [...old, ...leaves.toReversed()],
          measurements: [...measurements].reverse(),
        };
        expect(plan(again)).toEqual(plan({ presence, leaves, measurements }));
      }),
    );
  });

  it('names every reminder once, and sends none while away, after leaving or after filling in', () => {
    fc.assert(
      fc.property(anyFacts, (all) => {
        const dues = plan(all);
        const ids = dues.flatMap(({ steps }) => steps.map(({ stepId }) => stepId));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { steps, leftOn, state, dueOn, countedFrom } of dues) {
          expect(dueOn >= countedFrom).toBe(true);
          const planned = steps.flatMap((step) => (step.state === 'planned' ? [step.at] : []));
          expect(planned).toEqual([...planned].sort((a, b) => a.getTime() - b.getTime()));
          expect(new Set(planned.map((at) => at.getTime())).size).toBe(planned.length);
          for (const date of planned.map((at) => inAmsterdam(at).date)) {
            expect(leftOn === undefined || date < leftOn).toBe(true);
            expect(all.leaves.some(({ from, until }) => from <= date && (until === undefined || date < until))).toBe(
              false,
            );
          }
          if (state === 'met') expect(steps.some((step) => step.state === 'held')).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
