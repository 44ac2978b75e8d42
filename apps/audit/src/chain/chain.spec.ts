import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  append,
  type ChainEntry,
  firstBreak,
  type FoundEntry,
  GENESIS,
  hashOf,
  isSealed,
  type RecordedAccess,
  seal,
} from './chain.js';

const access: fc.Arbitrary<RecordedAccess> = fc.record(
  {
    eventId: fc.uuid(),
    at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    actorId: fc.string({ minLength: 1 }),
    actorKind: fc.constantFrom('person', 'system', 'service'),
    actorRoles: fc.array(fc.constantFrom('clientmanager', 'trajectregisseur')),
    actorOrganisationId: fc.string(),
    action: fc.constantFrom('read', 'update'),
    operation: fc.string(),
    subjects: fc.array(fc.record({ clientId: fc.string(), ground: fc.string() }), { maxLength: 3 }),
    emergency: fc.boolean(),
    correlationId: fc.string(),
  },
  {
    requiredKeys: [
      'eventId',
      'at',
      'actorId',
      'actorKind',
      'actorRoles',
      'action',
      'operation',
      'subjects',
      'emergency',
    ],
  },
);
const accesses = fc.array(access, { minLength: 2, maxLength: 12 });

function headOf(entries: readonly ChainEntry[]): { sequence: number; hash: string } {
  const last = entries.at(-1) ?? GENESIS;
  return { sequence: last.sequence, hash: last.hash };
}

function sample(): RecordedAccess {
  return {
    eventId: 'event-1',
    at: '2026-03-01T09:00:00.000Z',
    actorId: 'fatima',
    actorKind: 'person',
    actorRoles: ['trajectregisseur'],
    action: 'read',
    operation: 'registration.clients.get',
    subjects: [{ clientId: 'c1', ground: 'own-caseload' }],
    emergency: false,
  };
}

describe('the hash of an entry', () => {
  it('does not depend on the order of its fields', () => {
    const [entry] = append(GENESIS, [sample()]);
    const turned = Object.fromEntries(Object.entries(entry!).toReversed());
    expect(hashOf(turned)).toBe(entry!.hash);
  });

  it('is the SHA-256 of canonical JSON: a fixed one, so that a log stays verifiable by later versions', () => {
    const [entry] = append(GENESIS, [sample()]);
    expect(entry!.hash).toBe('ff349b3f449751893dffe506c2910d459c235aa35490e5de37d9a5ddd1a58334');
  });
});

describe('a chain', () => {
  it('is whole as it was made, in one go or in parts', () => {
    fc.assert(
      fc.property(accesses, fc.nat(), (list, cut) => {
        const whole = append(GENESIS, list);
        const at = cut % list.length;
        const first = append(GENESIS, list.slice(0, at));
        const second = append(first.at(-1) ?? GENESIS, list.slice(at));
        expect([...first, ...second]).toEqual(whole);
        expect(firstBreak(GENESIS, whole, headOf(whole))).toBeUndefined();
      }),
    );
  });

  it('shows any change of any field, at the entry that was changed', () => {
    fc.assert(
      fc.property(accesses, fc.nat(), fc.nat(), fc.anything(), (list, which, field, value) => {
        const entries = append(GENESIS, list).map((entry): FoundEntry & Record<string, unknown> => ({ ...entry }));
        const index = which % entries.length;
        const entry = entries[index]!;
        const names = Object.keys(entry).filter((name) => name !== 'sequence');
        const name = names[field % names.length]!;
        fc.pre(isOther(entry[name], value));
        entry[name] = value;
        const found = firstBreak(GENESIS, entries, headOf(append(GENESIS, list)));
        expect(found).toMatchObject({ sequence: index + 1 });
      }),
    );
  });

  it('shows a removed entry, also the last one', () => {
    fc.assert(
      fc.property(accesses, fc.nat(), (list, which) => {
        const entries = append(GENESIS, list);
        const index = which % entries.length;
        expect(firstBreak(GENESIS, entries.toSpliced(index, 1), headOf(entries))).toEqual({
          sequence: index + 1,
          fault: 'missing',
        });
      }),
    );
  });

  it('shows two entries that changed places, with or without their numbers', () => {
    fc.assert(
      fc.property(accesses, fc.nat(), (list, which) => {
        const entries = append(GENESIS, list);
        const index = which % (entries.length - 1);
        const [left, right] = [entries[index]!, entries[index + 1]!];
        const head = headOf(entries);
        const swapped = entries.toSpliced(index, 2, right, left);
        expect(firstBreak(GENESIS, swapped, head)).toMatchObject({ sequence: index + 1 });
        const renumbered = entries.toSpliced(
          index,
          2,
          { ...right, sequence: left.sequence },
          { ...left, sequence: right.sequence },
        );
        expect(firstBreak(GENESIS, renumbered, head)).toMatchObject({ sequence: index + 1 });
      }),
    );
  });

  it('shows an entry that was put in with a right hash, and one behind the head', () => {
    const entries = append(GENESIS, [sample(), { ...sample(), eventId: 'event-2' }]);
    const [forged] = append(entries[0]!, [{ ...sample(), eventId: 'forged' }]);
    expect(firstBreak(GENESIS, [entries[0]!, forged!], headOf(entries))).toEqual({ sequence: 2, fault: 'head' });
    const behind = append(entries[1]!, [{ ...sample(), eventId: 'behind' }]);
    expect(firstBreak(GENESIS, [...entries, ...behind], headOf(entries))).toEqual({
      sequence: 3,
      fault: 'beyond-head',
    });
  });
});

describe('a seal', () => {
  const key = Buffer.alloc(32, 7);

  it('fits its own link, purpose and key only', () => {
    const link = { sequence: 3, hash: 'ab' };
    const made = seal(key, 'head', link);
    expect(isSealed(key, 'head', link, made)).toBe(true);
    expect(isSealed(key, 'checkpoint', link, made)).toBe(false);
    expect(isSealed(key, 'head', { ...link, sequence: 4 }, made)).toBe(false);
    expect(isSealed(key, 'head', { ...link, hash: 'ac' }, made)).toBe(false);
    expect(isSealed(Buffer.alloc(32, 8), 'head', link, made)).toBe(false);
    expect(isSealed(key, 'head', link, '')).toBe(false);
  });
});

/** Whether a value is another one in JSON, and has a JSON form at all. */
function isOther(before: unknown, after: unknown): boolean {
  try {
    const text = JSON.stringify(after) as string | undefined;
    return text !== undefined && text !== JSON.stringify(before) && hashOf({ after }) !== hashOf({ after: before });
  } catch {
    return false;
  }
}
