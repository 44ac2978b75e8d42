import { beforeEach, describe, expect, it } from '@jest/globals';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';

let world: HousingWorld;

beforeEach(() => {
  world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B'), aPlace('C')]);
});

const arrive = (clientId: string, placeId: string, from: string, until?: string) =>
  world.do({ kind: 'arrival', clientId, placeId, from: d(from), ...(until === undefined ? {} : { until: d(until) }) });
const reserve = (clientId: string, placeId: string, from: string) =>
  world.do({ kind: 'reservation', clientId, placeId, from: d(from) });

describe('leave and return', () => {
  beforeEach(() => {
    arrive('noor', 'A', '2026-06-01');
  });
  const leave = (from: string, expectedUntil?: string) =>
    world.try({
      kind: 'leave',
      clientId: 'noor',
      from: d(from),
      reason: 'family-visit',
      ...(expectedUntil === undefined ? {} : { expectedUntil: d(expectedUntil) }),
    });

  it('lies within the stay and is visible to the place', () => {
    expect(leave('2026-06-12', '2026-06-14')).toBe('accepted');
    expect(world.place('A').occupations[0]?.leaves).toEqual([{ from: '2026-06-12' }]);
    const [change] = world.do({ kind: 'return', clientId: 'noor', date: d('2026-06-15') });
    expect(change).toMatchObject({ kind: 'return', effectiveOn: '2026-06-15', reasons: { leave: 'family-visit' } });
    expect(world.place('A').occupations[0]?.leaves).toEqual([{ from: '2026-06-12', until: '2026-06-15' }]);
  });

  it('is refused before the stay, on top of another leave, or ending before it starts', () => {
    expect(leave('2026-05-30')).toBe('client-not-housed');
    expect(leave('2026-06-10', '2026-06-09')).toBe('date-order');
    expect(leave('2026-06-10', '2026-06-20')).toBe('accepted');
    expect(leave('2026-06-12')).toBe('leave-overlaps');
    expect(leave('2026-06-08')).toBe('leave-overlaps');
    expect(leave('2026-06-20')).toBe('accepted');
  });

  it('return needs a leave, after its start, not after today', () => {
    const back = (date: string) => world.try({ kind: 'return', clientId: 'noor', date: d(date) });
    expect(back('2026-06-15')).toBe('not-on-leave');
    leave('2026-06-12');
    expect(back('2026-06-16')).toBe('return-in-future');
    expect(back('2026-06-12')).toBe('date-order');
    expect(back('2026-06-15')).toBe('accepted');
    expect(back('2026-06-15')).toBe('not-on-leave');
  });

  it('lapses after a departure', () => {
    leave('2026-06-08');
    leave('2026-06-30');
    world.do({
      kind: 'departure',
      clientId: 'noor',
      date: d('2026-06-10'),
      reason: 'own-choice',
      destination: 'family',
    });
    expect(world.ledger('noor').stays[0]?.leaves).toMatchObject([{ from: '2026-06-08', until: '2026-06-10' }]);
    expect(leave('2026-06-11')).toBe('client-not-housed');
  });
});

