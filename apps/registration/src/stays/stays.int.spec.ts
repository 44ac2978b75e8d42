import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, parseCivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { engines, uniqueName } from '#testing/engines.js';
import { ClientHousingService } from './client-housing.service.js';
import type { HousingCommand } from './housing-commands.js';
import { aManager, aRegisseur, opened, StaysWorld } from './stays-world.fixture.js';

const d = parseCivilDate;
let world: StaysWorld;
let housing: ClientHousingService;

const arrival = { kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-01') } as const;
const haven = aManager('haven');
const brug = aManager('brug');
const system: Caller = {
  kind: 'system',
  personId: 'e-vita',
  roles: [],
  organisationId: 'haven',
  clusterIds: [],
  clientIds: [],
};

beforeAll(async () => {
  const { mongoUrl } = await engines();
  world = StaysWorld.on(mongoUrl, uniqueName('stays'));
  housing = new ClientHousingService(world.repository, world.clock);
  await world.ready();
});

afterAll(async () => {
  await world.close();
});

beforeEach(async () => {
  await world.clear();
  await world.seedChain();
});

describe('a housing change', () => {
  it('stores ledgers, summary, relations, one fact and one access-log entry together', async () => {
    const { changes, repeated } = await world.do(arrival, haven);
    expect(repeated).toBe(false);
    expect(changes).toMatchObject([{ clientId: 'noor', version: 1, recordedBy: 'manager-haven', channel: 'person' }]);
    const noor = await world.client('noor');
    expect(noor.ledger).toMatchObject({ version: 1, stays: [{ placeId: 'A' }], changes: [{ version: 1 }] });
    expect(noor.housing).toMatchObject({ status: 'housed', placeId: 'A', since: '2026-06-01' });
    expect(noor.relatedClusterIds).toEqual(['haven-1']);
    expect(noor.version).toBe(1);
    expect((await world.place('A')).ledger).toMatchObject({ version: 1, occupations: [{ clientId: 'noor' }] });
    expect(await world.facts()).toMatchObject([
      { partitionkey: 'noor', sequence: '1', data: { kind: 'arrival', placeId: 'A', clusterId: 'haven-1' } },
    ]);
    const entries = await world.entries();
    expect(entries.map(({ event }) => event.data)).toContainEqual(
      expect.objectContaining({
        actorId: 'manager-haven',
        action: 'update',
        operation: 'registration.stays.record',
        subjects: [{ clientId: 'noor', ground: 'own-institution' }],
      }),
    );
    expect(entries).toHaveLength(2);
  });

  it('that is refused leaves nothing', async () => {
    await world.do(arrival, haven);
    const before = [await world.client('sem'), await world.place('A'), (await world.entries()).length];
    expect(await world.try({ ...arrival, clientId: 'sem' }, haven)).toBe('place-occupied');
    expect(await world.try({ ...arrival, clientId: 'noor', from: d('2007-01-01') }, haven)).toBe('before-birth');
    expect(await world.try({ ...arrival, clientId: 'sem', placeId: 'nowhere' }, haven)).toBe('unknown-place');
    expect([await world.client('sem'), await world.place('A'), (await world.entries()).length]).toEqual(before);
  });

  it('of who saw another version is refused', async () => {
    await world.do(arrival, haven);
    const move = { kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-05') } as const;
    expect(await world.try({ ...move, expectedVersion: 0 }, haven)).toBe('stale-version');
    expect(await world.try({ ...move, expectedVersion: 1 }, haven)).toBe('accepted');
  });

  it('lets two clients swap in one step, and takes both halves back', async () => {
    await world.do(arrival, haven);
    await world.do({ ...arrival, clientId: 'sem', placeId: 'B' }, haven);
    const swap = {
      kind: 'swap',
      date: d('2026-06-10'),
      first: { clientId: 'noor' },
      second: { clientId: 'sem' },
    } as const;
    const { changes } = await world.do(swap, haven);
    expect((await world.client('noor')).housing.placeId).toBe('B');
    expect((await world.client('sem')).housing.placeId).toBe('A');
    const changeId = changes[0]!.changeId;
    const undone = await world.service.undo({ clientId: 'noor', changeId }, haven, { channel: 'person' });
    expect(undone.changes.map(({ clientId }) => clientId)).toEqual(['noor', 'sem']);
    expect((await world.client('sem')).housing.placeId).toBe('B');
    expect(await world.facts()).toHaveLength(6);
  });
});

describe('a repeated request', () => {
  const request = { scope: 'person:manager-haven', key: 'key-1' };

  it('gives the same answer and writes nothing', async () => {
    const first = await world.do(arrival, haven, request);
    const entries = (await world.entries()).length;
    const again = await world.do(arrival, haven, request);
    expect(again).toEqual({ changes: [expect.objectContaining(first.changes[0]!)], repeated: true });
    expect((await world.client('noor')).ledger.version).toBe(1);
    expect(await world.entries()).toHaveLength(entries);
  });

  it('gives the same answer after the version moved on', async () => {
    await world.do({ ...arrival, expectedVersion: 0 }, haven, request);
    await world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-05') }, haven);
    expect((await world.do({ ...arrival, expectedVersion: 0 }, haven, request)).repeated).toBe(true);
  });

  it('is refused with another content, also for another client', async () => {
    await world.do(arrival, haven, request);
    const reused = 'idempotency-key-reused';
    expect(await world.try({ ...arrival, from: d('2026-06-02') }, haven, request)).toBe(reused);
    expect(await world.try({ ...arrival, clientId: 'sem', placeId: 'B' }, haven, request)).toBe(reused);
    expect((await world.client('sem')).ledger.version).toBe(0);
    expect((await world.place('B')).ledger.version).toBe(0);
  });

  it('made sixteen times at once is carried out once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => world.do(arrival, haven, request)));
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(outcomes.map(({ changes }) => changes[0]?.changeId)).size).toBe(1);
    expect(await world.facts()).toHaveLength(1);
  });
});

