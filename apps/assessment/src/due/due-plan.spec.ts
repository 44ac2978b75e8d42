import { describe, expect, it } from '@jest/globals';
import { defaultDueSettings } from './default-settings.js';
import type { DueFacts } from './due-facts.js';
import { dueNow } from './due-now.js';
import { facts, instant, leave, lines, plan, stay, zrm } from './due-world.fixture.js';

const arrival = stay('2026-01-10');
const baseline = zrm('baseline', '2026-01-20');
const target = zrm('target', '2026-01-20');
const started = [arrival, baseline, target];

describe('after an arrival', () => {
  it('baseline and target are due within their terms, with the ladder of domain.md §4', () => {
    expect(lines(plan(facts(arrival)))).toEqual([
      'baseline 2026-02-10 open; ahead 2026-01-27T08:00; due 2026-02-10T08:00; late 2026-02-17T08:00; escalated 2026-02-24T08:00',
      'target 2026-03-10 open; ahead 2026-02-24T08:00; due 2026-03-10T08:00; late 2026-03-17T08:00; escalated 2026-03-24T08:00',
    ]);
  });

  it('the last step also goes to the trajectregisseur', () => {
    const [due] = plan(facts(arrival));
    expect(due?.steps.map(({ audience }) => audience.join())).toEqual([
      'clientmanager',
      'clientmanager',
      'clientmanager',
      'clientmanager,trajectregisseur',
    ]);
  });

  it('that became known late, nothing is sent of what lay before, unless all of it did', () => {
    expect(lines(plan(facts(stay('2026-01-10', undefined, '2026-02-12'))), 'baseline')).toEqual([
      'baseline 2026-02-10 open; ahead overtaken; due overtaken; late 2026-02-17T08:00; escalated 2026-02-24T08:00',
    ]);
    expect(lines(plan(facts(stay('2026-01-10', undefined, '2026-03-01'))), 'baseline')).toEqual([
      'baseline 2026-02-10 open; ahead overtaken; due overtaken; late overtaken; escalated 2026-03-01T06:00',
    ]);
  });

  it('a periodic ZRM is no baseline', () => {
    const dues = plan(facts(arrival, zrm('periodic', '2026-01-20')));
    expect(dues.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'baseline open',
      'target open',
      'periodic open',
    ]);
  });

  it('anew, all is due anew; touching times in the chain are one', () => {
    const again = facts(stay('2026-01-10', '2026-03-01'), baseline, target, stay('2026-05-01'));
    expect(lines(plan(again), 'baseline').map((line) => line.split(';')[0])).toEqual([
      'baseline 2026-02-10 met',
      'baseline 2026-06-01 open',
    ]);
    const on = facts(stay('2026-01-10', '2026-03-01'), baseline, target, stay('2026-03-01'));
    expect(plan(on)).toEqual(plan(facts(...started)));
  });
});

describe('of what came from a file', () => {
  const late = { ...stay('2026-01-10', undefined, '2026-06-01T11:00:00Z'), isImported: true };
  const old = { ...zrm('periodic', '2026-02-01', '2026-06-01T11:00:00Z'), isImported: true };

  it('nobody is reminded before the next morning, when the other rows and files are in too', () => {
    expect(lines(plan(facts(late)), 'baseline')).toEqual([
      'baseline 2026-02-10 open; ahead overtaken; due overtaken; late overtaken; escalated 2026-06-02T07:00',
    ]);
    expect(lines(plan(facts(late, old)), 'periodic')).toEqual([
      'periodic 2026-05-01 open; ahead overtaken; due overtaken; late overtaken; escalated 2026-06-02T07:00',
    ]);
    // The same that somebody recorded by hand is told at once.
    expect(lines(plan(facts({ ...late, isImported: false })), 'baseline')[0]).toMatch(/escalated 2026-06-01T11:00$/);
  });

  it('nor of what is late by a leave or a return in it', () => {
    const back = leave('2026-02-01', '2026-03-01', '2026-06-01T11:00:00Z');
    const escalated = (all: DueFacts) => lines(plan(all), 'baseline').at(-1)?.split('; ').at(-1);
    expect(escalated(facts(stay('2026-01-10'), { ...back, isImported: true }))).toBe('escalated 2026-06-02T07:00');
    expect(escalated(facts(stay('2026-01-10'), back))).toBe('escalated 2026-06-01T11:00');
  });

  it('nobody is reminded at all of what the next row fills in', () => {
    const next = { ...zrm('periodic', '2026-05-20', '2026-06-01T11:00:01Z'), isImported: true };
    const steps = plan(facts(late, old, next)).flatMap((due) => (due.dueOn === '2026-05-01' ? due.steps : []));
    expect(steps.map((step) => step.state === 'cancelled' && step.because)).toEqual([
      'overtaken',
      'overtaken',
      'overtaken',
      'filled-in',
    ]);
    // What is still to come goes by its own time.
    expect(lines(plan(facts(late, old, next)), 'periodic')[1]).toMatch(
      /^periodic 2026-08-20 open; ahead 2026-08-06T07:00/,
    );
  });
});

