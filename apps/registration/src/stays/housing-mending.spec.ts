import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CorrectionCommand, HousingCommand } from './housing-commands.js';
import { ledgerAsOf } from './housing-reading.js';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';

let world: HousingWorld;

beforeEach(() => {
  world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B'), aPlace('C')]);
  world.do({ kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') });
});

const stayId = (clientId: string, index = 0) => world.ledger(clientId).stays[index]!.stayId;
const correct = (over: Partial<CorrectionCommand>, index = 0) =>
  world.try({ kind: 'correction', clientId: 'noor', stayId: stayId('noor', index), reason: 'wrong-date', ...over });
const cancel = (target: Extract<HousingCommand, { kind: 'cancellation' }>['target'], clientId = 'noor') =>
  world.try({ kind: 'cancellation', clientId, target, reason: 'did-not-happen' });
const lastChangeId = (clientId: string) => world.ledger(clientId).changes.at(-1)!.changeId;

describe('correction', () => {
  it('changes dates and keeps the earlier version readable', () => {
    expect(correct({ from: d('2026-05-20') })).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-05-20..']);
    const change = world.ledger('noor').changes.at(-1);
    expect(change).toMatchObject({
      kind: 'correction',
      effectiveOn: '2026-05-20',
      reasons: { correction: 'wrong-date' },
    });
    expect(ledgerAsOf(world.ledger('noor'), { version: 1 }).stays[0]?.from).toBe('2026-06-01');
    expect(ledgerAsOf(world.ledger('noor'), { recordedAt: '2026-06-15T08:00:01.000Z' }).version).toBe(1);
    expect(ledgerAsOf(world.ledger('noor'), { recordedAt: '2026-06-14T00:00:00.000Z' }).stays).toEqual([]);
  });

  it('changes the place', () => {
    expect(correct({ placeId: 'B', reason: 'wrong-place' })).toBe('accepted');
    expect(world.place('A').occupations).toEqual([]);
    expect(world.place('B').occupations).toHaveLength(1);
    expect(world.ledger('noor').stays[0]?.clusterId).toBe('cluster-B');
  });

  it('of the date of a move shifts both sides', () => {
    world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    expect(correct({ from: d('2026-06-08') }, 1)).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-08 move', 'B 2026-06-08..']);
    expect(correct({ until: d('2026-06-12') })).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-12 move', 'B 2026-06-12..']);
    expect(correct({ until: d('2026-06-01') })).toBe('date-order');
  });

  it('of the date of a planned move shifts the reservation, never into the past', () => {
    world.do({ kind: 'reservation', clientId: 'noor', placeId: 'B', from: d('2026-07-01') });
    expect(correct({ from: d('2026-07-05') }, 1)).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-07-05 move', '(B 2026-07-05..)']);
    expect(correct({ until: d('2026-06-15') })).toBe('reservation-in-past');
    expect(correct({ from: d('2026-06-15') }, 1)).toBe('reservation-in-past');
  });

  it('never makes an overlap, also back-dated', () => {
    world.do({ kind: 'arrival', clientId: 'sem', placeId: 'A', from: d('2026-04-01'), until: d('2026-05-25') });
    expect(correct({ from: d('2026-05-20') })).toBe('place-occupied');
    expect(correct({ from: d('2026-05-25') })).toBe('accepted');
  });

  it('changes and takes away an end, and what it says', () => {
    world.do({
      kind: 'departure',
      clientId: 'noor',
      date: d('2026-06-10'),
      reason: 'own-choice',
      destination: 'unknown',
    });
    const departure = { reason: 'own-choice', destination: 'family' } as const;
    expect(correct({ departure })).toBe('accepted');
    expect(world.ledger('noor').stays[0]?.end).toEqual({ kind: 'departure', ...departure });
    expect(correct({ until: null })).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
    expect(correct({ departure })).toBe('field-required');
    expect(correct({ departure: { reason: 'deceased', destination: 'family' }, until: d('2026-06-10') })).toBe(
      'death-mismatch',
    );
  });

  it('changes a leave, within the stay', () => {
    world.do({ kind: 'leave', clientId: 'noor', from: d('2026-06-05'), reason: 'holiday' });
    const leaveId = world.ledger('noor').stays[0]!.leaves[0]!.leaveId;
    expect(correct({ leaves: [{ leaveId, until: d('2026-06-07'), reason: 'hospital' }] })).toBe('accepted');
    expect(world.place('A').occupations[0]?.leaves).toEqual([{ from: '2026-06-05', until: '2026-06-07' }]);
    expect(correct({ leaves: [{ leaveId, from: d('2026-05-30') }] })).toBe('leave-outside-stay');
    expect(correct({ leaves: [{ leaveId: 'other' }] })).toBe('unknown-leave');
    expect(correct({ from: d('2026-06-06') })).toBe('leave-outside-stay');
    expect(correct({ leaves: [{ leaveId, until: null }] })).toBe('accepted');
  });

  it('is refused when it says nothing new, or names no stay', () => {
    expect(correct({})).toBe('nothing-to-correct');
    expect(correct({ stayId: 'none' })).toBe('unknown-stay');
    expect(correct({ from: d('2026-06-16') })).toBe('arrival-in-future');
  });
});

describe('cancellation', () => {
  it('of a change restores what was', () => {
    const before = world.ledger('noor').stays;
    world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    expect(cancel({ of: 'change', changeId: lastChangeId('noor') })).toBe('accepted');
    expect(world.ledger('noor').stays).toEqual(before);
    expect(world.ledger('noor').changes.at(-1)).toMatchObject({ kind: 'cancellation', undoes: expect.any(String) });
    expect(world.ledger('noor').version).toBe(3);
  });

  it('of a change that others built upon is refused, naming what', () => {
    const arrival = lastChangeId('noor');
    world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    const refusal = world.refusalOf({
      kind: 'cancellation',
      clientId: 'noor',
      target: { of: 'change', changeId: arrival },
      reason: 'did-not-happen',
    });
    expect(refusal).toMatchObject({ code: 'change-built-upon', params: { version: 2 } });
    expect(cancel({ of: 'change', changeId: 'none' })).toBe('unknown-change');
  });

  it('of a departure is refused when the place was taken meanwhile', () => {
    world.do({
      kind: 'departure',
      clientId: 'noor',
      date: d('2026-06-10'),
      reason: 'own-choice',
      destination: 'unknown',
    });
    world.do({ kind: 'arrival', clientId: 'sem', placeId: 'A', from: d('2026-06-12') });
    expect(cancel({ of: 'departure', stayId: stayId('noor') })).toBe('place-occupied');
    expect(cancel({ of: 'stay', stayId: stayId('sem') }, 'sem')).toBe('accepted');
    expect(cancel({ of: 'departure', stayId: stayId('noor') })).toBe('accepted');
    expect(cancel({ of: 'departure', stayId: stayId('noor') })).toBe('stay-not-ended');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
  });

  it('of a stay reached by a move lets the one before run on', () => {
    world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    world.do({
      kind: 'departure',
      clientId: 'noor',
      date: d('2026-06-14'),
      reason: 'own-choice',
      destination: 'family',
    });
    expect(cancel({ of: 'departure', stayId: stayId('noor') })).toBe('stay-ended-by-move');
    expect(cancel({ of: 'stay', stayId: stayId('noor', 1) })).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-14 departure']);
  });

  it('of a leave takes away all its parts', () => {
    world.do({ kind: 'leave', clientId: 'noor', from: d('2026-06-05'), reason: 'holiday' });
    world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    const { leaveId } = world.ledger('noor').stays[1]!.leaves[0]!;
    expect(cancel({ of: 'leave', stayId: stayId('noor'), leaveId })).toBe('accepted');
    expect(world.ledger('noor').stays.flatMap(({ leaves }) => leaves)).toEqual([]);
    expect(cancel({ of: 'leave', stayId: stayId('noor'), leaveId })).toBe('unknown-leave');
  });
});

describe('swap', () => {
  const swap = (date = '2026-06-10', second = 'sem') =>
    world.do({ kind: 'swap', date: d(date), first: { clientId: 'noor' }, second: { clientId: second } });

  beforeEach(() => {
    world.do({ kind: 'arrival', clientId: 'sem', placeId: 'B', from: d('2026-06-05') });
  });

  it('exchanges two places in one step, with one change for each client', () => {
    const [first, second] = swap();
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-10 move', 'B 2026-06-10..']);
    expect(world.stays('sem')).toEqual(['B 2026-06-05..2026-06-10 move', 'A 2026-06-10..']);
    expect(first).toMatchObject({
      clientId: 'noor',
      version: 2,
      paired: { clientId: 'sem', changeId: second?.changeId },
    });
    expect(second).toMatchObject({
      clientId: 'sem',
      version: 2,
      paired: { clientId: 'noor', changeId: first?.changeId },
    });
  });

  it('twice on one day leaves what was', () => {
    const before = [world.ledger('noor').stays, world.ledger('sem').stays];
    swap();
    swap();
    expect([world.ledger('noor').stays, world.ledger('sem').stays]).toEqual(before);
  });

  it('on the day that one of them arrived replaces that stay', () => {
    swap('2026-06-05');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-05 move', 'B 2026-06-05..']);
    expect(world.stays('sem')).toEqual(['A 2026-06-05..']);
  });

  it('is undone for both at once', () => {
    swap();
    expect(cancel({ of: 'change', changeId: lastChangeId('sem') }, 'sem')).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
    expect(world.ledger('noor').changes.at(-1)).toMatchObject({ kind: 'cancellation', version: 3 });
  });

  it('is refused with oneself, without a stay, and when a later stay is in the way', () => {
    expect(() => swap('2026-06-10', 'noor')).toThrow('swap-needs-two-clients');
    expect(() => swap('2026-06-02')).toThrow('client-not-housed');
    world.do({
      kind: 'departure',
      clientId: 'sem',
      date: d('2026-06-12'),
      reason: 'own-choice',
      destination: 'family',
    });
    world.do({ kind: 'arrival', clientId: 'kim', placeId: 'B', from: d('2026-06-13') });
    expect(() => swap()).toThrow('place-occupied');
  });
});
