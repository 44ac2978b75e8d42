import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recipientRelations } from '#contracts/notifications/codes.js';
import { HOUSING_EVENT, ruleCatalogue } from '#contracts/notifications/rule-catalogue.js';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { defaultRules } from './default-rules.js';
import { decideRecipients } from './recipient-rules.js';
import { gapsIn, isRequired, mustBeNew, mustLeaveNoGap, mustMakeSense } from './rule-change-rules.js';

const heart = defaultRules.find(({ required }) => required)!;
const like = (change: Partial<NotificationRule>): NotificationRule => ({ ...heart, ruleId: 'own', ...change });
const draft = { eventType: HOUSING_EVENT, when: {}, recipients: ['coordinator' as const] };

describe('a rule that is refused', () => {
  it.each([
    [{ eventType: 'nl.doorstroom.nothing.v1' }, 'rule-event-unknown', 'eventType'],
    [{ when: { kinds: ['arrival', 'teleport'] } }, 'rule-kind-unknown', 'when.kinds'],
    [{ when: { codes: ['deceased', 'bored'] } }, 'rule-code-unknown', 'when.codes'],
    [{ recipients: [] }, 'rule-recipients-missing', 'recipients'],
    [
      { eventType: ruleCatalogue[2]!.eventType, recipients: ['representative-of-place' as const] },
      'rule-relation-impossible',
      'recipients',
    ],
  ])('%j is %s', (change, code, path) => {
    expect(() => mustMakeSense({ ...draft, ...change })).toThrow(
      expect.objectContaining({ code, fields: [expect.objectContaining({ path })] }),
    );
  });

  it('says what an enabled one says already, in whatever order', () => {
    const rule = like({ recipients: ['coordinator', 'regisseur-of-client'], when: { kinds: ['move', 'arrival'] } });
    const same = { ...draft, recipients: [...rule.recipients].reverse(), when: { kinds: ['arrival', 'move'] } };
    expect(() => mustBeNew(same, [rule])).toThrow(expect.objectContaining({ code: 'rule-twice' }));
    expect(() => mustBeNew(same, [{ ...rule, enabled: false }])).not.toThrow();
    expect(() => mustBeNew({ ...same, when: {} }, [rule])).not.toThrow();
  });

  it('every default rule makes sense', () => {
    for (const rule of defaultRules) expect(() => mustMakeSense(rule)).not.toThrow();
  });
});

describe('a rule set in which a housing change reaches nobody', () => {
  it('is refused, with the kinds that slip through', () => {
    const some = like({ when: { kinds: ['arrival', 'move'] } });
    expect(gapsIn([some])).toContain('departure');
    expect(() => mustLeaveNoGap([some])).toThrow(expect.objectContaining({ code: 'rule-required' }));
  });

  it.each([
    [{ enabled: false }],
    [{ withFallback: false }],
    [{ recipients: ['coordinator' as const] }],
    [{ when: { codes: ['deceased'] } }],
    [{ eventType: ruleCatalogue[1]!.eventType }],
  ])('is not saved by a rule with %j', (change) => {
    expect(gapsIn([like(change)])).toEqual(ruleCatalogue[0]!.kinds);
  });

  it('is saved by several rules together; each is required then, and none when one would do', () => {
    const { kinds } = ruleCatalogue[0]!;
    const first = like({ ruleId: 'first', when: { kinds: kinds.slice(0, 4) } });
    const second = like({ ruleId: 'second', when: { kinds: kinds.slice(4) } });
    expect(gapsIn([first, second])).toEqual([]);
    expect([first, second].map((rule) => isRequired(rule, [first, second]))).toEqual([true, true]);
    expect(isRequired(first, [first, second, heart])).toBe(false);
    expect(isRequired(heart, defaultRules)).toBe(true);
  });

  it('never passes: with no gaps every housing change reaches somebody, whoever is responsible', () => {
    const { kinds, codes } = ruleCatalogue[0]!;
    const rule = fc.record({
      enabled: fc.boolean(),
      withFallback: fc.boolean(),
      recipients: fc.subarray([...recipientRelations]),
      when: fc.record({ kinds: fc.subarray([...kinds]), codes: fc.subarray([...codes]) }, { requiredKeys: [] }),
    });
    const situation = {
      regisseurs: new Map(),
      regisseursOfClient: [],
      representatives: new Map(),
      coordinators: [],
      people: new Map(),
      absences: [],
    };
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), fc.constantFrom(...kinds), (changes, kind) => {
        const rules = changes.map((change, index) => like({ ...change, ruleId: `rule-${index}` }));
        fc.pre(gapsIn(rules).length === 0);
        const event = { eventId: 'e', eventType: HOUSING_EVENT, clientId: 'c', kind, codes: {}, sequence: 1 };
        const reached = decideRecipients(rules, { ...event, recordedAt: '2026-03-01T09:00:00Z' }, situation);
        expect(reached.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
