import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MeldingDuty, UNASSIGNED } from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { defaultSettings } from '../rules/settings.repository.js';
import { acknowledge, handOver, reopen, snooze } from './act-rules.js';
import { escalate, nextStep, remind } from './clock-rules.js';
import { receive } from './part-rules.js';
import type { MeldingState } from './melding-state.js';
import { bringIn, pickUpsFor } from './sharing-rules.js';

const minute = 60_000;
const at = (minutes: number): Date => new Date(Date.parse('2026-11-22T09:00:00Z') + minutes * minute);

const part = (eventId: string, personId: string, change: Partial<MeldingPart> = {}): MeldingPart => ({
  partId: `${eventId}-${personId}`,
  eventId,
  eventType: 'housing',
  kind: 'arrival',
  codes: {},
  recordedAt: '2026-11-22T09:00:00Z',
  sequence: Number(eventId.slice(1)),
  ruleId: 'rule',
  urgency: 'normal',
  expectedAction: 'take-note',
  because: 'regisseur-of-cluster',
  becauseOf: [],
  duties: ['guard'],
  ...change,
});
/** A melding of a person about events. */
const given = (personId: string, events: string[], duties: MeldingDuty[] = ['guard']): MeldingState =>
  receive(
    { _id: `m-${personId}`, personId, clientId: 'c', number: 1 },
    events.map((eventId) => part(eventId, personId, { duties })),
    at(0),
    defaultSettings,
  );
/** What becomes of a melding once the others are as they are. */
const then = (melding: MeldingState, holders: MeldingState[], by: string, minutes: number): MeldingState =>
  bringIn(melding, pickUpsFor(melding, holders), by, at(minutes), defaultSettings);