describe('after a ZRM', () => {
  it('the next is due three calendar months later, by the clock of Amsterdam over summer time', () => {
    expect(lines(plan(facts(...started)), 'periodic')).toEqual([
      'periodic 2026-04-20 open; ahead 2026-04-06T07:00; due 2026-04-20T07:00; late 2026-04-27T07:00; escalated 2026-05-04T07:00',
    ]);
  });

  it.each([
    ['2025-08-31', '2025-11-30'],
    ['2025-11-30', '2026-02-28'],
    ['2027-11-30', '2028-02-29'],
    ['2028-02-29', '2028-05-29'],
  ])('of %s it is due on %s', (date, dueOn) => {
    const dues = plan(facts(stay('2025-01-01'), zrm('baseline', date)));
    expect(dues.find(({ kind }) => kind === 'periodic')?.dueOn).toBe(dueOn);
  });

  it('the ladder stops at the moment of submitting', () => {
    const next = (submittedAt: string) =>
      lines(plan(facts(...started, zrm('periodic', '2026-04-19', submittedAt))), 'periodic')[0];
    expect(next('2026-04-19T12:00:00Z')).toBe(
      'periodic 2026-04-20 met; ahead 2026-04-06T07:00; due filled-in; late filled-in; escalated filled-in',
    );
    expect(next('2026-04-27T07:00:00Z')).toBe(
      'periodic 2026-04-20 met; ahead 2026-04-06T07:00; due 2026-04-20T07:00; late filled-in; escalated filled-in',
    );
  });

  it('that is entered late, nothing is sent of the next that lay before', () => {
    const late = zrm('baseline', '2026-01-20', '2026-04-10T09:00:00Z');
    expect(lines(plan(facts(arrival, late)), 'periodic')).toEqual([
      'periodic 2026-04-20 open; ahead overtaken; due 2026-04-20T07:00; late 2026-04-27T07:00; escalated 2026-05-04T07:00',
    ]);
  });

  it('that is final nothing is due any more', () => {
    const dues = plan(facts(arrival, zrm('periodic', '2026-01-15'), zrm('final', '2026-01-20')));
    expect(dues.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'baseline ended',
      'target ended',
      'periodic met',
    ]);
    expect(dues.flatMap(({ steps }) => steps).filter(({ state }) => state === 'planned')).toEqual([]);
  });

  it('that is put in between afterwards, no reminder of the past comes', () => {
    const between = zrm('periodic', '2026-03-01', '2026-05-30T12:00:00Z');
    const dues = plan(facts(...started, zrm('periodic', '2026-04-18'), between));
    expect(lines(dues, 'periodic')[1]).toBe(
      'periodic 2026-06-01 met; ahead overtaken; due filled-in; late filled-in; escalated filled-in',
    );
  });
});

