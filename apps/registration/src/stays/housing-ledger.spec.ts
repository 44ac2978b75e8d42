import { beforeEach, describe, expect, it } from '@jest/globals';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';

let world: HousingWorld;

beforeEach(() => {
  world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B'), aPlace('C')]);
});

const arrive = (clientId: string, placeId: string, from: string, until?: string) =>
  world.do({ kind: 'arrival', clientId, placeId, from: d(from), ...(until === undefined ? {} : { until: d(until) }) });
const move = (clientId: string, placeId: string, date: string) =>
  world.do({ kind: 'move', clientId, placeId, date: d(date) });
const reserve = (clientId: string, placeId: string, from: string) =>
  world.do({ kind: 'reservation', clientId, placeId, from: d(from) });

describe('arrival', () => {
  it('puts the client on the place, in both ledgers, with one change', () => {
    const [change] = arrive('noor', 'A', '2026-06-01');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
    expect(world.place('A').occupations).toEqual([
      { stayId: 'stay:noor#1', clientId: 'noor', from: '2026-06-01', reserved: false, leaves: [] },
    ]);
    expect(change).toMatchObject({ kind: 'arrival', version: 1, effectiveOn: '2026-06-01', before: [] });
    expect(world.place('A').version).toBe(2);
  });

  it('is refused on an occupied place, naming place and period', () => {
    arrive('noor', 'A', '2026-06-01');
    const refusal = world.refusalOf({ kind: 'arrival', clientId: 'sem', placeId: 'A', from: d('2026-06-10') });
    expect(refusal.code).toBe('place-occupied');
    expect(refusal.messages.nl).toBe('Haven A is bezet: vanaf 1 juni 2026. Kies een andere plek of andere datums.');
    expect(refusal.fields.map(({ path }) => path)).toEqual(['placeId']);
    expect(world.ledger('sem').version).toBe(0);
  });

  it('is refused for a client who is already housed', () => {
    arrive('noor', 'A', '2026-06-01');
    expect(world.try({ kind: 'arrival', clientId: 'noor', placeId: 'B', from: d('2026-06-10') })).toBe(
      'client-already-housed',
    );
  });

  it.each([
    ['2026-06-16', undefined, 'arrival-in-future'],
    ['2026-06-01', '2026-06-01', 'date-order'],
    ['2026-06-01', '2029-06-01', 'date-too-far-ahead'],
    ['2004-02-29', '2004-03-01', 'before-birth'],
  ])('from %s until %s is refused with %s', (from, until, code) => {
    world.birthDates.set('noor', d('2004-03-01'));
    const dates = { from: d(from), ...(until === undefined ? {} : { until: d(until) }) };
    expect(world.try({ kind: 'arrival', clientId: 'noor', placeId: 'A', ...dates })).toBe(code);
  });

  it('is refused on a place that does not exist or is not open all that time', () => {
    world.places.set('D', aPlace('D', { openFrom: d('2026-06-05'), closedFrom: d('2026-07-01') }));
    const at = (placeId: string, from: string, until?: string) =>
      world.try({
        kind: 'arrival',
        clientId: 'noor',
        placeId,
        from: d(from),
        ...(until === undefined ? {} : { until: d(until) }),
      });
    expect(at('Z', '2026-06-10')).toBe('unknown-place');
    expect(at('D', '2026-06-04', '2026-06-20')).toBe('place-closed');
    expect(at('D', '2026-06-10')).toBe('place-closed');
    expect(at('D', '2026-06-10', '2026-07-01')).toBe('accepted');
  });

  it('fills a gap in the past, and no more than the gap', () => {
    arrive('noor', 'A', '2026-01-01', '2026-02-01');
    arrive('noor', 'B', '2026-05-01');
    expect(world.try({ kind: 'arrival', clientId: 'noor', placeId: 'C', from: d('2026-03-01') })).toBe(
      'client-already-housed',
    );
    arrive('noor', 'C', '2026-02-01', '2026-05-01');
    expect(world.stays('noor')).toEqual([
      'A 2026-01-01..2026-02-01 agreed',
      'C 2026-02-01..2026-05-01 agreed',
      'B 2026-05-01..',
    ]);
  });

  it('confirms a reservation, also when only the place is named', () => {
    reserve('noor', 'A', '2026-06-20');
    world.today = d('2026-06-22');
    const [change] = arrive('noor', 'A', '2026-06-21');
    expect(world.stays('noor')).toEqual(['A 2026-06-21..']);
    expect(change?.before[0]?.stayId).toBe(change?.after[0]?.stayId);
  });

  it('refuses a reservation of another client, or for another place', () => {
    reserve('noor', 'A', '2026-06-20');
    const reservationId = world.ledger('noor').stays[0]!.stayId;
    const from = d('2026-06-10');
    expect(world.try({ kind: 'arrival', clientId: 'sem', reservationId, from })).toBe('unknown-reservation');
    expect(world.try({ kind: 'arrival', clientId: 'noor', reservationId, placeId: 'B', from })).toBe(
      'place-differs-from-reservation',
    );
    expect(world.try({ kind: 'arrival', clientId: 'noor', from })).toBe('field-required');
  });

  it('before a reservation elsewhere lasts until that reservation', () => {
    reserve('noor', 'A', '2026-06-20');
    arrive('noor', 'B', '2026-06-10');
    expect(world.stays('noor')).toEqual(['B 2026-06-10..2026-06-20 move', '(A 2026-06-20..)']);
  });
});