describe('colleagues who have the same change', () => {
  it('are spared when one acknowledges: who and when, no further step, still unread if it was', () => {
    const bram = given('bram', ['e1']);
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(12));
    const after = then(bram, [noor, bram], 'noor', 12);
    expect(after).toMatchObject({
      status: 'picked-up',
      read: false,
      pickedUp: { by: 'noor', at: at(12) },
      acknowledgeBy: null,
    });
    expect(nextStep(after)).toBeUndefined();
    expect(after.history.at(-1)).toMatchObject({ action: 'picked-up', by: 'noor' });
  });

  it('keep theirs when nobody acknowledges: every step comes as before', () => {
    const [bram, noor] = [given('bram', ['e1']), given('noor', ['e1'])];
    expect(then(bram, [noor, bram], 'noor', 1)).toBe(bram);
    expect(nextStep(bram)).toMatchObject({ step: 'remind' });
    const reminded = remind(noor, at(3_000), defaultSettings);
    expect(then(bram, [reminded], 'noor', 3_001)).toBe(bram);
  });

  it('are spared also while snoozed or gone further, and the snooze is off', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(2));
    const snoozed = snooze(given('bram', ['e1']), at(600), 'bram', at(1), defaultSettings);
    expect(then(snoozed, [noor], 'noor', 2)).toMatchObject({ status: 'picked-up', snoozedUntil: null });
    const further = escalate(remind(given('bram', ['e1']), at(1), defaultSettings), ['carla'], at(1));
    expect(then(further, [noor], 'noor', 2)).toMatchObject({ status: 'picked-up' });
  });

  it('with another duty are not spared: whoever lets a client go did not see to the new place', () => {
    const before = acknowledge(given('anna', ['e1'], ['guard-before:old']), 'anna', at(1));
    const both = given('carla', ['e1'], ['guard', 'guard-before:old']);
    for (const other of [given('bram', ['e1'], ['guard']), given('mentor', ['e1'], ['represent:new']), both]) {
      expect(then(other, [before, other], 'anna', 1)).toMatchObject({ status: 'open' });
    }
    const now = acknowledge(given('bram', ['e1'], ['guard']), 'bram', at(5));
    expect(then(both, [before, now], 'bram', 5)).toMatchObject({ status: 'picked-up', pickedUp: { by: 'bram' } });
  });

  it('are spared only when every part was acknowledged; until then it shows which ones were', () => {
    const bram = given('bram', ['e1', 'e2']);
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const half = then(bram, [noor], 'noor', 1);
    expect(half).toMatchObject({ status: 'open', partsPickedUp: [{ partId: 'e1-bram', by: 'noor' }] });
    expect(nextStep(half)).toEqual(nextStep(bram));
    expect(half.version).toBe(bram.version + 1);
    const dirk = acknowledge(given('dirk', ['e2']), 'dirk', at(3));
    expect(then(half, [noor, dirk], 'dirk', 3)).toMatchObject({ status: 'picked-up', pickedUp: { by: 'dirk' } });
  });

  it('have it back, unread and from the start, when the acknowledgement is undone', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const spared = then({ ...given('bram', ['e1']), read: true }, [noor], 'noor', 1);
    const undone = reopen(noor, 'noor', at(9), defaultSettings);
    const back = then(spared, [undone], 'noor', 9);
    expect(back).toMatchObject({ status: 'open', read: false, stage: 0, pickedUp: null, partsPickedUp: [] });
    expect(nextStep(back)?.at).toEqual(at(9 + defaultSettings.escalation.normal.reminderAfter));
    expect(back.history.at(-1)).toMatchObject({ action: 'reopened', by: 'noor' });
  });

  it('can open their own again, and only a later acknowledgement spares them anew', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const own = reopen(then(given('bram', ['e1']), [noor], 'noor', 1), 'bram', at(5), defaultSettings);
    expect(own).toMatchObject({ status: 'open', pickedUp: null });
    expect(then(own, [noor], 'carla', 6)).toBe(own);
    const again = acknowledge(reopen(noor, 'noor', at(7), defaultSettings), 'noor', at(8));
    expect(then(own, [again], 'noor', 8)).toMatchObject({ status: 'picked-up' });
  });

  it('do not take it from each other: acknowledging what was picked up changes nothing', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const spared = then(given('bram', ['e1']), [noor], 'noor', 1);
    expect(acknowledge(spared, 'bram', at(2))).toBe(spared);
    expect(() => snooze(spared, at(60), 'bram', at(2), defaultSettings)).toThrow();
    expect(() => handOver(spared, ['carla'], 'bram', at(2))).toThrow();
  });

  it('leave alone what was acknowledged or handed over', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const given1 = handOver(given('bram', ['e1']), ['carla'], 'bram', at(0));
    const own = acknowledge(given('dirk', ['e1']), 'dirk', at(0));
    expect(then(given1, [noor], 'noor', 1)).toBe(given1);
    expect(then(own, [noor], 'noor', 1)).toBe(own);
  });

  it('of before duties were noted go by why it came, and by nothing else', () => {
    const old = (personId: string, because: MeldingPart['because']): MeldingState => {
      const { duties: _duties, ...rest } = part('e1', personId, { because });
      return receive({ _id: personId, personId, clientId: 'c', number: 1 }, [rest], at(0), defaultSettings);
    };
    const noor = acknowledge(old('noor', 'regisseur-of-client'), 'noor', at(1));
    expect(then(old('bram', 'regisseur-of-cluster'), [noor], 'noor', 1).status).toBe('picked-up');
    expect(then(old('bram', 'escalation'), [noor], 'noor', 1).status).toBe('open');
  });

  it('nobody is reminded of what went back to nobody’s inbox', () => {
    const noor = acknowledge(given('noor', ['e1']), 'noor', at(1));
    const spared = then(given(UNASSIGNED, ['e1']), [noor], 'noor', 1);
    expect(then(spared, [reopen(noor, 'noor', at(2), defaultSettings)], 'noor', 2).acknowledgeBy).toBeNull();
  });

  it('are never spared by what nobody acknowledged, whatever is done in whatever order', () => {
    const people = ['anna', 'bram', 'carla'];
    const step = fc.record({ who: fc.constantFrom(...people), what: fc.constantFrom('acknowledge', 'reopen') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const all = new Map(people.map((person) => [person, given(person, ['e1', 'e2'])]));
        for (const [index, { who, what }] of steps.entries()) {
          const before = all.get(who)!;
          const after =
            what === 'acknowledge'
              ? acknowledge(before, who, at(index + 1))
              : reopen(before, who, at(index + 1), defaultSettings);
          all.set(who, after);
          for (const other of people.filter((person) => person !== who)) {
            all.set(other, then(all.get(other)!, [...all.values()], who, index + 1));
          }
          const states = [...all.values()];
          const acknowledged = states.filter(({ status }) => status === 'acknowledged');
          for (const { pickedUp } of states.filter((one) => one.status === 'picked-up')) {
            expect(acknowledged.map(({ personId }) => personId)).toContain(pickedUp?.by);
          }
          for (const open of states.filter(({ status }) => status === 'open')) expect(nextStep(open)).toBeDefined();
        }
      }),
    );
  });
});
