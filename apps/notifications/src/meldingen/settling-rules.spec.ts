import { describe, expect, it } from '@jest/globals';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { defaultSettings } from '../rules/settings.repository.js';
import { acknowledge, reopen, snooze } from './act-rules.js';
import { nextStep } from './clock-rules.js';
import type { MeldingState } from './melding-state.js';
import { addPart, receive } from './part-rules.js';
import { settle } from './settling-rules.js';
import { bringIn } from './sharing-rules.js';

const DUE = 'nl.doorstroom.assessment.zrm-due-changed.v1';
const at = (minutes: number): Date => new Date(Date.parse('2026-11-22T09:00:00Z') + minutes * 60_000);

const part = (eventId: string, change: Partial<MeldingPart> = {}): MeldingPart => ({
  partId: `part-${eventId}`,
  eventId,
  eventType: 'housing',
  kind: 'arrival',
  codes: {},
  recordedAt: '2026-11-22T09:00:00Z',
  sequence: 1,
  ruleId: 'rule',
  urgency: 'normal',
  expectedAction: 'take-note',
  because: 'representative-of-place',
  becauseOf: [],
  duties: ['represent:c'],
  ...change,
});
const reminder = (eventId: string, aboutId = 'due-1'): MeldingPart =>
  part(eventId, { eventType: DUE, aboutId, urgency: 'high', expectedAction: 'fill-in-zrm' });
const given = (...parts: MeldingPart[]): MeldingState =>
  receive({ _id: 'm', personId: 'mentor', clientId: 'c', number: 1 }, parts, at(0), defaultSettings);

describe('a reminder of what has a ladder of its own', () => {
  it('is not reminded of, nor brought further, also after a snooze or when it is opened again', () => {
    expect(nextStep(given(reminder('e1')))).toBeUndefined();
    const later = snooze(given(reminder('e1')), at(60), 'mentor', at(1), defaultSettings);
    expect(nextStep(reopen(later, 'mentor', at(2), defaultSettings))).toBeUndefined();
  });

  it('does not keep what comes beside it from being reminded of', () => {
    const both = addPart(given(reminder('e1')), part('e2'), at(5), defaultSettings);
    expect(nextStep(both)).toMatchObject({ step: 'remind' });
    const other = addPart(given(part('e1')), reminder('e2'), at(5), defaultSettings);
    expect(nextStep(other)).toMatchObject({ step: 'remind', at: nextStep(given(part('e1')))?.at });
  });
});

describe('settling', () => {
  it('takes a melding off the open list, and says why', () => {
    const settled = settle(given(reminder('e1')), 'due-1', 'filled-in', at(9));
    expect(settled).toMatchObject({
      status: 'settled',
      read: true,
      partsSettled: [{ partId: 'part-e1', because: 'filled-in', at: at(9) }],
    });
    expect(settle(settled, 'due-1', 'left', at(10))).toBe(settled);
    expect(acknowledge(settled, 'mentor', at(11))).toBe(settled);
  });

  it('leaves alone what is about something else', () => {
    const melding = given(reminder('e1'));
    expect(settle(melding, 'due-2', 'filled-in', at(9))).toBe(melding);
  });

  it('leaves a melding open for its other parts, as urgent as those', () => {
    const both = settle(given(reminder('e1'), part('e2', { urgency: 'low' })), 'due-1', 'left', at(9));
    expect(both).toMatchObject({ status: 'open', urgency: 'low', expectedAction: 'take-note' });
  });

  it('and a colleague who picks up the rest together see to all of it, in either order', () => {
    const pickUp = [{ partId: 'part-e2', by: 'bram', at: at(5) }];
    const first = settle(given(reminder('e1'), part('e2')), 'due-1', 'left', at(4));
    expect(bringIn(first, pickUp, 'bram', at(5), defaultSettings).status).toBe('picked-up');
    const second = bringIn(given(reminder('e1'), part('e2')), pickUp, 'bram', at(5), defaultSettings);
    expect(second.status).toBe('open');
    expect(settle(second, 'due-1', 'left', at(6)).status).toBe('settled');
  });

  it('can be undone by who wants to see to it after all', () => {
    const again = reopen(settle(given(reminder('e1')), 'due-1', 'left', at(4)), 'mentor', at(5), defaultSettings);
    expect(again).toMatchObject({ status: 'open', partsSettled: [] });
  });
});
