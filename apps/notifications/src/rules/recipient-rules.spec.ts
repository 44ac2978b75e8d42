import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import { housingSituationChanged } from '#contracts/registration/facts.js';
import { defaultRules } from './default-rules.js';
import type { Happening } from './happening.js';
import { decideEscalation, decideRecipients, type Responsibilities, rulesFor } from './recipient-rules.js';

const nobody: Responsibilities = {
  regisseurs: new Map(),
  regisseursOfClient: [],
  representatives: new Map(),
  coordinators: [],
  people: new Map(),
  absences: [],
};

const arrival: Happening = {
  eventId: 'event-1',
  eventType: housingSituationChanged.type,
  clientId: 'client-1',
  kind: 'arrival',
  codes: {},
  clusterId: 'c1',
  recordedAt: '2026-03-01T09:00:00Z',
  recordedBy: 'mentor',
  sequence: 1,
};

const decide = (happening: Partial<Happening>, situation: Partial<Responsibilities>) =>
  decideRecipients(defaultRules, { ...arrival, ...happening }, { ...nobody, ...situation });
const persons = (...args: Parameters<typeof decide>) => decide(...args).map(({ personId }) => personId);
const of = (...entries: [string, string[]][]) => new Map(entries);

describe('who gets a melding', () => {
  it('all regisseurs who share the cluster, also who entered it', () => {
    expect(persons({ recordedBy: 'anna' }, { regisseurs: of(['c1', ['anna', 'bram']]) })).toEqual(['anna', 'bram']);
  });

  it('the regisseurs of the new and of the previous cluster', () => {
    const regisseurs = of(['c1', ['anna']], ['c2', ['bram']]);
    expect(decide({ kind: 'move', previousClusterId: 'c2' }, { regisseurs })).toMatchObject([
      { personId: 'anna', because: 'regisseur-of-cluster', ruleId: 'housing-change-to-regisseur' },
      { personId: 'bram', because: 'regisseur-of-previous-cluster' },
    ]);
  });

  it('everybody of every cluster that it touches, each for their own part of it', () => {
    const death = { kind: 'departure', codes: { destination: 'deceased' }, otherClusterIds: ['c2', 'c3'] };
    const regisseurs = of(['c1', ['anna']], ['c2', ['bram']], ['c3', ['carla', 'bram']]);
    const representatives = new Map([['c3', 'mentor-3']]);
    expect(decide(death, { regisseurs, representatives })).toMatchObject([
      { personId: 'anna', because: 'regisseur-of-cluster', duties: ['guard'] },
      {
        personId: 'bram',
        because: 'regisseur-of-previous-cluster',
        duties: ['guard-before:c2', 'guard-before:c3'],
      },
      { personId: 'carla', because: 'regisseur-of-previous-cluster', duties: ['guard-before:c3'] },
      { personId: 'mentor-3', because: 'representative-of-previous-place', duties: ['represent:c3'] },
    ]);
  });

  it('the fallback for what nobody guards, beside whoever lets the client go', () => {
    const regisseurs = of(['c2', ['bram']]);
    const situation = { regisseurs, fallbackPersonId: 'fien' };
    expect(decide({ kind: 'move', previousClusterId: 'c2' }, situation)).toMatchObject([
      { personId: 'bram', duties: ['guard-before:c2'] },
      { personId: 'fien', because: 'fallback', duties: ['guard'] },
    ]);
  });

  it('the representative of the place, unless they entered it', () => {
    const representatives = new Map([['c1', 'mentor']]);
    const regisseurs = of(['c1', ['anna']]);
    expect(persons({}, { representatives, regisseurs })).toEqual(['anna']);
    expect(persons({ recordedBy: 'import' }, { representatives, regisseurs })).toEqual(['anna', 'mentor']);
  });

  it('by the most urgent rule, once', () => {
    const happening = { kind: 'departure', codes: { departure: 'left-without-notice' } };
    expect(decide(happening, { regisseurs: of(['c1', ['anna']]) })).toMatchObject([
      { personId: 'anna', ruleId: 'worrying-housing-change', urgency: 'high', expectedAction: 'contact-today' },
    ]);
  });

  it('the replacement, and it shows for whom, along a chain', () => {
    const absences = [
      { personId: 'anna', replacementPersonId: 'bram' },
      { personId: 'bram', replacementPersonId: 'carla' },
    ];
    expect(decide({}, { regisseurs: of(['c1', ['anna']]), absences })).toMatchObject([
      { personId: 'carla', because: 'replacement', becauseOf: ['bram', 'anna'] },
    ]);
  });

  it('the fallback when the replacements go round in a circle, or the regisseur left', () => {
    const absences = [
      { personId: 'anna', replacementPersonId: 'bram' },
      { personId: 'bram', replacementPersonId: 'anna' },
    ];
    const regisseurs = of(['c1', ['anna']]);
    expect(decide({}, { regisseurs, absences, fallbackPersonId: 'fien' })).toMatchObject([
      { personId: 'fien', because: 'fallback' },
    ]);
    const people = new Map([['anna', { roles: ['trajectregisseur' as const], active: false }]]);
    expect(persons({}, { regisseurs, people, fallbackPersonId: 'fien' })).toEqual(['fien']);
    const moved = new Map([['anna', { roles: ['clientmanager' as const], active: true }]]);
    expect(persons({}, { regisseurs, people: moved, fallbackPersonId: 'fien' })).toEqual(['fien']);
  });

  it('also the fallback when only the regisseur of before can be reached', () => {
    const regisseurs = of(['c2', ['bram']]);
    expect(persons({ previousClusterId: 'c2' }, { regisseurs, fallbackPersonId: 'fien' })).toEqual(['bram', 'fien']);
  });

  it('the coordinator when the fallback is away too, else the visible inbox of nobody', () => {
    const absences = [{ personId: 'fien', replacementPersonId: 'fien' }];
    const away = { fallbackPersonId: 'fien', absences };
    expect(decide({}, { ...away, coordinatorPersonId: 'cor' })).toMatchObject([
      { personId: 'cor', because: 'coordinator' },
    ]);
    expect(persons({}, { ...away, coordinators: ['carla', 'cor'] })).toEqual(['carla', 'cor']);
    expect(decide({}, away)).toMatchObject([{ personId: UNASSIGNED, because: 'unassigned' }]);
  });

  it('never nobody, and everybody once, whatever is set up', () => {
    const person: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const cluster: fc.Arbitrary<string> = fc.constantFrom('c1', 'c2', 'c3');
    const situation = fc.record({
      regisseurs: fc.array(fc.tuple(cluster, fc.uniqueArray(person)), { maxLength: 3 }).map((list) => new Map(list)),
      regisseursOfClient: fc.uniqueArray(person, { maxLength: 2 }),
      representatives: fc.array(fc.tuple(cluster, person), { maxLength: 3 }).map((list) => new Map(list)),
      coordinators: fc.uniqueArray(person, { maxLength: 2 }),
      people: fc
        .array(fc.tuple(person, fc.record({ roles: fc.constant(['trajectregisseur' as const]), active: fc.boolean() })))
        .map((list) => new Map(list)),
      absences: fc.array(fc.record({ personId: person, replacementPersonId: person }), { maxLength: 6 }),
    });
    const settings = fc.record({ fallbackPersonId: person, coordinatorPersonId: person }, { requiredKeys: [] });
    const happening = fc.record(
      {
        kind: fc.constantFrom('arrival', 'move', 'departure', 'correction'),
        clusterId: cluster,
        previousClusterId: cluster,
      },
      { requiredKeys: ['kind'] },
    );
    fc.assert(
      fc.property(happening, situation, settings, (event, responsibilities, set) => {
        const recipients = decide(event, { ...responsibilities, ...set });
        expect(recipients.length).toBeGreaterThan(0);
        expect(new Set(recipients.map(({ personId }) => personId)).size).toBe(recipients.length);
        for (const { personId } of recipients) {
          expect(responsibilities.people.get(personId)?.active).not.toBe(false);
          expect(responsibilities.absences.some((absence) => absence.personId === personId)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('rules', () => {
  it('that are switched off or of another kind of event do not count', () => {
    const off = defaultRules.map((rule) => ({ ...rule, enabled: false }));
    expect(rulesFor(off, arrival)).toEqual([]);
    expect(rulesFor(defaultRules, { ...arrival, eventType: 'other' })).toEqual([]);
  });
});

describe('where an unacknowledged melding goes', () => {
  const situation = {
    ...nobody,
    regisseurs: of(['c1', ['anna', 'bram']]),
    coordinators: ['carla'],
    fallbackPersonId: 'fien',
  };
  const targets = ['colleague', 'coordinator', 'fallback'] as const;

  it('first to a colleague who does not have it, then further', () => {
    expect(decideEscalation(targets, ['c1'], new Set(['anna']), situation)).toEqual(['bram']);
    expect(decideEscalation(targets, ['c1'], new Set(['anna', 'bram']), situation)).toEqual(['carla']);
    expect(decideEscalation(targets, ['c1'], new Set(['anna', 'bram', 'carla']), situation)).toEqual(['fien']);
  });

  it('never to nobody', () => {
    const all = new Set(['anna', 'bram', 'carla', 'fien']);
    expect(decideEscalation(targets, ['c1'], all, situation)).toEqual([UNASSIGNED]);
    expect(decideEscalation([], ['c1'], new Set(), situation)).toEqual([UNASSIGNED]);
  });
});
