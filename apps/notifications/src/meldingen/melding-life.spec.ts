import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { defaultSettings } from '../rules/settings.repository.js';
import { meldingIdOf, partIdOf } from './identity.js';
import { acknowledge, giveBack, handOver, markRead, reopen, snooze, takeBack } from './act-rules.js';
import { escalate, nextStep, remind, wake } from './clock-rules.js';
import type { MeldingState } from './melding-state.js';
import { addPart, decidingPart, insertPart, receive, takesParts } from './part-rules.js';

const now = new Date('2026-03-01T09:00:00Z');
const minute = 60_000;
const at = (minutes: number): Date => new Date(now.getTime() + minutes * minute);

const part = (sequence: number, change: Partial<MeldingPart> = {}): MeldingPart => ({
  partId: `part-${change.eventType ?? 'housing'}-${sequence}`,
  eventId: `event-${sequence}`,
  eventType: 'housing',
  kind: 'arrival',
  codes: {},
  recordedAt: '2026-03-01T09:00:00Z',
  sequence,
  ruleId: 'rule',
  urgency: 'normal',
  expectedAction: 'take-note',
  because: 'regisseur-of-cluster',
  becauseOf: [],
  ...change,
});
const fresh = (...parts: MeldingPart[]): MeldingState =>
  receive({ _id: 'm', personId: 'anna', clientId: 'c', number: 1 }, parts, now, defaultSettings);

describe('the parts of a melding', () => {
  it('stand in the order of the ledger, each once, however they come', () => {
    const versions = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(versions, (sequences) => {
        const parts = sequences.map((sequence) => part(sequence)).reduce<MeldingPart[]>(insertPart, []);
        expect(parts.map(({ sequence }) => sequence)).toEqual([...new Set(sequences)].sort((a, b) => a - b));
      }),
    );
  });

  it('of one kind of event keep their order among those of another', () => {
    const kinds = fc.array(fc.tuple(fc.constantFrom('housing', 'waiting'), fc.integer({ min: 1, max: 20 })));
    fc.assert(
      fc.property(kinds, (list) => {
        const parts = list
          .map(([eventType, sequence]) => part(sequence, { eventType }))
          .reduce<MeldingPart[]>(insertPart, []);
        for (const type of ['housing', 'waiting']) {
          const sequences = parts.filter(({ eventType }) => eventType === type).map(({ sequence }) => sequence);
          expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
        }
        expect(new Set(parts.map(({ partId }) => partId)).size).toBe(parts.length);
      }),
    );
  });

  it('decide together: the most urgent counts, of equals the last', () => {
    const parts = [part(1), part(2, { urgency: 'high' }), part(3, { urgency: 'high' }), part(4, { urgency: 'low' })];
    expect(decidingPart(parts).sequence).toBe(3);
  });

  it('join within the grouping window while the melding lives', () => {
    const melding = fresh(part(1));
    expect(takesParts(melding, at(9), defaultSettings)).toBe(true);
    expect(takesParts(melding, at(10), defaultSettings)).toBe(false);
    expect(takesParts(acknowledge(melding, 'anna', at(1)), at(2), defaultSettings)).toBe(false);
    expect(takesParts(escalate(melding, ['bram'], at(1)), at(2), defaultSettings)).toBe(false);
  });

  it('make it unread again and bring a reminder forward, never back', () => {
    const melding = markRead(fresh(part(1)), true, 'anna', at(1));
    const more = addPart(melding, part(2), at(2), defaultSettings);
    expect(more).toMatchObject({ read: false, lastPartAt: at(2), acknowledgeBy: melding.acknowledgeBy });
    const urgent = addPart(more, part(3, { urgency: 'high', expectedAction: 'contact-today' }), at(3), defaultSettings);
    expect(urgent).toMatchObject({ urgency: 'high', expectedAction: 'contact-today', acknowledgeBy: at(3 + 240) });
    expect(addPart(urgent, part(3), at(4), defaultSettings)).toBe(urgent);
  });
});