describe('of what became known late', () => {
  const known = (at: string, until?: string) => stay('2026-01-10', until, at);

  it('the last step is sent on the return of who is away at that moment, and is held when nobody knows that day', () => {
    const escalated = (all: DueFacts) => lines(plan(all), 'baseline')[0]?.split('; ').at(-1);
    const late = known('2026-06-05T11:00:00Z');
    expect(escalated(facts(late))).toBe('escalated 2026-06-05T11:00');
    expect(escalated(facts(late, leave('2026-06-01', '2026-06-08')))).toBe('escalated 2026-06-08T07:00');
    expect(escalated(facts(late, leave('2026-06-01')))).toBe('escalated held');
  });

  it('no step is sent of a date that was put off before', () => {
    const away = leave('2026-03-01', '2026-04-15');
    expect(lines(plan(facts(known('2026-06-01T11:00:00Z'), away)), 'baseline')[0]).toBe(
      'baseline 2026-02-10 postponed; ahead overtaken; due overtaken; late overtaken; escalated postponed',
    );
  });

  it('the last step that can still be sent is, also when later ones fall in a leave', () => {
    const away = leave('2026-02-15', '2026-03-15');
    expect(lines(plan(facts(known('2026-02-12T11:00:00Z'), away)), 'baseline')[0]).toBe(
      'baseline 2026-02-10 postponed; ahead overtaken; due 2026-02-12T11:00; late on-leave; escalated on-leave',
    );
  });
});

describe('after a departure', () => {
  it('nothing is sent, from the day of departure on', () => {
    expect(lines(plan(facts(stay('2026-01-10', '2026-04-20'), baseline, target)), 'periodic')).toEqual([
      'periodic 2026-04-20 ended; ahead 2026-04-06T07:00; due left; late left; escalated left',
    ]);
  });
});

describe('a leave', () => {
  it('that nobody ended before the departure holds nothing any more', () => {
    const left = facts(stay('2026-01-10', '2026-05-01'), baseline, target, leave('2026-04-15'));
    expect(lines(plan(left), 'periodic')).toEqual([
      'periodic 2026-04-20 ended; ahead 2026-04-06T07:00; due left; late left; escalated left',
    ]);
  });

  it('that is long takes what would come after it along, and what a short one before it moved into it', () => {
    expect(lines(plan(facts(...started, leave('2026-04-10', '2026-05-01'))), 'periodic')[0]).toBe(
      'periodic 2026-04-20 postponed; ahead 2026-04-06T07:00; due on-leave; late on-leave; escalated postponed',
    );
    const shortly = leave('2026-04-05', '2026-04-10');
    expect(lines(plan(facts(...started, shortly, leave('2026-04-10', '2026-05-10'))), 'periodic')[0]).toBe(
      'periodic 2026-04-20 postponed; ahead on-leave; due on-leave; late on-leave; escalated on-leave',
    );
  });

  it('that is not over yet holds what falls in it', () => {
    expect(lines(plan(facts(...started, leave('2026-04-15'))), 'periodic')).toEqual([
      'periodic 2026-04-20 on-leave; ahead 2026-04-06T07:00; due held; late held; escalated held',
    ]);
  });

  it('that is short moves what falls in it to the return, and only the last of it', () => {
    expect(lines(plan(facts(...started, leave('2026-04-18', '2026-04-22'))), 'periodic')).toEqual([
      'periodic 2026-04-20 open; ahead 2026-04-06T07:00; due 2026-04-22T07:00; late 2026-04-27T07:00; escalated 2026-05-04T07:00',
    ]);
    expect(lines(plan(facts(...started, leave('2026-04-18', '2026-04-28'))), 'periodic')).toEqual([
      'periodic 2026-04-20 open; ahead 2026-04-06T07:00; due overtaken; late 2026-04-28T07:00; escalated 2026-05-04T07:00',
    ]);
  });

  it('however often it is short, puts nothing off for good', () => {
    const weekends = ['04-17', '04-24', '05-01', '05-08', '05-15'].map((day) => {
      const [month = '', date = ''] = day.split('-');
      return leave(`2026-${day}`, `2026-${month}-${String(Number(date) + 2).padStart(2, '0')}`);
    });
    expect(plan(facts(...started, ...weekends)).at(-1)).toMatchObject({ state: 'open', dueOn: '2026-04-20' });
  });

  it('that is long puts off what is due in it to a term after the return', () => {
    expect(lines(plan(facts(...started, leave('2026-04-10', '2026-05-10'))), 'periodic')).toEqual([
      'periodic 2026-04-20 postponed; ahead 2026-04-06T07:00; due on-leave; late on-leave; escalated on-leave',
      'periodic 2026-05-24 open; ahead 2026-05-10T07:00; due 2026-05-24T07:00; late 2026-05-31T07:00; escalated 2026-06-07T07:00',
    ]);
  });

  it('that is long also puts off what was late already, or is due soon after', () => {
    const dueOn = (from: string, until: string) => plan(facts(...started, leave(from, until))).at(-1)?.dueOn;
    expect(dueOn('2026-05-01', '2026-06-01')).toBe('2026-06-15');
    expect(dueOn('2026-03-15', '2026-04-07')).toBe('2026-04-21');
    expect(dueOn('2026-03-15', '2026-04-06')).toBe('2026-04-20');
    expect(lines(plan(facts(...started, leave('2026-03-15', '2026-04-06'))), 'periodic')).toHaveLength(1);
  });

  it('that is over before the ZRM it counts from, or in which it was filled in, puts nothing off', () => {
    const filled = zrm('periodic', '2026-05-01');
    const [first] = plan(facts(...started, leave('2026-04-10', '2026-05-10'), filled)).filter(
      ({ kind }) => kind === 'periodic',
    );
    expect(first).toMatchObject({ state: 'met', metOn: '2026-05-01' });
    expect(plan(facts(stay('2025-01-01'), leave('2025-11-01', '2026-01-20'), baseline, target)).at(-1)?.dueOn).toBe(
      '2026-04-20',
    );
  });

  it('followed by another is put off again, and one that runs on from another holds', () => {
    const twice = facts(...started, leave('2026-04-10', '2026-05-10'), leave('2026-05-12', '2026-06-12'));
    expect(
      plan(twice)
        .filter(({ kind }) => kind === 'periodic')
        .map(({ dueOn, state }) => `${dueOn} ${state}`),
    ).toEqual(['2026-04-20 postponed', '2026-05-24 postponed', '2026-06-26 open']);
    const into = facts(...started, leave('2026-04-18', '2026-04-20'), leave('2026-04-20'));
    expect(lines(plan(into), 'periodic')[0]).toContain('due held');
  });
});

