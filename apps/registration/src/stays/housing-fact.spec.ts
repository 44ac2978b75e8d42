import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { HousingSituationChanged } from '#contracts/registration/facts.js';
import { housingFactOf } from './housing-fact.js';
import { aPlace, d, HousingWorld } from './housing-world.fixture.js';

/** The fact of the last of some commands. */
function factOf(...commands: Parameters<HousingWorld['do']>[0][]) {
  const world = new HousingWorld('2026-03-10', [aPlace('a'), aPlace('b')]);
  const change = commands.map((command) => world.do(command)).at(-1)?.[0];
  if (change === undefined) throw new Error('no change');
  const fact = housingFactOf(change);
  expect(validateSync(plainToInstance(HousingSituationChanged, fact), { whitelist: true })).toEqual([]);
  return fact;
}

const arrival = { kind: 'arrival', clientId: 'c', placeId: 'a', from: d('2026-03-01') } as const;

describe('the fact of a housing change', () => {
  it('of an arrival names the place', () => {
    const fact = factOf(arrival);
    expect(fact).toMatchObject({
      clientId: 'c',
      version: 1,
      kind: 'arrival',
      effectiveOn: '2026-03-01',
      placeId: 'a',
      clusterId: 'cluster-a',
      organisationId: 'org',
    });
    expect(fact.previousPlaceId).toBeUndefined();
  });

  it('of a move names both places', () => {
    expect(factOf(arrival, { kind: 'move', clientId: 'c', placeId: 'b', date: d('2026-03-05') })).toMatchObject({
      placeId: 'b',
      previousPlaceId: 'a',
      previousClusterId: 'cluster-a',
    });
  });

  it('of a reservation says from where and until when', () => {
    const fact = factOf(arrival, {
      kind: 'reservation',
      clientId: 'c',
      placeId: 'b',
      from: d('2026-04-01'),
      until: d('2026-05-01'),
    });
    expect(fact).toMatchObject({ placeId: 'b', previousPlaceId: 'a', until: '2026-05-01' });
  });

  it('of leave says when the client is expected back', () => {
    const fact = factOf(arrival, {
      kind: 'leave',
      clientId: 'c',
      from: d('2026-03-10'),
      expectedUntil: d('2026-03-14'),
      reason: 'holiday',
    });
    expect(fact).toMatchObject({ placeId: 'a', until: '2026-03-14', reasons: { leave: 'holiday' } });
  });

  it('of a departure names the place that was left', () => {
    const departure = { kind: 'departure', clientId: 'c', date: d('2026-03-09') } as const;
    const fact = factOf(arrival, { ...departure, reason: 'own-choice', destination: 'family' });
    expect(fact).toMatchObject({ placeId: 'a', effectiveOn: '2026-03-09', reasons: { destination: 'family' } });
  });

  it('of a cancelled stay names the place as the previous one', () => {
    const target = { of: 'stay', stayId: 'stay:c#1' } as const;
    const fact = factOf(arrival, { kind: 'cancellation', clientId: 'c', target, reason: 'wrong-client' });
    expect(fact).toMatchObject({ previousPlaceId: 'a', reasons: { cancellation: 'wrong-client' } });
    expect(fact.placeId).toBeUndefined();
  });
});
