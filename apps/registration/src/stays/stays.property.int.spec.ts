import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate, parseCivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { engines, uniqueName } from '#testing/engines.js';
import type { HousingCommand } from './housing-commands.js';
import { overlappingPairs } from './housing-invariants.js';
import { staysFromChanges } from './housing-reading.js';
import { occupationOf } from './housing-settling.js';
import { housingRelations, housingSummary } from './housing-summary.js';
import type { ClientLedger, HousingChange, Occupation } from './housing-types.js';
import { aClient, aManager, aPlaceDocument, StaysWorld } from './stays-world.fixture.js';

/** A command whose stay or change is chosen by position, since it is only known when it is carried out. */
type Step = (ledgerOf: (clientId: string) => Promise<ClientLedger>) => Promise<HousingCommand | undefined>;

const WORKERS = 16;
const SERVICES = 4;
const clientIds = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const placeIds = ['A', 'B', 'C', 'D', 'E'];
const today = parseCivilDate('2026-06-15');

const client = fc.constantFrom(...clientIds);
const place = fc.constantFrom(...placeIds);
const index = fc.nat(20);
const days = (min: number, max: number): fc.Arbitrary<CivilDate> =>
  fc.integer({ min, max }).map((offset) => addDays(today, offset));
const pick = <T>(items: readonly T[], position: number): T | undefined => items[position % Math.max(items.length, 1)];
const fixed = (command: HousingCommand): Step => {
  return () => Promise.resolve(command);
};

/** Many short stays in a long past, so that much is accepted, and a crowded present, so that much is refused. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ clientId: client, placeId: place, from: days(-20, 0) })
      .map((values) => fixed({ kind: 'arrival', ...values })),
  },
  {
    weight: 8,
    arbitrary: fc
      .record({ clientId: client, placeId: place, from: days(-300, -21), nights: fc.integer({ min: 1, max: 12 }) })
      .map(({ nights, ...values }) => fixed({ kind: 'arrival', ...values, until: addDays(values.from, nights) })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ clientId: client, placeId: place, date: days(-20, 0) })
      .map((values) => fixed({ kind: 'move', ...values })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ clientId: client, placeId: place, from: days(1, 20), until: days(21, 40) })
      .map((values) => fixed({ kind: 'reservation', ...values })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ clientId: client, from: days(-10, 0), expectedUntil: days(1, 10) })
      .map((values) => fixed({ kind: 'leave', reason: 'holiday', ...values })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ clientId: client, date: days(-15, 0) })
      .map((values) => fixed({ kind: 'departure', reason: 'own-choice', destination: 'family', ...values })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ clientId: client, index, from: days(-300, 0), placeId: fc.option(place) })
      .map(({ clientId, index: position, from, placeId }): Step => async (ledgerOf) => {
        const stay = pick((await ledgerOf(clientId)).stays, position);
        const to = placeId === null ? {} : { placeId };
        return stay && { kind: 'correction', clientId, stayId: stay.stayId, reason: 'wrong-date', from, ...to };
      }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ clientId: client, index, of: fc.constantFrom('change', 'stay') })
      .map(({ clientId, index: position, of }): Step => async (ledgerOf) => {
        const { stays, changes } = await ledgerOf(clientId);
        const command = { kind: 'cancellation', clientId, reason: 'did-not-happen' } as const;
        const changeId = pick(changes, position)?.changeId;
        const stayId = pick(stays, position)?.stayId;
        if (of === 'change') return changeId === undefined ? undefined : { ...command, target: { of, changeId } };
        return stayId === undefined ? undefined : { ...command, target: { of, stayId } };
      }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ first: client, second: client, date: days(-15, 0) })
      .map(({ first, second, date }) =>
        fixed({ kind: 'swap', date, first: { clientId: first }, second: { clientId: second } }),
      ),
  },
);

/**
 * Carries out the steps with 16 workers at once, who are spread over four services, as over four processes: commands meet
 * within a unit of work and between units. Gives every change that was answered as accepted.
 */