describe('what is sent', () => {
  const dues = plan(facts(...started));

  it('is each step once, when its time has come', () => {
    const sent = new Set<string>();
    expect(dueNow(dues, instant('2026-04-06T06:59:59Z'), sent).send).toEqual([]);
    const [step] = dueNow(dues, instant('2026-04-06T07:00:00Z'), sent).send;
    expect(step).toMatchObject({ stepId: 'periodic:baseline 2026-01-20:ahead', step: 'ahead' });
    sent.add(step?.stepId ?? '');
    expect(dueNow(dues, instant('2026-04-19T07:00:00Z'), sent)).toEqual({ send: [], overtaken: [] });
  });

  it('after an outage is the last step of each ladder only, and never one before', () => {
    const { send, overtaken } = dueNow(dues, instant('2026-04-28T07:00:00Z'), new Set());
    expect(send.map(({ step }) => step)).toEqual(['late']);
    expect(overtaken.map(({ step }) => step)).toEqual(['ahead', 'due']);
    expect(dueNow(dues, instant('2026-04-28T07:00:00Z'), new Set([send[0]?.stepId ?? ''])).send).toEqual([]);
  });

  it('follows the settings of the region', () => {
    const settings = {
      ...defaultDueSettings,
      intervalMonths: 6,
      remindAt: '08:30',
      ladder: [{ step: 'due', days: 0, audience: ['clientmanager'] as const }],
    };
    expect(lines(plan(facts(...started), settings), 'periodic')).toEqual([
      'periodic 2026-07-20 open; due 2026-07-20T06:30',
    ]);
  });
});
