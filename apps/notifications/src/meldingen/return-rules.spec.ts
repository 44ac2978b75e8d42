import { describe, expect, it } from '@jest/globals';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { defaultSettings } from '../rules/settings.repository.js';
import { acknowledge, snooze } from './act-rules.js';
import { escalate, nextStep } from './clock-rules.js';
import type { MeldingState } from './melding-state.js';
import { receive } from './part-rules.js';
import { comeBack, partsOfReplaced } from './return-rules.js';
import { leaveToReplacement } from './sharing-rules.js';

const now = new Date('2026-03-01T09:00:00Z');
const later = new Date('2026-03-01T10:00:00Z');

function part(sequence: number, change: Partial<MeldingPart> = {}): MeldingPart {
  return {
    partId: `part-${sequence}`,
    eventId: `event-${sequence}`,
    eventType: 'housing',
    kind: 'move',
    codes: {},
    recordedAt: now.toISOString(),
    sequence,
    ruleId: 'rule',
    urgency: 'normal',
    expectedAction: 'take-note',
    because: 'regisseur-of-cluster',
    becauseOf: [],
    ...change,
  };
}

const melding = (...parts: MeldingPart[]): MeldingState =>
  receive({ _id: 'm', personId: 'anna', clientId: 'client', number: 1 }, parts, now, defaultSettings);
const instead = (sequence: number, ...of: string[]): MeldingPart =>
  part(sequence, { because: 'replacement', becauseOf: of });

describe('what a replacement holds for somebody else', () => {
  it('is told by whom it is really for, at the end of the chain, without what is their own', () => {
    const found = partsOfReplaced(
      melding(part(1), instead(2, 'bram'), instead(3, 'bram', 'carla'), instead(4, 'bram')),
    );
    expect([...found].map(([owner, parts]) => [owner, parts.map(({ sequence }) => sequence)])).toEqual([
      ['bram', [2, 4]],
      ['carla', [3]],
    ]);
  });

  it('goes back while it is not dealt with, also when it was put off', () => {
    const held = melding(instead(1, 'bram'));
    const until = new Date('2026-03-02T09:00:00Z');
    expect(partsOfReplaced(snooze(held, until, 'anna', now, defaultSettings)).size).toBe(1);
    expect(partsOfReplaced(acknowledge(held, 'anna', now)).size).toBe(0);
  });
});

describe('the melding that its owner left behind', () => {
  it('asks for attention again, and is reminded of', () => {
    const back = comeBack(leaveToReplacement(melding(part(1)), 'carla', now), 'carla', later, defaultSettings);
    expect(back).toMatchObject({ status: 'open', read: false, stage: 0 });
    expect(nextStep(back)).toMatchObject({ step: 'remind' });
    expect(comeBack(back, 'carla', later, defaultSettings)).toBe(back);
  });

  it('stays as it is when it is done, put off, or went further because nobody saw it', () => {
    const left = leaveToReplacement(melding(part(1)), 'carla', now);
    for (const other of [
      acknowledge(left, 'anna', now),
      escalate(melding(part(1)), ['carla'], now),
      melding(part(1)),
    ]) {
      expect(comeBack(other, 'carla', later, defaultSettings)).toBe(other);
    }
  });
});