describe('requests at the same moment', () => {
  const at = (clientId: string, placeId: string) => ({ ...arrival, clientId, placeId });

  it('are each decided by themselves, also on the same place and client', async () => {
    const outcomes = await Promise.all([
      world.try(at('noor', 'A'), haven),
      world.try(at('sem', 'A'), haven),
      world.try(at('sem', 'B'), haven),
      world.try(at('noor', 'B'), haven),
      world.try({ kind: 'move', clientId: 'sem', placeId: 'nowhere', date: d('2026-06-05') }, haven),
      world.try({ kind: 'leave', clientId: 'sem', from: d('2026-06-10'), reason: 'holiday' }, haven),
      world.try(at('zoe', 'X'), brug),
    ]);
    expect(outcomes).toEqual([
      'accepted',
      'place-occupied',
      'accepted',
      'client-already-housed',
      'unknown-place',
      'accepted',
      'accepted',
    ]);
    expect((await world.client('sem')).ledger).toMatchObject({ version: 2, changes: [{ version: 1 }, { version: 2 }] });
    expect((await world.place('B')).ledger).toMatchObject({ version: 2, occupations: [{ leaves: [{}] }] });
    expect(await world.facts()).toHaveLength(4);
    expect(await world.entries()).toHaveLength(8);
  });

  it('do not suffer from one whose key was used before', async () => {
    const request = { scope: 'person:manager-haven', key: 'used' };
    await world.do({ ...at('noor', 'A'), until: d('2026-06-02') }, haven, request);
    const outcomes = await Promise.all([
      world.try(at('zoe', 'X'), brug),
      world.try(at('sem', 'B'), haven, request),
      world.try({ ...at('noor', 'A'), from: d('2026-06-03') }, haven),
    ]);
    expect(outcomes).toEqual(['accepted', 'idempotency-key-reused', 'accepted']);
    expect((await world.client('sem')).ledger.version).toBe(0);
    expect(await world.facts()).toHaveLength(3);
  });
});

