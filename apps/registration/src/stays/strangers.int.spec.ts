import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { engines, uniqueName } from '#testing/engines.js';
import { StructureModels } from '../structure/structure.schema.js';
import { ClientHousingService } from './client-housing.service.js';
import type { HousingCommand } from './housing-commands.js';
import { recordedOf } from './housing-request.js';
import { OccupancyService } from './occupancy.service.js';
import { aManager, aPlaceDocument, aRegisseur, opened, StaysWorld } from './stays-world.fixture.js';

const d = parseCivilDate;
const haven = aManager('haven');
const brug = aManager('brug');
const elsewhere = 'client-of-other-institution';
const system: Caller = { ...brug, kind: 'system', personId: 'system-brug', roles: [] };
const arrival = { kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') } as const;
const toBrug = { kind: 'arrival', clientId: 'noor', placeId: 'X', from: d('2026-06-10') } as const;
const moveToBrug = { kind: 'move', clientId: 'noor', placeId: 'X', date: d('2026-06-10') } as const;
const reserve = { kind: 'reservation', clientId: 'noor', placeId: 'X', from: d('2026-06-20') } as const;
const leaves = {
  kind: 'departure',
  clientId: 'noor',
  date: d('2026-06-09'),
  reason: 'other',
  destination: 'family',
} as const;

let world: StaysWorld;
let housing: ClientHousingService;
let occupancy: OccupancyService;
let structure: StructureModels;

beforeAll(async () => {
  const { mongoUrl } = await engines();
  world = StaysWorld.on(mongoUrl, uniqueName('strangers'));
  housing = new ClientHousingService(world.repository, world.clock);
  structure = new StructureModels(world.database);
  occupancy = new OccupancyService(world.repository, structure, world.clock);
  await world.ready();
});

afterAll(async () => {
  await world.close();
});

beforeEach(async () => {
  await world.clear();
  await world.seedChain();
  await world.seed([], [aPlaceDocument('Y', { organisationId: 'brug', clusterId: 'brug-1' })]);
  world.clock.moveTo(new Date('2026-06-15T08:00:00Z'));
});

const file = (caller: Caller) => housing.get({ clientId: 'noor' }, caller);
const related = async () => (await world.client('noor')).relatedOrganisationIds;
const sees = async (caller: Caller) => file(caller).then(opened, (error: unknown) => codeOf(error));
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : String(error));

async function refusalOf(command: HousingCommand, caller: Caller): Promise<Refusal> {
  const error: unknown = await world.do(command, caller).catch((thrown: unknown) => thrown);
  if (error instanceof Refusal) return error;
  throw new Error(`${command.kind} was accepted`);
}

