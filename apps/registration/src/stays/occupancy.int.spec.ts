import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, parseCivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { engines, uniqueName } from '#testing/engines.js';
import { StructureModels } from '../structure/structure.schema.js';
import { OccupancyService } from './occupancy.service.js';
import { aClient, aManager, aPlaceDocument, aRegisseur, opened, StaysWorld } from './stays-world.fixture.js';

const d = parseCivilDate;
const arrival = { kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') } as const;
const haven = aManager('haven');
const brug = aManager('brug');
const atHaven = { organisationId: 'haven', clusterId: 'haven-1' };
const forHaven = { registeredByOrganisationId: 'haven', relatedOrganisationIds: ['haven'] };
const [leaves, reserved] = [[], false];
let world: StaysWorld;
let structure: StructureModels;
let occupancy: OccupancyService;

beforeAll(async () => {
  const { mongoUrl } = await engines();
  world = StaysWorld.on(mongoUrl, uniqueName('occupancy'));
  structure = new StructureModels(world.database);
  occupancy = new OccupancyService(world.repository, structure, world.clock);
  await world.ready();
});

afterAll(async () => {
  await world.close();
});

describe('overviews of places', () => {
  beforeEach(async () => {
    await world.clear();
    await world.seedChain();
    await structure.clusters.deleteMany({});
    await structure.clusters.insertMany([
      {
        _id: 'haven-1',
        version: 1,
        name: 'De Haven 1',
        nameKey: 'de haven 1',
        requestHash: 'test',
        below: 0,
        locationId: 'location',
        organisationId: 'haven',
      },
    ]);
    await world.do(arrival, haven);
    await world.do({ kind: 'leave', clientId: 'noor', from: d('2026-06-14'), reason: 'holiday' }, haven);
    await world.do({ kind: 'reservation', clientId: 'sem', placeId: 'B', from: d('2026-07-01') }, haven);
  });

  it('occupancy on a date agrees with the ledgers', async () => {
    const today = opened(await occupancy.onDate({}, haven));
    expect(today).toMatchObject({ on: '2026-06-15', total: 2, counts: { 'on-leave': 1, free: 1 } });
    expect(today.items.map(({ placeId, state, stay }) => [placeId, state, stay?.clientId])).toEqual([
      ['A', 'on-leave', 'noor'],
      ['B', 'free', undefined],
    ]);
    const july = opened(await occupancy.onDate({ on: d('2026-07-02') }, haven));
    expect(july.items[1]).toMatchObject({ state: 'reserved', stay: { clientId: 'sem', state: 'reserved' } });
    const may = opened(await occupancy.onDate({ on: d('2026-05-31') }, haven));
    expect(may.counts).toMatchObject({ free: 2 });
  });

  it('pages without skipping or repeating', async () => {
    const first = opened(await occupancy.onDate({ limit: 1 }, haven));
    const second = opened(await occupancy.onDate({ limit: 1, cursor: first.nextCursor }, haven));
    expect([...first.items, ...second.items].map(({ placeId }) => placeId)).toEqual(['A', 'B']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('shows own places only, and names own clients only', async () => {
    expect(opened(await occupancy.onDate({}, brug)).items.map(({ placeId }) => placeId)).toEqual(['X']);
    await world.do({ kind: 'move', clientId: 'noor', placeId: 'X', date: d('2026-06-15') }, haven);
    const sealed = await occupancy.onDate({ on: d('2026-06-10') }, haven);
    expect(sealed.subjects).toEqual([]);
    const stay = opened(sealed).items[0]?.stay;
    expect(stay).toMatchObject({ from: '2026-06-01', until: '2026-06-15' });
    expect(stay?.clientId).toBeUndefined();
    await expect(
      occupancy.board({ clusterId: 'haven-1', from: d('2026-06-01'), until: d('2026-07-01') }, brug),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('the board has every stay that touches the period', async () => {
    const board = opened(
      await occupancy.board(
        { clusterId: 'haven-1', from: d('2026-06-10'), until: d('2026-07-10') },
        aRegisseur(['haven-1']),
      ),
    );
    expect(board.items.map(({ placeId, bars }) => [placeId, bars])).toEqual([
      [
        'A',
        [
          {
            stayId: expect.any(String),
            clientId: 'noor',
            from: '2026-06-01',
            reserved: false,
            state: 'on-leave',
            zwaarteMatch: 'place-too-light',
            leaves: [{ from: '2026-06-14' }],
          },
        ],
      ],
      ['B', [expect.objectContaining({ clientId: 'sem', reserved: true, state: 'reserved', zwaarteMatch: 'unknown' })]],
    ]);
    const long = { clusterId: 'haven-1', from: d('2025-01-01'), until: d('2026-12-31') };
    await expect(occupancy.board(long, haven)).rejects.toMatchObject({ code: 'period-too-long' });
  });

  it('the board of a night shelter comes in more pages, and logs who is on each', async () => {
    const NIGHTS = 90;
    const HOUSES = 20;
    const guests = Array.from({ length: HOUSES }, (_, house) => aClient(`guest-${String(house)}`, forHaven));
    const shelters = guests.map(({ _id: clientId }, house) => {
      const nights = Array.from({ length: NIGHTS }, (_, night) => {
        const from = addDays(d('2026-01-01'), night);
        return { stayId: `${clientId}-${String(night)}`, clientId, from, until: addDays(from, 1), leaves, reserved };
      });
      const placeId = `night-${String(house)}`;
      return aPlaceDocument(placeId, { ...atHaven, ledger: { version: 1, occupations: nights } });
    });
    await world.seed(guests, shelters);
    const seen: string[] = [];
    const told: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const query = { clusterId: 'haven-1', from: d('2026-01-01'), until: d('2026-04-01'), limit: 200 };
      const sealed = await occupancy.board({ ...query, ...(cursor && { cursor }) }, haven);
      const page = opened(sealed);
      expect(JSON.stringify(page).length).toBeLessThan(260_000);
      expect(page.total).toBe(HOUSES + 2);
      seen.push(...page.items.map(({ placeId }) => placeId));
      told.push(...sealed.subjects.map(({ clientId }) => clientId));
      cursor = page.nextCursor;
      more = cursor !== undefined;
    }
    expect(seen.sort()).toEqual(['A', 'B', ...shelters.map(({ _id }) => _id)].sort());
    expect(told.sort()).toEqual(guests.map(({ _id }) => _id).sort());
  });

  it('the board has a mark of its own that changes with what is on it', async () => {
    const period = { clusterId: 'haven-1', from: d('2026-06-10'), until: d('2026-07-10') };
    const [before, again] = [await occupancy.boardState(period, haven), await occupancy.boardState(period, haven)];
    expect(again).toEqual(before);
    expect(opened(await occupancy.board({ ...period, limit: 1 }, haven)).state).toBe(before.state);
    // A page tells of the clients that are on it, the mark of the whole.
    const first = await occupancy.board({ ...period, limit: 1 }, haven);
    expect(first.subjects.map(({ clientId }) => clientId)).toEqual(['noor']);
    const seen = new Set([before.state]);
    const changes = async (): Promise<boolean> => {
      const known = seen.size;
      return seen.add((await occupancy.boardState(period, haven)).state).size > known;
    };
    const may = { ...period, from: d('2026-05-01'), until: d('2026-06-01') };
    const inMay = await occupancy.boardState(may, haven);
    await world.do({ kind: 'return', clientId: 'noor', date: d('2026-06-15') }, haven);
    expect(await changes()).toBe(true);
    expect(await changes()).toBe(false);
    expect(await occupancy.boardState(may, haven)).toEqual(inMay);
    await world.do({ kind: 'move', clientId: 'noor', placeId: 'X', date: d('2026-06-15') }, haven);
    expect(await changes()).toBe(true);
    await expect(occupancy.boardState(period, brug)).rejects.toMatchObject({ code: 'not-found' });
    await expect(occupancy.boardState({ ...period, until: d('2027-12-31') }, haven)).rejects.toMatchObject({
      code: 'period-too-long',
    });
  });

  it('vacancies are those of the whole chain, without clients', async () => {
    const free = await occupancy.vacancies({});
    expect(free.items).toEqual([
      expect.objectContaining({ placeId: 'X' }),
      expect.objectContaining({ placeId: 'B', freeUntil: '2026-07-01' }),
    ]);
    expect((await occupancy.vacancies({ zwaarte: 'heavy', organisationId: 'haven' })).items).toHaveLength(1);
    expect((await occupancy.vacancies({ kind: 'crisis' })).items).toHaveLength(0);
    expect((await occupancy.vacancies({ fundingFrame: 'outside-chain' })).items).toHaveLength(0);
    expect((await occupancy.vacancies({ clusterId: 'brug-1' })).items.map(({ placeId }) => placeId)).toEqual(['X']);
  });

  it('counts nights, and hides small counts from policy', async () => {
    const period = { from: d('2026-06-01'), until: d('2026-06-15') };
    expect((await occupancy.bedNights({ ...period, groupBy: 'cluster' }, haven)).groups).toEqual([
      { key: 'haven-1', clusterId: 'haven-1', available: 28, occupied: 14, onLeave: 1, clients: 1, suppressed: false },
    ]);
    const beleid: Caller = { ...haven, roles: ['beleid'] };
    expect((await occupancy.bedNights({ ...period, groupBy: 'organisation' }, beleid)).groups).toEqual([
      { key: 'brug', organisationId: 'brug', available: 14, occupied: 0, onLeave: 0, clients: 0, suppressed: false },
      { key: 'haven', organisationId: 'haven', available: 28, suppressed: true },
    ]);
    const months = await occupancy.bedNights(
      { from: d('2026-05-20'), until: d('2026-06-11'), groupBy: 'month' },
      haven,
    );
    expect(months.groups.map(({ key, available, occupied }) => [key, available, occupied])).toEqual([
      ['2026-05', 24, 0],
      ['2026-06', 20, 10],
    ]);
    const heavy = { ...period, groupBy: 'month', zwaarte: 'heavy' } as const;
    expect((await occupancy.bedNights(heavy, haven)).groups).toMatchObject([
      { key: '2026-06', available: 14, occupied: 0 },
    ]);
    const medium = { ...period, groupBy: 'month', zwaarte: 'medium', kind: 'opvang', clusterId: 'haven-1' } as const;
    expect((await occupancy.bedNights(medium, haven)).groups).toMatchObject([{ available: 14, occupied: 14 }]);
    const outside = { ...period, groupBy: 'kind', fundingFrame: 'outside-chain' } as const;
    expect((await occupancy.bedNights(outside, haven)).groups).toEqual([]);
    const future = { from: d('2026-06-01'), until: d('2026-06-16'), groupBy: 'kind' } as const;
    await expect(occupancy.bedNights(future, haven)).rejects.toMatchObject({ code: 'period-in-future' });
  });

  it('lists who stays on a place of another weight', async () => {
    const sealed = await occupancy.mismatches({}, haven);
    expect(opened(sealed).items).toEqual([
      expect.objectContaining({
        clientId: 'noor',
        placeId: 'A',
        clientZwaarte: 'heavy',
        placeZwaarte: 'medium',
        match: 'place-too-light',
        since: '2026-06-01',
      }),
    ]);
  });

  describe('for a regisseur with a client who is in the caseload by name', () => {
    const noors = aRegisseur([], ['noor']);
    const whole = { from: d('2026-01-01'), until: d('2026-12-31') };

    it('show the place where the client is, and nobody else by identity', async () => {
      await world.do({ kind: 'arrival', clientId: 'sem', placeId: 'B', from: d('2026-06-02') }, haven);
      const sealed = await occupancy.onDate({}, noors);
      expect(sealed.subjects).toEqual([{ clientId: 'noor', ground: 'own-caseload' }]);
      const { items, counts, total } = opened(sealed);
      expect(items).toEqual([
        expect.objectContaining({
          placeId: 'A',
          state: 'on-leave',
          stay: expect.objectContaining({ clientId: 'noor' }),
        }),
      ]);
      expect([counts['on-leave'], total]).toEqual([1, 1]);
      expect(opened(await occupancy.onDate({ on: d('2026-05-31') }, noors)).items).toEqual([]);
      expect(opened(await occupancy.mismatches({}, noors)).items).toMatchObject([{ clientId: 'noor', placeId: 'A' }]);
      const both = aRegisseur(['brug-1'], ['noor']);
      expect(
        opened(await occupancy.onDate({}, both))
          .items.map(({ placeId }) => placeId)
          .sort(),
      ).toEqual(['A', 'X']);
    });

    it('give the board of that cluster with that place only, and who stayed there before unnamed', async () => {
      await world.do(
        { kind: 'departure', clientId: 'noor', date: d('2026-06-15'), reason: 'other', destination: 'family' },
        haven,
      );
      await world.do({ kind: 'arrival', clientId: 'sem', placeId: 'A', from: d('2026-06-15') }, haven);
      const sealed = await occupancy.board({ clusterId: 'haven-1', ...whole }, noors);
      expect(sealed.subjects.map(({ clientId }) => clientId)).toEqual(['noor']);
      const { items, total } = opened(sealed);
      expect(total).toBe(1);
      expect(items.map(({ placeId, bars }) => [placeId, bars.map(({ clientId }) => clientId)])).toEqual([
        ['A', ['noor', undefined]],
      ]);
      const later = { clusterId: 'haven-1', from: d('2026-06-15'), until: d('2026-12-31') };
      expect(opened(await occupancy.board(later, noors)).items).toEqual([]);
    });

    it('stay closed for other roles, and for clusters where no such client ever was', async () => {
      const named: Caller = { ...brug, clientIds: ['noor'] };
      expect(opened(await occupancy.onDate({}, named)).items.map(({ placeId }) => placeId)).toEqual(['X']);
      const outsiders: Caller[] = [
        named,
        { ...noors, roles: ['klantmanager'] },
        aRegisseur([], ['zoe']),
        aRegisseur([]),
      ];
      for (const caller of outsiders) {
        await expect(occupancy.board({ clusterId: 'haven-1', ...whole }, caller)).rejects.toMatchObject({
          code: 'not-found',
        });
      }
      expect(opened(await occupancy.onDate({}, { ...noors, roles: ['beheerder'] })).items).toEqual([]);
    });
  });
});
