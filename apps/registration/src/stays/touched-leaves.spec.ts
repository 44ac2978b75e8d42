import { describe, expect, it } from '@jest/globals';
import { addDays } from '#calendar/civil-date.js';
import { aPlace, d, HousingWorld } from './housing-world.fixture.js';
import { withAllLeaves, withTouchedLeaves } from './touched-leaves.js';

/** A client who is away every weekend, one change per weekend. */
function awayForWeekends(weekends: number): HousingWorld {
  const world = new HousingWorld('2026-06-15', [aPlace('A'), aPlace('B')]);
  const from = addDays(d('2026-06-15'), -7 * weekends);
  world.do({ kind: 'arrival', clientId: 'noor', placeId: 'A', from });
  for (let weekend = 0; weekend < weekends; weekend += 1) {
    const friday = addDays(from, 7 * weekend + 3);
    world.do({ kind: 'leave', clientId: 'noor', from: friday, until: addDays(friday, 2), reason: 'family-visit' });
  }
  return world;
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe('the changes of a client with many leaves', () => {
  it('grow by as much with the three hundredth weekend as with the third', () => {
    const { changes } = awayForWeekends(300).ledger('noor');
    const stored = changes.map(withTouchedLeaves);
    expect(sizeOf(stored[300])).toBeLessThan(sizeOf(stored[3]) + 20);
    expect(sizeOf(stored)).toBeLessThan(300_000);
    expect(withAllLeaves(stored)).toEqual(changes);
  });

  it('tell which leave was corrected or cancelled, and that there are more', () => {
    const world = awayForWeekends(3);
    const [stay] = world.ledger('noor').stays;
    const [first, second] = stay?.leaves ?? [];
    if (stay === undefined || first === undefined || second === undefined) throw new Error('no leaves');
    const { stayId } = stay;
    const leaves = [{ leaveId: first.leaveId, reason: 'hospital' }] as const;
    world.do({ kind: 'correction', clientId: 'noor', stayId, reason: 'typing-error', leaves });
    const target = { of: 'leave', stayId, leaveId: second.leaveId } as const;
    world.do({ kind: 'cancellation', clientId: 'noor', reason: 'did-not-happen', target });
    const { changes } = world.ledger('noor');
    const [corrected, cancelled] = changes.map(withTouchedLeaves).slice(-2);
    expect(corrected).toMatchObject({
      before: [{ leaves: [first], moreLeaves: true }],
      after: [{ leaves: [{ ...first, reason: 'hospital' }], moreLeaves: true }],
    });
    expect(cancelled).toMatchObject({
      before: [{ leaves: [second], moreLeaves: true }],
      after: [{ leaves: [], moreLeaves: true }],
    });
    expect(withAllLeaves(changes.map(withTouchedLeaves))).toEqual(changes);
  });

  it('are whole where the stay itself came or went, and as they were where they were stored whole', () => {
    const world = awayForWeekends(2);
    const stayId = world.ledger('noor').stays[0]?.stayId ?? '';
    world.do({ kind: 'cancellation', clientId: 'noor', reason: 'wrong-client', target: { of: 'stay', stayId } });
    const { changes } = world.ledger('noor');
    const stored = changes.map(withTouchedLeaves);
    expect(stored.at(-1)).toEqual(changes.at(-1));
    expect(stored.at(-1)?.before[0]?.leaves).toHaveLength(2);
    expect(withAllLeaves(changes)).toEqual(changes);
  });
});
