import { describe, expect, it } from '@jest/globals';
import { advance, type DueAdvance, nextInstant, nothingTold, passOver } from './due-advance.js';
import type { DueFacts } from './due-facts.js';
import { facts, instant, leave, plan, stay, zrm } from './due-world.fixture.js';

const arrival = stay('2026-01-10');
const baseline = zrm('baseline', '2026-01-20');
const target = zrm('target', '2026-01-20');
const started = [arrival, baseline, target];

/** What is told at each instant at which something has to be, up to an instant. */
function until(all: DueFacts, end: string, memory = nothingTold): { told: string[]; last: DueAdvance['memory'] } {
  const dues = plan(all);
  const told: string[] = [];
  let last = memory;
  for (let next = nextInstant(dues, last, instant('2026-01-01')); next && next <= instant(end);) {
    const { send, settle, memory: after, next: following } = advance(dues, last, next);
    const when = next.toISOString().slice(0, 16);
    told.push(...settle.map(({ kind, settled }) => `${when} ${kind} ${settled}`));
    told.push(...send.map(({ due, step }) => `${when} ${due.kind} ${step.step}`));
    [last, next] = [after, following];
  }
  return { told, last };
}

describe('what is told of due ZRMs', () => {
  it('is each reminder at its instant, and nothing between', () => {
    expect(until(facts(...started), '2026-06-01').told).toEqual([
      '2026-04-06T07:00 periodic ahead',
      '2026-04-20T07:00 periodic due',
      '2026-04-27T07:00 periodic late',
      '2026-05-04T07:00 periodic escalated',
    ]);
  });

  it('is that it was filled in, once, and only of what was reminded of', () => {
    const { last } = until(facts(...started), '2026-04-21');
    const filled = plan(facts(...started, zrm('periodic', '2026-04-21')));
    const now = instant('2026-04-21T12:00:00Z');
    const { send, settle, memory, next } = advance(filled, last, now);
    expect(send).toEqual([]);
    expect(settle).toMatchObject([{ kind: 'periodic', dueOn: '2026-04-20', settled: 'filled-in' }]);
    expect(advance(filled, memory, now)).toMatchObject({ send: [], settle: [] });
    expect(next?.toISOString()).toBe('2026-07-07T07:00:00.000Z');
    expect(advance(filled, nothingTold, now).settle).toEqual([]);
  });

  it('is that the client left, on the day itself, also when it was known before', () => {
    const leaving = facts(stay('2026-01-10', '2026-04-25'), baseline, target);
    expect(until(leaving, '2026-06-01').told).toEqual([
      '2026-04-06T07:00 periodic ahead',
      '2026-04-20T07:00 periodic due',
      '2026-04-24T22:00 periodic left',
    ]);
  });

  it('is why else it is not waited for: the final measurement, a long leave, what was taken back', () => {
    const { last } = until(facts(...started), '2026-04-21');
    const reasonAfter = (all: DueFacts) =>
      advance(plan(all), last, instant('2026-06-20')).settle.map((one) => one.settled);
    expect(reasonAfter(facts(...started, zrm('final', '2026-05-01')))).toEqual(['filled-in']);
    expect(reasonAfter(facts(...started, leave('2026-05-10', '2026-06-10')))).toEqual(['postponed']);
    expect(reasonAfter(facts(arrival, target))).toEqual(['withdrawn']);
    const early = until(facts(arrival), '2026-02-01').last;
    const closed = plan(facts(arrival, zrm('final', '2026-02-05')));
    expect(advance(closed, early, instant('2026-02-06')).settle).toMatchObject([
      { kind: 'baseline', settled: 'final' },
    ]);
  });

  it('goes on when it is waited for again after all', () => {
    const { last } = until(facts(...started), '2026-04-21');
    const filled = advance(plan(facts(...started, zrm('periodic', '2026-04-21'))), last, instant('2026-04-22'));
    expect(until(facts(...started), '2026-05-01', filled.memory).told).toEqual(['2026-04-27T07:00 periodic late']);
  });

  it('is nothing of what lies before a change of the settings', () => {
    const dues = plan(facts(...started));
    const now = instant('2026-04-28');
    const memory = passOver(dues, nothingTold, now);
    expect(advance(dues, memory, now)).toMatchObject({ send: [], settle: [] });
    expect(nextInstant(dues, memory, now)?.toISOString()).toBe('2026-05-04T07:00:00.000Z');
  });
});