describe('the life of a melding', () => {
  it('reminds, goes further, and stops', () => {
    const melding = fresh(part(1, { urgency: 'high' }));
    expect(nextStep(melding)).toEqual({ step: 'remind', at: at(240) });
    const reminded = remind(melding, at(240), defaultSettings);
    expect(nextStep(reminded)).toEqual({ step: 'escalate', at: at(480) });
    const further = escalate(reminded, ['bram'], at(480));
    expect(nextStep(further)).toBeUndefined();
    expect(further).toMatchObject({ status: 'open', escalatedTo: ['bram'] });
  });

  it('stops at the acknowledgement and starts anew when opened again', () => {
    const done = acknowledge(remind(fresh(part(1)), at(1), defaultSettings), 'anna', at(2));
    expect(nextStep(done)).toBeUndefined();
    expect(acknowledge(done, 'anna', at(3))).toBe(done);
    const again = reopen(done, 'anna', at(3), defaultSettings);
    expect(again).toMatchObject({ status: 'open', acknowledgedAt: null });
    expect(nextStep(again)).toMatchObject({ step: 'remind' });
  });

  it('sleeps and wakes up unread', () => {
    const asleep = snooze(fresh(part(1)), at(60), 'anna', at(1), defaultSettings);
    expect(nextStep(asleep)).toEqual({ step: 'wake', at: at(60) });
    const awake = wake(asleep, at(60), defaultSettings);
    expect(awake).toMatchObject({ status: 'open', read: false, snoozedUntil: null });
    expect(nextStep(awake)).toMatchObject({ step: 'remind' });
  });

  it('refuses what makes no sense', () => {
    const melding = fresh(part(1));
    const gone = handOver(melding, ['bram'], 'anna', at(1));
    expect(() => acknowledge(gone, 'anna', at(2))).toThrow('melding-not-open');
    expect(() => reopen(gone, 'anna', at(2), defaultSettings)).toThrow('melding-not-acknowledged');
    expect(() => snooze(melding, now, 'anna', at(1), defaultSettings)).toThrow('snooze-moment');
    expect(() => snooze(melding, new Date('x'), 'anna', at(1), defaultSettings)).toThrow('snooze-moment');
    expect(() => snooze(melding, at(60 * 24 * 15), 'anna', at(1), defaultSettings)).toThrow('snooze-moment');
  });

  it('comes back from a colleague who did nothing with it yet, and starts anew', () => {
    const gone = handOver(fresh(part(1)), ['bram'], 'anna', at(1));
    const received = { ...fresh(part(1)), personId: 'bram' };
    const back = takeBack(gone, 'anna', at(2), defaultSettings);
    expect(back).toMatchObject({ status: 'open', handedOver: null });
    expect(nextStep(back)).toMatchObject({ step: 'remind' });
    const returned = giveBack(markRead(received, true, 'bram', at(2)), 'anna', 'anna', at(3));
    expect(returned).toMatchObject({ status: 'returned', history: [{}, {}, { action: 'returned', personId: 'anna' }] });
    expect(nextStep(returned)).toBeUndefined();
    for (const acted of [
      acknowledge(received, 'bram', at(2)),
      handOver(received, ['carla'], 'bram', at(2)),
      snooze(received, at(60), 'bram', at(2), defaultSettings),
    ]) {
      expect(() => giveBack(acted, 'anna', 'anna', at(3))).toThrow('hand-over-taken-up');
    }
    expect(() => takeBack(fresh(part(1)), 'anna', at(1), defaultSettings)).toThrow('melding-not-acknowledged');
    expect(() => reopen(returned, 'bram', at(4), defaultSettings)).toThrow('melding-not-acknowledged');
    expect(() => acknowledge(returned, 'bram', at(4))).toThrow('melding-not-open');
  });

  it('moves forward in the live stream with every change, also when a clock lags behind', () => {
    const melding = fresh(part(1));
    const earlier = markRead(melding, true, 'anna', at(-5));
    expect(earlier.updatedAt.getTime()).toBe(melding.updatedAt.getTime() + 1);
    expect(earlier.version).toBe(2);
  });

  it('keeps its whole history but not every reading', () => {
    let melding = acknowledge(fresh(part(1)), 'anna', at(1));
    melding = reopen(melding, 'anna', at(2), defaultSettings);
    for (let n = 0; n < 400; n += 1) melding = markRead(melding, n % 2 === 1, 'anna', at(3 + n));
    expect(melding.history.length).toBeLessThanOrEqual(200);
    expect(melding.history.slice(0, 3).map(({ action }) => action)).toEqual(['received', 'acknowledged', 'reopened']);
  });
});

describe('identities', () => {
  it('follow from what they identify, and differ otherwise', () => {
    expect(partIdOf('event', 'anna')).toBe(partIdOf('event', 'anna'));
    expect(partIdOf('event', 'anna')).not.toBe(partIdOf('event', 'bram'));
    expect(meldingIdOf('anna', 'client', 1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(meldingIdOf('anna', 'client', 1)).not.toBe(meldingIdOf('anna', 'client', 2));
  });
});