describe('departure', () => {
  beforeEach(() => {
    arrive('noor', 'A', '2026-06-01');
  });
  const depart = (date: string, over: object = {}) =>
    world.try({
      kind: 'departure',
      clientId: 'noor',
      date: d(date),
      reason: 'trajectory-completed',
      destination: 'independent-living',
      ...over,
    });
  const death = { reason: 'deceased', destination: 'deceased' };

  it('ends the stay and frees the place', () => {
    expect(depart('2026-06-10')).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-10 departure']);
    expect(world.try({ kind: 'arrival', clientId: 'sem', placeId: 'A', from: d('2026-06-10') })).toBe('accepted');
  });

  it('may be planned and planned again, but is final once the date has passed', () => {
    expect(depart('2026-07-01')).toBe('accepted');
    expect(depart('2026-07-10')).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-07-10 departure']);
    world.today = d('2026-07-11');
    expect(depart('2026-07-09')).toBe('stay-already-ended');
    expect(depart('2026-07-11')).toBe('client-not-housed');
  });

  it('on the day of arrival is refused: that stay counts no night', () => {
    expect(depart('2026-06-01')).toBe('client-not-housed');
    expect(depart('2026-06-01', { stayId: world.ledger('noor').stays[0]!.stayId })).toBe('date-order');
  });

  it('by death makes reservations lapse and closes everything later', () => {
    reserve('noor', 'B', '2026-07-01');
    expect(depart('2026-06-14', death)).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-14 departure']);
    expect(world.place('B').occupations).toEqual([]);
    expect(world.try({ kind: 'arrival', clientId: 'noor', placeId: 'B', from: d('2026-06-15') })).toBe(
      'client-deceased',
    );
    expect(world.try({ kind: 'reservation', clientId: 'noor', placeId: 'B', from: d('2026-07-01') })).toBe(
      'client-deceased',
    );
    expect(
      world.try({ kind: 'arrival', clientId: 'noor', placeId: 'B', from: d('2026-01-01'), until: d('2026-02-01') }),
    ).toBe('accepted');
  });

  it('by death is refused in the future, before a later stay, and with half the data', () => {
    expect(depart('2026-06-20', death)).toBe('death-in-future');
    expect(depart('2026-06-10', { destination: 'deceased' })).toBe('death-mismatch');
    arrive('sem', 'B', '2026-01-01', '2026-02-01');
    arrive('sem', 'B', '2026-03-01');
    const stayId = world.ledger('sem').stays[0]!.stayId;
    expect(depart('2026-01-20', { ...death, clientId: 'sem', stayId })).toBe('stay-after-death');
  });

  it('keeps a reservation for later', () => {
    reserve('noor', 'B', '2026-07-01');
    expect(depart('2026-06-14')).toBe('accepted');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-14 departure', '(B 2026-07-01..)']);
  });
});

describe('stale version and merged records', () => {
  it('refuses a command that saw another version, and changes nothing', () => {
    arrive('noor', 'A', '2026-06-01');
    const refusal = world.refusalOf({
      kind: 'move',
      clientId: 'noor',
      expectedVersion: 0,
      placeId: 'B',
      date: d('2026-06-10'),
    });
    expect(refusal).toMatchObject({ code: 'stale-version', status: 412, params: { actual: 1, expected: 0 } });
  });

  it('moves the stays to the other record, which then accepts what the closed one refuses', () => {
    arrive('noor', 'A', '2026-01-01', '2026-02-01');
    arrive('noor2', 'B', '2026-05-01');
    const changes = world.do({ kind: 'merge', clientId: 'noor2', intoClientId: 'noor' });
    expect(changes.map(({ clientId, version, kind }) => [clientId, version, kind])).toEqual([
      ['noor2', 2, 'merge'],
      ['noor', 2, 'merge'],
    ]);
    expect(world.stays('noor')).toEqual(['A 2026-01-01..2026-02-01 agreed', 'B 2026-05-01..']);
    expect(world.place('B').occupations[0]?.clientId).toBe('noor');
    expect(world.try({ kind: 'arrival', clientId: 'noor2', placeId: 'C', from: d('2026-06-01') })).toBe(
      'client-merged-away',
    );
    expect(world.try({ kind: 'move', clientId: 'noor', placeId: 'C', date: d('2026-06-01') })).toBe('accepted');
    expect(world.refusalOf({ kind: 'unmerge', clientId: 'noor2' })).toMatchObject({
      code: 'change-built-upon',
      fields: [{ path: 'clientId' }],
    });
  });

  it('refuses a merge of overlapping stays with the overlap, and takes a merge back', () => {
    arrive('noor', 'A', '2026-01-01', '2026-02-01');
    arrive('noor2', 'B', '2026-01-20');
    const refusal = world.refusalOf({ kind: 'merge', clientId: 'noor2', intoClientId: 'noor' });
    expect(refusal).toMatchObject({ code: 'merge-overlap', params: { period: '2026-01-20/2026-02-01' } });
    world.do({ kind: 'merge', clientId: 'empty', intoClientId: 'noor' });
    expect(world.try({ kind: 'unmerge', clientId: 'empty' })).toBe('accepted');
    expect(world.try({ kind: 'arrival', clientId: 'empty', placeId: 'C', from: d('2026-06-01') })).toBe('accepted');
    expect(world.try({ kind: 'unmerge', clientId: 'empty' })).toBe('not-merged');
  });
});
