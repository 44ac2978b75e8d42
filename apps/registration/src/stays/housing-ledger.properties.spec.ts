import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { departureDestinations } from '#contracts/codes.js';
import type { HousingCommand } from './housing-commands.js';
import { overlappingPairs } from './housing-invariants.js';
import { stayOn, staysFromChanges } from './housing-reading.js';
import { occupationOf } from './housing-settling.js';
import type { Stay } from './housing-types.js';
import { HousingWorld, aPlace, d } from './housing-world.fixture.js';
import { withAllLeaves, withTouchedLeaves } from './touched-leaves.js';

/** A command whose stay, leave and change are chosen by position, since they are only known when it is carried out. */
type Step = (world: HousingWorld) => HousingCommand | undefined;

const clientIds = ['c1', 'c2', 'c3', 'c4'];
const placeIds = ['A', 'B', 'C', 'D'];
const today = d('2026-06-15');
const client = fc.constantFrom(...clientIds);
const place = fc.constantFrom(...placeIds);
const index = fc.nat(20);
const dateFrom = (min: number, max: number): fc.Arbitrary<CivilDate> =>
  fc.integer({ min, max }).map((days) => addDays(today, days));
const date = dateFrom(-20, 15);
const past = dateFrom(-20, 0);

const pick = <T>(items: readonly T[], position: number): T | undefined => items[position % Math.max(items.length, 1)];

const arrival = fc
  .record(
    { clientId: client, placeId: place, from: past, until: date },
    { requiredKeys: ['clientId', 'placeId', 'from'] },
  )
  .map((values): Step => () => ({ kind: 'arrival', ...values }));
const move = fc
  .record({ clientId: client, placeId: place, date: past })
  .map((values): Step => () => ({ kind: 'move', ...values }));
const reservation = fc
  .record(
    { clientId: client, placeId: place, from: dateFrom(1, 15), until: dateFrom(5, 30) },
    { requiredKeys: ['clientId', 'placeId', 'from'] },
  )
  .map((values): Step => () => ({ kind: 'reservation', ...values }));
const leave = fc
  .record({ clientId: client, from: date, expectedUntil: date, until: past }, { requiredKeys: ['clientId', 'from'] })
  .map((values): Step => () => ({ kind: 'leave', reason: 'holiday', ...values }));
const goingBack = fc
  .record({ clientId: client, date: past })
  .map((values): Step => () => ({ kind: 'return', ...values }));
const departure = fc
  .record({ clientId: client, date, destination: fc.constantFrom(...departureDestinations) })
  .map((values): Step => () => {
    const reason = values.destination === 'deceased' ? 'deceased' : 'own-choice';
    return { kind: 'departure', reason, ...values };
  });
const correction = fc
  .record(
    { clientId: client, index, from: date, until: fc.option(date), placeId: place },
    { requiredKeys: ['clientId', 'index'] },
  )
  .map(({ clientId, index: position, ...values }): Step => (world) => {
    const stay = pick(world.ledger(clientId).stays, position);
    return stay && { kind: 'correction', clientId, stayId: stay.stayId, reason: 'wrong-date', ...values };
  });
const cancellation = fc
  .record({ clientId: client, index, of: fc.constantFrom('change', 'stay', 'leave', 'departure') })
  .map(({ clientId, index: position, of }): Step => (world) => {
    const { stays, changes } = world.ledger(clientId);
    const stay = pick(stays, position);
    const changeId = pick(changes, position)?.changeId;
    const command = { kind: 'cancellation', clientId, reason: 'did-not-happen' } as const;
    if (of === 'change') return changeId === undefined ? undefined : { ...command, target: { of, changeId } };
    if (stay === undefined) return undefined;
    if (of !== 'leave') return { ...command, target: { of, stayId: stay.stayId } };
    const leaveId = stay.leaves[0]?.leaveId ?? 'none';
    return { ...command, target: { of, stayId: stay.stayId, leaveId } };
  });
const swap = fc
  .record({ first: client, second: client, date: past })
  .map(({ first, second, date: on }): Step => () => ({
    kind: 'swap',
    date: on,
    first: { clientId: first },
    second: { clientId: second },
  }));
const merging = fc.record({ clientId: client, intoClientId: client }).map(
  ({ clientId, intoClientId }): Step =>
    (world) =>
      world.ledger(clientId).mergedInto === undefined
        ? { kind: 'merge', clientId, intoClientId }
        : { kind: 'unmerge', clientId },
);
const passing = fc.nat(5).map((days): Step => (world) => {
  world.today = addDays(world.today, days);
  return undefined;
});

const step = fc.oneof(
  { weight: 5, arbitrary: arrival },
  { weight: 4, arbitrary: move },
  { weight: 3, arbitrary: reservation },
  { weight: 3, arbitrary: leave },
  { weight: 2, arbitrary: goingBack },
  { weight: 2, arbitrary: departure },
  { weight: 4, arbitrary: correction },
  { weight: 4, arbitrary: cancellation },
  { weight: 3, arbitrary: swap },
  { weight: 1, arbitrary: merging },
  { weight: 1, arbitrary: passing },
);
const steps = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });

const newWorld = () =>
  new HousingWorld(
    today,
    placeIds.map((placeId) => aPlace(placeId)),
  );

