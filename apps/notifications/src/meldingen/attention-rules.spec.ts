import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { meldingUrgencies } from '#contracts/notifications/codes.js';
import { encodeCursor } from '#contracts/paging.js';
import { type AttentionMark, attentionPage, isLate } from './attention-rules.js';

const now = new Date('2026-03-02T12:00:00Z');
const hours = (many: number): Date => new Date(now.getTime() + many * 3_600_000);

const open = (_id: string, change: Partial<AttentionMark> = {}): AttentionMark => ({
  _id,
  status: 'open',
  urgency: 'normal',
  stage: 0,
  acknowledgeBy: hours(24),
  lastPartAt: hours(-2),
  ...change,
});
const idsOf = (marks: readonly AttentionMark[]): string[] => attentionPage(marks, undefined, 100, now).items;

describe('what asks for attention', () => {
  it('is late when its time has passed, when it was reminded of, and when it went further', () => {
    expect(isLate(open('a'), now)).toBe(false);
    expect(isLate(open('a', { acknowledgeBy: hours(-1) }), now)).toBe(true);
    expect(isLate(open('a', { stage: 1 }), now)).toBe(true);
    expect(isLate(open('a', { stage: 2, acknowledgeBy: null }), now)).toBe(true);
    // What nobody is responsible for has no time by which it must be seen.
    expect(isLate(open('a', { acknowledgeBy: null }), now)).toBe(false);
    expect(isLate(open('a', { status: 'acknowledged', stage: 2 }), now)).toBe(false);
  });

  it('stands as: late before what is not late, urgent before normal before low', () => {
    const marks = [
      open('normal'),
      open('low', { urgency: 'low' }),
      open('late-low', { urgency: 'low', stage: 1 }),
      open('urgent', { urgency: 'high' }),
      open('late-normal', { stage: 2, acknowledgeBy: null }),
      open('late-urgent', { urgency: 'high', acknowledgeBy: hours(-1) }),
    ];
    expect(idsOf(marks)).toEqual(['late-urgent', 'late-normal', 'late-low', 'urgent', 'normal', 'low']);
  });

  it('shows of late ones what waits longest first, of others the newest', () => {
    const marks = [-3, -1, -2].flatMap((hour) => [
      open(`late${hour}`, { stage: 1, lastPartAt: hours(hour) }),
      open(`new${hour}`, { lastPartAt: hours(hour) }),
    ]);
    expect(idsOf(marks)).toEqual(['late-3', 'late-2', 'late-1', 'new-1', 'new-2', 'new-3']);
  });

  it('comes in pages that hold each once, whatever the size, also while time passes', () => {
    const mark = fc.record({
      urgency: fc.constantFrom(...meldingUrgencies),
      stage: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      acknowledgeBy: fc.option(fc.integer({ min: -3, max: 3 }).map(hours), { nil: null }),
      lastPartAt: fc.integer({ min: -3, max: 0 }).map(hours),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (list, limit) => {
        const marks = list.map((change, index) => open(`m-${index}`, change));
        const walked: string[] = [];
        let cursor: string | undefined;
        let asked = 0;
        do {
          // Each page is asked an hour later: what became late meanwhile keeps its place until the list is asked anew.
          const page = attentionPage(marks, cursor, limit, hours(asked));
          walked.push(...page.items);
          expect(page.total).toBe(marks.length);
          cursor = page.nextCursor;
          asked += 1;
        } while (cursor !== undefined);
        expect(walked).toEqual(idsOf(marks));
        expect(new Set(walked).size).toBe(marks.length);
      }),
    );
  });

  it('goes on behind one that was acknowledged meanwhile, and begins anew with a cursor that is not ours', () => {
    const marks = ['a', 'b', 'c', 'd'].map((id, index) => open(id, { lastPartAt: hours(-index) }));
    const first = attentionPage(marks, undefined, 2, now);
    expect(first.items).toEqual(['a', 'b']);
    const left = marks.filter(({ _id }) => _id !== 'b');
    expect(attentionPage(left, first.nextCursor, 2, now)).toMatchObject({ items: ['c', 'd'], total: 3, asOf: now });
    expect(attentionPage(left, encodeCursor({ at: 1, id: 'x' }), 2, now).items).toEqual(['a', 'c']);
  });
});