describe('move', () => {
  it('says where a client went whose stay ended on that day without more known', () => {
    arrive('noor', 'A', '2026-05-01', '2026-06-01');
    move('noor', 'B', '2026-06-01');
    expect(world.stays('noor')).toEqual(['A 2026-05-01..2026-06-01 move', 'B 2026-06-01..']);
  });

  it('is refused after a departure on that day', () => {
    arrive('noor', 'A', '2026-05-01');
    const destination = 'family';
    world.do({ kind: 'departure', clientId: 'noor', date: d('2026-06-01'), reason: 'own-choice', destination });
    expect(world.try({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-01') })).toBe(
      'client-not-housed',
    );
  });

  it('ends one stay and starts the next on the same date', () => {
    arrive('noor', 'A', '2026-06-01');
    const [change] = move('noor', 'B', '2026-06-10');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-10 move', 'B 2026-06-10..']);
    expect(change).toMatchObject({ kind: 'move', version: 2, effectiveOn: '2026-06-10' });
    expect(world.place('A').occupations[0]).toMatchObject({ until: '2026-06-10' });
  });

  it('in the past takes over the end of the stay', () => {
    arrive('noor', 'A', '2026-01-01', '2026-03-01');
    move('noor', 'B', '2026-02-01');
    expect(world.stays('noor')).toEqual(['A 2026-01-01..2026-02-01 move', 'B 2026-02-01..2026-03-01 agreed']);
  });

  it('confirms a planned move on another date than planned', () => {
    arrive('noor', 'A', '2026-06-01');
    reserve('noor', 'B', '2026-06-20');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-20 move', '(B 2026-06-20..)']);
    world.today = d('2026-06-25');
    move('noor', 'B', '2026-06-23');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-23 move', 'B 2026-06-23..']);
  });

  it('on the day of arrival leaves no stay of zero nights, and back again leaves what was', () => {
    arrive('noor', 'A', '2026-06-01');
    move('noor', 'B', '2026-06-10');
    move('noor', 'C', '2026-06-10');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..2026-06-10 move', 'C 2026-06-10..']);
    move('noor', 'A', '2026-06-10');
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
    expect(world.ledger('noor').changes).toHaveLength(4);
  });

  it('keeps the client on leave', () => {
    arrive('noor', 'A', '2026-06-01');
    world.do({ kind: 'leave', clientId: 'noor', from: d('2026-06-08'), reason: 'hospital' });
    move('noor', 'B', '2026-06-10');
    const [first, second] = world.ledger('noor').stays;
    expect(first?.leaves).toMatchObject([{ from: '2026-06-08', until: '2026-06-10' }]);
    expect(second?.leaves).toMatchObject([{ leaveId: first?.leaves[0]?.leaveId, from: '2026-06-10' }]);
    world.do({ kind: 'return', clientId: 'noor', date: d('2026-06-10') });
    expect(world.ledger('noor').stays[1]?.leaves).toEqual([]);
  });

  it.each([
    ['B', '2026-05-01', 'client-not-housed'],
    ['A', '2026-06-10', 'move-to-same-place'],
    ['C', '2026-06-10', 'place-occupied'],
    ['B', '2026-06-16', 'arrival-in-future'],
  ])('to %s on %s is refused with %s', (placeId, date, code) => {
    arrive('noor', 'A', '2026-06-01');
    arrive('sem', 'C', '2026-06-01');
    expect(world.try({ kind: 'move', clientId: 'noor', placeId, date: d(date) })).toBe(code);
  });
});

describe('reservation', () => {
  it('blocks the place for others and frees the place that will be left', () => {
    arrive('noor', 'A', '2026-06-01');
    reserve('noor', 'B', '2026-07-01');
    expect(world.try({ kind: 'reservation', clientId: 'sem', placeId: 'B', from: d('2026-08-01') })).toBe(
      'place-reserved',
    );
    expect(world.try({ kind: 'reservation', clientId: 'sem', placeId: 'A', from: d('2026-06-30') })).toBe(
      'place-occupied',
    );
    expect(world.try({ kind: 'reservation', clientId: 'sem', placeId: 'A', from: d('2026-07-01') })).toBe('accepted');
  });

  it('is refused today, far ahead, beside another one, or on the own place', () => {
    arrive('noor', 'A', '2026-06-01');
    const at = (placeId: string, from: string) =>
      world.try({ kind: 'reservation', clientId: 'noor', placeId, from: d(from) });
    expect(at('B', '2026-06-15')).toBe('reservation-in-past');
    expect(at('B', '2062-06-15')).toBe('date-too-far-ahead');
    expect(at('A', '2026-07-01')).toBe('move-to-same-place');
    expect(at('B', '2026-07-01')).toBe('accepted');
    expect(at('C', '2026-08-01')).toBe('client-already-reserved');
  });

  it('when cancelled lets the stay before it run on', () => {
    arrive('noor', 'A', '2026-06-01');
    reserve('noor', 'B', '2026-07-01');
    const stayId = world.ledger('noor').stays[1]!.stayId;
    world.do({ kind: 'cancellation', clientId: 'noor', target: { of: 'stay', stayId }, reason: 'plan-changed' });
    expect(world.stays('noor')).toEqual(['A 2026-06-01..']);
    expect(world.place('B').occupations).toEqual([]);
  });

  it('keeps a leave that runs now, and takes planned leave along', () => {
    arrive('noor', 'A', '2026-06-01');
    world.do({
      kind: 'leave',
      clientId: 'noor',
      from: d('2026-06-14'),
      expectedUntil: d('2026-06-18'),
      reason: 'holiday',
    });
    world.do({
      kind: 'leave',
      clientId: 'noor',
      from: d('2026-08-01'),
      expectedUntil: d('2026-08-08'),
      reason: 'holiday',
    });
    reserve('noor', 'B', '2026-07-01');
    expect(world.ledger('noor').stays.map(({ leaves }) => leaves.map(({ from }) => from))).toEqual([
      ['2026-06-14'],
      ['2026-08-01'],
    ]);
  });
});
