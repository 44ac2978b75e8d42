import { describe, expect, it } from '@jest/globals';
import { clientDueOf, dueOnDay, nothingDue } from './client-due.js';
import type { DueFacts } from './due-facts.js';
import { d, facts, leave, plan, stay, zrm } from './due-world.fixture.js';

/** As the service keeps it: with the last time in the chain. */
const dueOf = (all: DueFacts) => clientDueOf(plan(all), all.presence.at(-1), all.leaves);
const onDay = (all: DueFacts, day: string) => dueOnDay(dueOf(all), all.presence.at(-1), d(day));

describe('what is waited for of a client', () => {
  it('is what has a date and was not filled in, soonest first, with what the date counts from', () => {
    const arrived = facts(stay('2026-01-10'));
    expect(dueOf(arrived)).toMatchObject({
      firstOn: '2026-02-10',
      held: false,
      open: [
        { kind: 'baseline', dueOn: '2026-02-10', countedBy: 'arrival', countedFrom: '2026-01-10' },
        { kind: 'target', dueOn: '2026-03-10', countedBy: 'arrival' },
      ],
    });
    const filled = facts(stay('2026-01-10'), zrm('baseline', '2026-01-20'), zrm('target', '2026-01-20'));
    expect(dueOf(filled).open).toMatchObject([
      { kind: 'periodic', dueOn: '2026-04-20', countedBy: 'previous-zrm', countedFrom: '2026-01-20' },
    ]);
    expect(dueOf(facts())).toEqual(nothingDue);
  });

  it('is in the order of the dates, whatever is called first', () => {
    const all = facts(stay('2026-01-10'), zrm('baseline', '2026-01-11'));
    expect(dueOf(all).open.map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual([
      'target 2026-03-10',
      'periodic 2026-04-11',
    ]);
  });

  it('is late from the day after the date on', () => {
    const arrived = facts(stay('2026-01-10'));
    const late = (day: string) => onDay(arrived, day).map(({ daysLate }) => daysLate);
    expect(late('2026-02-10')).toEqual([0, 0]);
    expect(late('2026-02-11')).toEqual([1, 0]);
    expect(late('2026-03-12')).toEqual([30, 2]);
  });

  it('is nothing that anybody can do while the client is away and nobody knows until when', () => {
    const away = facts(stay('2026-01-10'), leave('2026-02-01'));
    expect(dueOf(away)).toMatchObject({ held: true, firstOn: null });
    expect(onDay(away, '2026-03-01')).toMatchObject([
      { held: true, daysLate: 0 },
      { held: true, daysLate: 0 },
    ]);
    // Away until a planned departure, so shortly that it puts nothing off.
    const leaving = facts(stay('2026-01-10', '2026-02-15'), leave('2026-02-08', '2026-02-15'));
    expect(dueOf(leaving)).toMatchObject({ held: true, firstOn: null, open: [{ kind: 'baseline' }] });
    expect(dueOf(facts(stay('2026-01-10', '2026-02-15'), leave('2026-02-08', '2026-02-12')))).toMatchObject({
      held: false,
      firstOn: '2026-02-10',
    });
    // Of who is away, and owes nothing.
    expect(dueOf(facts(stay('2026-01-10'), zrm('final', '2026-01-20'), leave('2026-02-01')))).toEqual(nothingDue);
  });

  it('counts from the return after a long leave', () => {
    const back = facts(stay('2026-01-10'), leave('2026-02-01', '2026-02-20'));
    expect(dueOf(back).open[0]).toMatchObject({ dueOn: '2026-03-06', countedBy: 'return', countedFrom: '2026-02-20' });
    expect(dueOf(back)).toMatchObject({ held: false, firstOn: '2026-03-06' });
  });

  it('goes on until a planned departure, and is nothing of an earlier time in the chain', () => {
    const leaving = facts(stay('2026-01-10', '2026-03-01'));
    expect(dueOf(leaving).open.map(({ kind }) => kind)).toEqual(['baseline']);
    expect(onDay(leaving, '2026-02-20')).toMatchObject([{ kind: 'baseline', daysLate: 10 }]);
    expect(onDay(leaving, '2026-03-01')).toEqual([]);
    // Due on the day of the departure itself, or pointless since the final measurement: nobody waits for it.
    expect(dueOf(facts(stay('2026-01-10', '2026-02-10')))).toEqual(nothingDue);
    expect(dueOf(facts(stay('2026-01-10', '2026-03-01'), zrm('final', '2026-02-01')))).toEqual(nothingDue);
    const again = facts(stay('2026-01-10', '2026-03-01'), stay('2026-05-01'));
    expect(dueOf(again).firstOn).toBe('2026-06-01');
    expect(onDay(again, '2026-04-30')).toEqual([]);
  });
});