describe.each([
  ['a manager', brug],
  ['a connected system', system],
])('%s of an institution that has nothing to do with a client', (_who, stranger) => {
  it('takes nobody away from where they stay', async () => {
    await world.do(arrival, haven);
    const before = await world.client('noor');
    expect(await world.try(moveToBrug, stranger)).toBe(elsewhere);
    expect(await world.try(toBrug, stranger)).toBe(elsewhere);
    await world.do({ kind: 'arrival', clientId: 'zoe', placeId: 'X', from: d('2026-06-02') }, brug);
    const swap = {
      kind: 'swap',
      date: d('2026-06-10'),
      first: { clientId: 'noor' },
      second: { clientId: 'zoe' },
    } as const;
    expect(await world.try(swap, stranger)).toBe(elsewhere);
    expect(await world.client('noor')).toEqual(before);
    expect(await world.try(moveToBrug, haven)).toBe('place-occupied');
    expect(await world.try({ ...moveToBrug, placeId: 'Y' }, haven)).toBe('accepted');
  });

  it('records the arrival of who stays nowhere, and is related from then until it is undone', async () => {
    await world.do(arrival, haven);
    await world.do(leaves, haven);
    expect(await world.try({ ...toBrug, from: d('2026-06-08') }, stranger)).toBe(elsewhere);
    const { changes } = await world.do(toBrug, stranger);
    expect(await related()).toEqual(['brug']);
    const changeId = changes[0]!.changeId;
    await world.service.undo({ clientId: 'noor', changeId }, stranger, { channel: 'person' });
    expect(await related()).toEqual(['haven']);
    expect(await sees(stranger)).toBe('not-found');
  });

  it('is told of its refusal no more than that another institution knows the client', async () => {
    await world.do(arrival, haven);
    await world.do({ ...leaves, reason: 'deceased', destination: 'deceased' }, haven);
    const refusals = [
      await refusalOf(toBrug, stranger),
      await refusalOf({ ...toBrug, from: d('2001-01-01'), until: d('2001-02-01') }, stranger),
      await refusalOf({ ...toBrug, from: d('2020-01-01'), until: d('2020-02-01') }, stranger),
      await refusalOf({ ...toBrug, expectedVersion: 40 }, stranger),
    ];
    for (const refusal of refusals) expect(refusal.toJSON()).toEqual(refusals[0]!.toJSON());
    expect(refusals[0]).toMatchObject({ code: elsewhere, params: {} });
    const reservation = await refusalOf(reserve, stranger);
    expect(reservation).toMatchObject({ code: 'reservation-needs-other-side', params: {} });
    expect(JSON.stringify([...refusals, reservation])).not.toMatch(/2026-06|2008/);
  });

  it('reserves a place without seeing anything by it, and cancels that again', async () => {
    await world.do(arrival, haven);
    const { changes } = await world.do(reserve, stranger);
    expect(await related()).toEqual(['haven']);
    expect((await world.client('noor')).relatedClusterIds).toEqual(['haven-1']);
    expect(await sees(stranger)).toBe('not-found');
    const recorded = recordedOf(changes[0]!);
    expect(recorded.stayIds).toHaveLength(1);
    const fact = (await world.facts()).find(({ data }) => data.kind === 'reservation')?.data;
    expect(fact).toMatchObject({ fromOutside: true, clusterId: 'brug-1', previousClusterId: 'haven-1' });
    expect(fact).toMatchObject({ relatedOrganisationIds: ['haven'], relatedClusterIds: ['haven-1'] });
    expect(fact).not.toHaveProperty('previousPlaceId');
    const stayId = recorded.stayIds[0]!;
    const cancel = (of: string): HousingCommand => ({
      kind: 'cancellation',
      clientId: 'noor',
      reason: 'other',
      target: { of: 'stay', stayId: of },
    });
    const theirs = (await world.client('noor')).ledger.stays[0]!.stayId;
    expect(await world.try(cancel(theirs), stranger)).toBe('not-found');
    expect(await world.try(cancel(stayId), aManager('elders'))).toBe('not-found');
    expect(await world.try(cancel(stayId), stranger)).toBe('accepted');
    expect((await world.client('noor')).ledger.stays).toMatchObject([{ placeId: 'A' }]);
    expect((await world.client('noor')).ledger.stays[0]).not.toHaveProperty('until');
    expect(await related()).toEqual(['haven']);
    const again = await world.do(reserve, stranger);
    await world.service.undo({ clientId: 'noor', changeId: again.changes[0]!.changeId }, stranger, {
      channel: 'person',
    });
    expect(await related()).toEqual(['haven']);
    expect(await sees(stranger)).toBe('not-found');
  });

  it('does not come in by its own reservation, however many it makes, when their day comes', async () => {
    await world.do(arrival, haven);
    const first = await world.do({ ...reserve, until: d('2026-06-22') }, stranger);
    await world.do({ ...reserve, placeId: 'Y', from: d('2026-06-24') }, stranger);
    const reservationId = recordedOf(first.changes[0]!).stayIds[0]!;
    const departure = { reason: 'other', destination: 'family' } as const;
    world.clock.moveTo(new Date('2026-06-26T08:00:00Z'));
    const tries: HousingCommand[] = [
      { kind: 'arrival', clientId: 'noor', reservationId, from: d('2026-06-20') },
      { kind: 'arrival', clientId: 'noor', reservationId, from: d('2026-06-20'), until: d('2026-06-21'), departure },
      { kind: 'move', clientId: 'noor', reservationId, date: d('2026-06-20') },
      { kind: 'arrival', clientId: 'noor', placeId: 'Y', from: d('2026-06-24') },
      { kind: 'arrival', clientId: 'noor', placeId: 'X', from: d('2026-06-23'), until: d('2026-06-24') },
    ];
    for (const command of tries) expect([command, await world.try(command, stranger)]).toEqual([command, elsewhere]);
    expect(await related()).toEqual(['haven']);
    expect(await world.try({ kind: 'move', clientId: 'noor', reservationId, date: d('2026-06-20') }, haven)).toBe(
      'accepted',
    );
    expect(await related()).toEqual(['brug']);
    expect((await world.client('noor')).ledger.stays.map(({ fromOutside }) => fromOutside)).toEqual([
      undefined,
      undefined,
      true,
    ]);
  });

  it('confirms its own reservation when the client has left the other place', async () => {
    await world.do(arrival, haven);
    await world.do(leaves, haven);
    const { changes } = await world.do(reserve, stranger);
    const reservationId = recordedOf(changes[0]!).stayIds[0]!;
    world.clock.moveTo(new Date('2026-06-20T08:00:00Z'));
    const confirm = { kind: 'arrival', clientId: 'noor', reservationId, from: d('2026-06-20') } as const;
    expect(await world.try(confirm, aManager('elders'))).toBe('not-found');
    expect(await world.try(confirm, stranger)).toBe('accepted');
    expect(await related()).toEqual(['brug']);
  });
});