describe('access', () => {
  it('an institution brings clients to its own places only', async () => {
    expect(await world.try({ ...arrival, placeId: 'X' }, haven)).toBe('other-organisation');
    expect(await world.try(arrival, brug)).toBe('not-found');
    expect(await world.try({ ...arrival, clientId: 'zoe' }, haven)).toBe('accepted');
  });

  it('a transfer is recorded by the sending side, or by the regisseur of the receiving cluster', async () => {
    const move = { kind: 'move', clientId: 'noor', placeId: 'X', date: d('2026-06-10') } as const;
    await world.do(arrival, haven);
    expect(await world.try(move, aManager('elders'))).toBe('not-found');
    expect(await world.try(move, brug)).toBe('client-of-other-institution');
    expect(await world.try(move, haven)).toBe('accepted');
    const back = { kind: 'move', clientId: 'noor', placeId: 'A', date: d('2026-06-12') } as const;
    expect(await world.try(back, brug)).toBe('accepted');
    expect((await world.client('noor')).relatedOrganisationIds).toEqual(['haven']);
    const again = { ...move, date: d('2026-06-13') };
    expect(await world.try(again, aRegisseur(['brug-1']))).toBe('accepted');
    expect((await world.client('noor')).relatedOrganisationIds).toEqual(['brug']);
  });

  it('who only has a reservation does not record leave or departure elsewhere', async () => {
    await world.do(arrival, haven);
    await world.do({ kind: 'reservation', clientId: 'noor', placeId: 'X', from: d('2026-07-01') }, haven);
    const leave = { kind: 'leave', clientId: 'noor', from: d('2026-06-10'), reason: 'holiday' } as const;
    expect(await world.try(leave, brug)).toBe('other-organisation');
    const stayId = (await world.client('noor')).ledger.stays[0]!.stayId;
    const correction = { kind: 'correction', clientId: 'noor', stayId, reason: 'wrong-place' } as const;
    expect(await world.try({ ...correction, placeId: 'X' }, haven)).toBe('other-organisation');
    expect(await world.try(leave, haven)).toBe('accepted');
  });

  it('a regisseur works in the caseload, by cluster or by client', async () => {
    expect(await world.try(arrival, aRegisseur([]))).toBe('not-found');
    expect(await world.try(arrival, aRegisseur(['haven-1']))).toBe('accepted');
    expect(await world.try({ ...arrival, clientId: 'zoe', placeId: 'X' }, aRegisseur([], ['zoe']))).toBe('accepted');
    const move = { kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-05') } as const;
    expect(await world.try(move, aRegisseur(['brug-1']))).toBe('not-found');
  });

  it('a connected system works for its institution', async () => {
    expect(await world.try(arrival, system)).toBe('accepted');
    expect(await world.try({ ...arrival, clientId: 'zoe', placeId: 'X' }, system)).toBe('not-found');
  });

  it('other roles have no client at all', async () => {
    for (const role of ['beheerder', 'beleid', 'klantmanager'] as const) {
      const caller: Caller = { ...haven, roles: [role] };
      expect(await world.try(arrival, caller)).toBe('not-found');
      await expect(housing.get({ clientId: 'noor' }, caller)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('undo', () => {
  it('is for the last change, by who made it', async () => {
    const { changes } = await world.do(arrival, haven);
    const undo = (caller: Caller, changeId = changes[0]!.changeId) =>
      world.service.undo({ clientId: 'noor', changeId }, caller, { channel: 'person' });
    await expect(undo(aManager('haven', 'colleague'))).rejects.toMatchObject({ code: 'undo-not-own-change' });
    await expect(undo(haven, 'nothing')).rejects.toMatchObject({ code: 'unknown-change' });
    await world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-05') }, haven);
    await expect(undo(haven)).rejects.toMatchObject({ code: 'undo-not-last-change', params: { version: 2 } });
    const last = (await world.client('noor')).ledger.changes.at(-1)!;
    await undo(haven, last.changeId);
    expect((await world.client('noor')).housing.placeId).toBe('A');
  });
});

describe('the history of a client', () => {
  it('shows stays and changes, and how it was known earlier', async () => {
    await world.do(arrival, haven);
    await world.do({ kind: 'move', clientId: 'noor', placeId: 'B', date: d('2026-06-05') }, haven);
    const sealed = await housing.get({ clientId: 'noor' }, haven);
    expect(sealed.subjects).toEqual([{ clientId: 'noor', ground: 'own-institution' }]);
    const now = opened(sealed);
    expect(now).toMatchObject({
      version: 2,
      status: 'housed',
      current: { placeId: 'B', state: 'present', zwaarteMatch: 'equal' },
      stays: [{ placeId: 'A', state: 'ended', zwaarteMatch: 'place-too-light' }, { placeId: 'B' }],
    });
    expect(now.changes.map(({ kind, canUndo }) => [kind, canUndo])).toEqual([
      ['move', true],
      ['arrival', false],
    ]);
    const earlier = opened(await housing.get({ clientId: 'noor', atVersion: 1 }, haven));
    expect(earlier).toMatchObject({ version: 1, current: { placeId: 'A' }, changes: [{ canUndo: false }] });
    const before = opened(await housing.get({ clientId: 'noor', asOf: '2026-06-14T00:00:00Z' }, haven));
    expect(before).toMatchObject({ version: 0, status: 'none', stays: [] });
  });

  it('stays small with many leaves, and each change of it can be taken back', async () => {
    await world.do({ ...arrival, from: d('2024-01-01') }, haven);
    const weekends = Array.from({ length: 60 }, (_, week): HousingCommand => {
      const from = addDays(d('2024-01-05'), 7 * week);
      return { kind: 'leave', clientId: 'noor', from, until: addDays(from, 2), reason: 'family-visit' };
    });
    const parts = weekends.map((command) => ({ command, origin: { channel: 'person' } as const }));
    await world.unitOfWork.run((tx) => world.service.executeAllIn(tx, parts, haven));
    await world.do({ kind: 'leave', clientId: 'noor', from: d('2026-06-12'), reason: 'hospital' }, haven);
    const { ledger } = await world.client('noor');
    expect(ledger.changes.map(({ after }) => after[0]?.leaves.length)).toEqual([0, ...Array<number>(61).fill(1)]);
    const shown = opened(await housing.get({ clientId: 'noor' }, haven));
    expect(shown.stays[0]?.leaves).toHaveLength(61);
    expect(JSON.stringify(shown.changes[0]).length).toBeLessThan(1500);
    expect(opened(await housing.get({ clientId: 'noor', atVersion: 31 }, haven)).stays[0]?.leaves).toHaveLength(30);
    await world.service.undo({ clientId: 'noor', changeId: shown.changes[0]?.changeId ?? '' }, haven, {
      channel: 'person',
    });
    expect(opened(await housing.get({ clientId: 'noor' }, haven)).stays[0]?.leaves).toHaveLength(60);
  });
});
