import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#calendar/civil-date.js';
import { housingStatusOn, stayStateOn, zwaarteMatch } from './housing-reading.js';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';
import { bedNights, bedNightsOf, countOccupancy, isFreeDuring, occupancyOn, vacanciesOn } from './occupancy.js';

let world: HousingWorld;

beforeEach(() => {
  world = new HousingWorld('2026-06-15', [
    aPlace('A'),
    aPlace('B', { kind: 'crisis' }),
    aPlace('C', { openFrom: d('2026-03-01'), closedFrom: d('2026-09-01') }),
  ]);
  world.do({ kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-05-01') });
  world.do({ kind: 'leave', clientId: 'noor', from: d('2026-05-10'), until: d('2026-05-13'), reason: 'holiday' });
  world.do({ kind: 'reservation', clientId: 'sem', placeId: 'B', from: d('2026-07-01') });
});

const places = () => [...world.places.values()];
const statesOn = (date: string) => occupancyOn(places(), d(date)).map(({ state }) => state);

describe('occupancy', () => {
  it('is known of any date, past and planned', () => {
    expect(statesOn('2026-02-01')).toEqual(['free', 'free', 'closed']);
    expect(statesOn('2026-05-11')).toEqual(['on-leave', 'free', 'free']);
    expect(statesOn('2026-05-13')).toEqual(['occupied', 'free', 'free']);
    expect(statesOn('2026-07-01')).toEqual(['occupied', 'reserved', 'free']);
    expect(statesOn('2026-09-01')).toEqual(['occupied', 'reserved', 'closed']);
  });

  it('counts who is on leave as occupied, and closed places not at all', () => {
    const onLeave = { places: 3, occupied: 1, onLeave: 1, reserved: 0, free: 2 };
    expect(countOccupancy(occupancyOn(places(), d('2026-05-11')))).toEqual(onLeave);
    expect(countOccupancy(occupancyOn(places(), d('2026-09-01')))).toMatchObject({ places: 2, reserved: 1, free: 0 });
  });
});

describe('vacancies', () => {
  const vacant = (date: string, filter = {}) =>
    vacanciesOn(places(), d(date), filter).map(({ place, freeSince, freeUntil }) => [
      place.placeId,
      freeSince,
      freeUntil,
    ]);

  it('say since when and until when', () => {
    expect(vacant('2026-06-15')).toEqual([
      ['B', undefined, '2026-07-01'],
      ['C', '2026-03-01', '2026-09-01'],
    ]);
    world.do({
      kind: 'departure',
      clientId: 'noor',
      date: d('2026-06-10'),
      reason: 'own-choice',
      destination: 'family',
    });
    expect(vacant('2026-06-15')[0]).toEqual(['A', '2026-06-10', undefined]);
  });

  it('fit the filter', () => {
    expect(vacant('2026-06-15', { kind: 'crisis' })).toHaveLength(1);
    expect(vacant('2026-06-15', { zwaarte: 'heavy' })).toEqual([]);
    expect(vacant('2026-06-15', { organisationId: 'other' })).toEqual([]);
    expect(vacant('2026-06-15', { clusterId: 'cluster-C', fundingFrame: 'inside-chain' })).toHaveLength(1);
  });

  it('need the whole interval to be free', () => {
    expect(isFreeDuring(world.place('B'), { from: d('2026-06-15'), until: d('2026-07-01') })).toBe(true);
    expect(isFreeDuring(world.place('B'), { from: d('2026-06-15') })).toBe(false);
    expect(isFreeDuring(world.place('C'), { from: d('2026-06-15') })).toBe(false);
  });
});

describe('bed-nights', () => {
  it('count nights of stays, of which leave, and no reservations', () => {
    const may = { from: d('2026-05-01'), until: d('2026-06-01') };
    expect(bedNights(places(), may)).toEqual({ nights: 31, leaveNights: 3, availableNights: 93 });
    const july = { from: d('2026-07-01'), until: d('2026-08-01') };
    expect(bedNightsOf(world.place('B'), july)).toEqual({ nights: 0, leaveNights: 0, availableNights: 31 });
  });

  it('of a year are those of its parts', () => {
    const cut = fc.integer({ min: 1, max: 364 }).map((days) => addDays(d('2026-01-01'), days));
    fc.assert(
      fc.property(cut, (middle) => {
        const [from, until] = [d('2026-01-01'), d('2027-01-01')];
        const [first, second, whole] = [
          bedNights(places(), { from, until: middle }),
          bedNights(places(), { from: middle, until }),
          bedNights(places(), { from, until }),
        ];
        expect(first.nights + second.nights).toBe(whole.nights);
        expect(first.leaveNights + second.leaveNights).toBe(whole.leaveNights);
        expect(first.availableNights + second.availableNights).toBe(whole.availableNights);
      }),
    );
  });
});

describe('what a stay and a client are on a date', () => {
  it('follows from the stays', () => {
    const [stay] = world.ledger('noor').stays;
    expect(stayStateOn(stay!, d('2026-05-11'))).toBe('on-leave');
    expect(stayStateOn(stay!, d('2026-05-13'))).toBe('present');
    const [reservation] = world.ledger('sem').stays;
    expect(stayStateOn(reservation!, d('2026-06-30'))).toBe('reserved');
    expect(stayStateOn(reservation!, d('2026-07-01'))).toBe('reservation-due');
    expect(housingStatusOn(world.ledger('sem').stays, d('2026-06-15'))).toBe('reserved');
    expect(housingStatusOn(world.ledger('kim').stays, d('2026-06-15'))).toBe('none');
  });

  it('keeps a client where they are until a planned move is confirmed', () => {
    world.do({ kind: 'reservation', clientId: 'noor', placeId: 'C', from: d('2026-06-20'), until: d('2026-08-01') });
    expect(housingStatusOn(world.ledger('noor').stays, d('2026-06-22'))).toBe('housed');
  });

  it('shows a mismatch of zwaarte', () => {
    expect(zwaarteMatch('heavy', 'light')).toBe('place-too-light');
    expect(zwaarteMatch('light', 'medium')).toBe('place-too-heavy');
    expect(zwaarteMatch('medium', 'medium')).toBe('equal');
    expect(zwaarteMatch(undefined, 'medium')).toBe('unknown');
  });
});