describe('a reservation by an institution from outside', () => {
  const confirmations: [string, Caller][] = [
    ['the sending side', haven],
    ['the regisseur of the client', aRegisseur([], ['noor'])],
  ];
  it.each(confirmations)('counts when %s makes the same one', async (_who, caller) => {
    await world.do(arrival, haven);
    await world.do(reserve, brug);
    expect(await world.try(reserve, aManager('elders'))).toBe('not-found');
    expect(await world.try(reserve, brug)).toBe('reservation-needs-other-side');
    expect(await world.try(reserve, caller)).toBe('accepted');
    expect(await related()).toEqual(['haven', 'brug']);
    expect(await sees(brug)).toMatchObject({ clientId: 'noor' });
    expect((await world.place('X')).ledger.occupations).toMatchObject([{ reserved: true }]);
    expect((await world.place('X')).ledger.occupations[0]).not.toHaveProperty('fromOutside');
  });

  it('counts at once when the sending side made it', async () => {
    await world.do(arrival, haven);
    await world.do(reserve, haven);
    expect(await related()).toEqual(['haven', 'brug']);
  });

  it('stands on the board without a name, with what is needed to cancel it', async () => {
    await structure.clusters.deleteMany({});
    await structure.clusters.insertMany([
      {
        _id: 'brug-1',
        version: 1,
        name: 'De Brug 1',
        nameKey: 'de brug 1',
        requestHash: 'test',
        below: 0,
        locationId: 'location',
        organisationId: 'brug',
      },
    ]);
    await world.do(arrival, haven);
    await world.do(reserve, brug);
    const period = { clusterId: 'brug-1', from: d('2026-06-10'), until: d('2026-07-10') };
    const sealed = await occupancy.board(period, brug);
    expect(sealed.subjects).toEqual([]);
    const bar = opened(sealed).items[0]?.bars[0];
    expect(bar).toMatchObject({ reserved: true, fromOutside: { clientId: 'noor' } });
    expect(bar?.clientId).toBeUndefined();
    expect(opened(await occupancy.onDate({ on: d('2026-06-21') }, brug)).items[0]).toMatchObject({
      state: 'reserved',
      stay: { fromOutside: { clientId: 'noor' } },
    });
  });

  it('is cancelled by the registering institution too, also when the client never stayed anywhere', async () => {
    const { changes } = await world.do(reserve, brug);
    expect(await related()).toEqual(['haven']);
    const stayId = recordedOf(changes[0]!).stayIds[0]!;
    const cancel: HousingCommand = {
      kind: 'cancellation',
      clientId: 'noor',
      reason: 'other',
      target: { of: 'stay', stayId },
    };
    expect(await world.try(cancel, haven)).toBe('accepted');
  });

  it('opens nothing either when a regisseur made it who does not have the client', async () => {
    await world.do(arrival, haven);
    expect(await world.try(reserve, aRegisseur(['brug-1']))).toBe('accepted');
    expect(await related()).toEqual(['haven']);
    expect(await sees(aRegisseur(['brug-1']))).toBe('not-found');
    expect(await world.try(moveToBrug, aRegisseur(['brug-1']))).toBe('accepted');
  });
});