async function runAll(world: StaysWorld, steps: readonly Step[]): Promise<HousingChange[]> {
  const accepted: HousingChange[] = [];
  const queue = [...steps];
  const caller = aManager('org');
  const services = Array.from({ length: SERVICES }, () => world.anotherService());
  const worker = async (_: unknown, position: number) => {
    const service = services[position % SERVICES];
    if (service === undefined) throw new Error('no service');
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const command = await next(async (clientId) => (await world.client(clientId)).ledger);
      if (command === undefined) continue;
      try {
        accepted.push(...(await service.execute(command, caller, { channel: 'person' })).changes);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return accepted;
}

const byStart = (a: Occupation, b: Occupation) => (a.from < b.from ? -1 : 1);

async function expectConsistent(world: StaysWorld, accepted: readonly HousingChange[]): Promise<void> {
  const clients = await Promise.all(clientIds.map((clientId) => world.client(clientId)));
  const places = await Promise.all(placeIds.map((placeId) => world.place(placeId)));
  for (const { ledger, housing, relatedOrganisationIds, relatedClusterIds } of clients) {
    expect(overlappingPairs(ledger.stays)).toEqual([]);
    expect(ledger.changes.map(({ version }) => version)).toEqual(ledger.changes.map((_, position) => position + 1));
    expect(ledger.version).toBe(ledger.changes.length);
    expect(staysFromChanges(ledger.changes)).toEqual(ledger.stays);
    expect(housing).toEqual(housingSummary(ledger, today));
    expect({ relatedOrganisationIds, relatedClusterIds }).toEqual(housingRelations(ledger, 'org'));
  }
  for (const { _id: placeId, ledger } of places) {
    expect(overlappingPairs(ledger.occupations)).toEqual([]);
    const ofClients = clients.flatMap((client) =>
      client.ledger.stays.filter((stay) => stay.placeId === placeId).map((stay) => occupationOf(client._id, stay)),
    );
    expect(ledger.occupations).toEqual(ofClients.sort(byStart));
  }
  const stored = clients.flatMap(({ ledger }) => ledger.changes.map(({ changeId }) => changeId)).sort();
  expect(accepted.map(({ changeId }) => changeId).sort()).toEqual(stored);
  const facts = await world.facts();
  expect(facts.map(({ data }) => data.changeId).sort()).toEqual(stored);
  const turns = new Set(facts.map(({ partitionkey, sequence }) => `${partitionkey}:${sequence}`));
  expect(turns.size).toBe(stored.length);
  const commands = new Set(accepted.map(({ changeId, paired }) => [changeId, paired?.changeId ?? ''].sort().join()));
  const entries = await world.entries();
  expect(entries.length - facts.length).toBe(commands.size);
}

describe('sixteen people at once on the real database', () => {
  let world: StaysWorld;
  let steps: number;

  beforeAll(async () => {
    const { mongoUrl, mongoFlavour } = await engines();
    // The Python flavour carries out 30 to 80 small transactions a second (design.md §4).
    steps = mongoFlavour === 'python' ? 150 : 400;
    world = await StaysWorld.on(mongoUrl, uniqueName('stays_property')).ready();
  });

  afterAll(async () => {
    await world.close();
  });

  it('never make an overlap, a ledger that disagrees, or a change without exactly one fact', async () => {
    let acceptedInAll = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }), async (list) => {
        await world.clear();
        await world.seed(
          clientIds.map((clientId) => aClient(clientId)),
          placeIds.map((placeId) => aPlaceDocument(placeId)),
        );
        const accepted = await runAll(world, list);
        acceptedInAll += accepted.length;
        await expectConsistent(world, accepted);
      }),
      { numRuns: 3, endOnFailure: true },
    );
    // A run in which all was refused would prove nothing.
    expect(acceptedInAll).toBeGreaterThan(steps / 2);
  }, 120_000);
});
