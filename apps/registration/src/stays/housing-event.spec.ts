import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HousingCommand } from './housing-commands.js';
import { toHousingSituationChanged } from './housing-event.js';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';

let world: HousingWorld;

beforeEach(() => {
  world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B')]);
  world.do({ kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') });
});

const eventsOf = (command: HousingCommand) =>
  world.do(command).map((change) => toHousingSituationChanged(change, world.ledger(change.clientId)));
const departure = { kind: 'departure', clientId: 'noor', date: d('2026-06-10'), reason: 'own-choice' } as const;

describe('the event of a change', () => {
  it('of a move names both places, and nothing else than identifiers, codes and dates', () => {
    expect(eventsOf({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') })).toEqual([
      {
        clientId: 'noor',
        changeId: 'change:noor#2',
        version: 2,
        kind: 'move',
        effectiveOn: '2026-06-10',
        recordedAt: '2026-06-15T08:00:02.000Z',
        recordedBy: 'person-1',
        channel: 'person',
        reasons: {},
        placeId: 'B',
        clusterId: 'cluster-B',
        organisationId: 'org',
        previousPlaceId: 'A',
        previousClusterId: 'cluster-A',
        previousOrganisationId: 'org',
      },
    ]);
  });

  it('of a departure names the place that was left, and the codes', () => {
    const [event] = eventsOf({ ...departure, destination: 'family' });
    expect(event).toMatchObject({ placeId: 'A', reasons: { departure: 'own-choice', destination: 'family' } });
    expect(event).not.toHaveProperty('previousPlaceId');
  });

  it('of a leave names the place and the expected end', () => {
    const from = d('2026-06-12');
    const expectedUntil = d('2026-06-20');
    const [event] = eventsOf({ kind: 'leave', clientId: 'noor', from, expectedUntil, reason: 'hospital' });
    expect(event).toMatchObject({ placeId: 'A', until: '2026-06-20', reasons: { leave: 'hospital' } });
    expect(event).not.toHaveProperty('previousPlaceId');
  });

  it('of a reservation is about the planned place', () => {
    const [event] = eventsOf({ kind: 'reservation', clientId: 'noor', placeId: 'B', from: d('2026-07-01') });
    expect(event).toMatchObject({ kind: 'reservation', effectiveOn: '2026-07-01', placeId: 'B', previousPlaceId: 'A' });
  });

  it('of a death names every cluster where a reservation lapses by it', () => {
    world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B'), aPlace('C')]);
    world.do({ kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') });
    world.do({ kind: 'reservation', clientId: 'noor', placeId: 'B', from: d('2026-07-01'), until: d('2026-08-01') });
    world.do({ kind: 'reservation', clientId: 'noor', placeId: 'C', from: d('2026-08-01') });
    const [event] = eventsOf({ ...departure, reason: 'deceased', destination: 'deceased' });
    expect(event).toMatchObject({ clusterId: 'cluster-A', otherClusterIds: ['cluster-B', 'cluster-C'] });
    expect(event).not.toHaveProperty('previousClusterId');
  });

  it('of a change in one place names no further cluster', () => {
    const [event] = eventsOf({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-10') });
    expect(event).not.toHaveProperty('otherClusterIds');
  });

  it('of a correction of the destination alone still names the place', () => {
    world.do({ ...departure, destination: 'family' });
    const stayId = world.ledger('noor').stays[0]!.stayId;
    const mended = { reason: 'own-choice', destination: 'prison' } as const;
    const [event] = eventsOf({ kind: 'correction', clientId: 'noor', stayId, reason: 'other', departure: mended });
    expect(event).toMatchObject({ effectiveOn: '2026-06-10', placeId: 'A' });
  });

  it('of a cancellation says what it undoes, and of a swap who the other is', () => {
    world.do({ kind: 'arrival', clientId: 'sem', placeId: 'B', from: d('2026-06-01') });
    const [first, second] = [{ clientId: 'noor' }, { clientId: 'sem' }];
    const swap = eventsOf({ kind: 'swap', date: d('2026-06-10'), first, second });
    expect(swap.map(({ clientId, pairedClientId }) => [clientId, pairedClientId])).toEqual([
      ['noor', 'sem'],
      ['sem', 'noor'],
    ]);
    const target = { of: 'change', changeId: swap[0]!.changeId } as const;
    const undone = eventsOf({ kind: 'cancellation', clientId: 'noor', target, reason: 'entered-twice' });
    expect(undone[0]).toMatchObject({ undoes: target.changeId, placeId: 'A', previousPlaceId: 'B' });
    expect(undone).toHaveLength(2);
  });
});