function run(world: HousingWorld, list: readonly Step[], check: (world: HousingWorld) => void = () => undefined): void {
  for (const next of list) {
    const command = next(world);
    if (command !== undefined) world.try(command);
    check(world);
  }
}

const staysOf = (world: HousingWorld): [string, readonly Stay[]][] =>
  clientIds.map((clientId) => [clientId, world.ledger(clientId).stays]);

describe('whatever is asked, in whatever order', () => {
  it('no place and no client ever has an overlap, and every stay has a night', () => {
    fc.assert(
      fc.property(steps, (list) => {
        run(newWorld(), list, (world) => {
          for (const { occupations } of world.places.values()) expect(overlappingPairs(occupations)).toEqual([]);
          for (const [, stays] of staysOf(world)) {
            expect(overlappingPairs(stays)).toEqual([]);
            for (const { from, until, end } of stays) {
              expect(until === undefined || until > from).toBe(true);
              expect(end === undefined).toBe(until === undefined);
            }
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('leaves lie within their stay, in order, without overlap', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = newWorld();
        run(world, list);
        for (const { occupations } of world.places.values()) {
          for (const { leaves, from, until } of occupations) {
            expect(overlappingPairs(leaves)).toEqual([]);
            for (const leave of leaves) {
              expect(leave.from >= from).toBe(true);
              expect(until === undefined || (leave.until !== undefined && leave.until <= until)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('client ledgers and place ledgers tell the same', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = newWorld();
        run(world, list);
        for (const { placeId, occupations } of world.places.values()) {
          const told = staysOf(world).flatMap(([clientId, stays]) =>
            stays.filter((stay) => stay.placeId === placeId).map((stay) => occupationOf(clientId, stay)),
          );
          expect(occupations).toEqual(told.sort((a, b) => (a.from < b.from ? -1 : 1)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a stay that ends by a move ends where the next one starts', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = newWorld();
        run(world, list);
        for (const [, stays] of staysOf(world)) {
          for (const { end, until } of stays) {
            if (end?.kind !== 'move') continue;
            const next = stays.find(({ stayId }) => stayId === end.toStayId);
            expect(next?.from).toBe(until);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('versions count the changes by one, and the changes rebuild the state', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = newWorld();
        run(world, list);
        for (const clientId of clientIds) {
          const { version, changes, stays } = world.ledger(clientId);
          expect(changes.map((change) => change.version)).toEqual(changes.map((_, position) => position + 1));
          expect(version).toBe(changes.length);
          expect(staysFromChanges(changes)).toEqual(stays);
          expect(withAllLeaves(changes.map(withTouchedLeaves))).toEqual(changes);
          expect(new Set(changes.map(({ changeId }) => changeId)).size).toBe(changes.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a refusal changes nothing', () => {
    fc.assert(
      fc.property(steps, step, (list, last) => {
        const world = newWorld();
        run(world, list);
        const before = JSON.stringify([[...world.clients], [...world.places]]);
        const command = last(world);
        const accepted = command !== undefined && world.try(command) === 'accepted';
        if (!accepted) expect(JSON.stringify([[...world.clients], [...world.places]])).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it('cancelling the latest change restores the state before it, for everyone it touched', () => {
    let cancelled = 0;
    fc.assert(
      fc.property(steps, fc.array(step, { minLength: 5, maxLength: 5 }), (list, more) => {
        const world = newWorld();
        run(world, list);
        for (const next of more) {
          const before = staysOf(world);
          const command = next(world);
          if (command === undefined || command.kind === 'merge' || command.kind === 'unmerge') continue;
          if (world.try(command) !== 'accepted') continue;
          const changed = clientIds.find(
            (id) => !isDeepStrictEqual(world.ledger(id).stays, Object.fromEntries(before)[id]),
          );
          const { clientId, changeId } = world.ledger(changed ?? '').changes.at(-1)!;
          const target = { of: 'change', changeId } as const;
          expect(world.try({ kind: 'cancellation', clientId, target, reason: 'did-not-happen' })).toBe('accepted');
          expect(staysOf(world)).toEqual(before);
          cancelled += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(cancelled).toBeGreaterThan(100);
  });

  it('swapping twice leaves everyone where they were', () => {
    let swapped = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), swap, (list, exchange) => {
        const world = newWorld();
        for (const [position, clientId] of clientIds.entries()) {
          world.do({ kind: 'arrival', clientId, placeId: placeIds[position]!, from: addDays(today, -25) });
        }
        run(world, list);
        const before = JSON.stringify(whoIsWhere(world));
        const command = exchange(world);
        if (command === undefined || world.try(command) !== 'accepted') return;
        swapped += 1;
        expect(world.try(command)).toBe('accepted');
        expect(JSON.stringify(whoIsWhere(world))).toBe(before);
      }),
      { numRuns: 300 },
    );
    expect(swapped).toBeGreaterThan(50);
  });
});

/** Per client the place of every day around today. */
function whoIsWhere(world: HousingWorld): (string | undefined)[][] {
  const days = Array.from({ length: 80 }, (_, position) => addDays(today, position - 30));
  return staysOf(world).map(([, stays]) => days.map((day) => stayOn(stays, day)?.placeId));
}
