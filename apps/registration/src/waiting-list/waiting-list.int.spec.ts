import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { CloudEvent } from '#contracts/fact.js';
import { waitingListChanged, type WaitingListChanged } from '#contracts/registration/facts.js';
import type { RegisterWaiting } from '#contracts/registration/waiting-list.js';
import type { OutboxEntry } from '#messaging/outbox.js';
import { Claims } from '#persistence/claims.js';
import { engines, uniqueName } from '#testing/engines.js';
import { Creations } from '../creations.js';
import { aClient, aManager, aPlaceDocument, aRegisseur, opened, StaysWorld } from '../stays/stays-world.fixture.js';
import { OffersService } from './offers.service.js';
import { WaitingListRepository } from './waiting-list.repository.js';
import { WaitingListService } from './waiting-list.service.js';
import { WaitingListWriter } from './waiting-list-writer.js';

const d = parseCivilDate;
const haven = aManager('haven');
const brug = aManager('brug');
let world: StaysWorld;
let list: WaitingListService;
let offers: OffersService;

const wish = { kind: 'opvang', zwaarte: 'medium', urgency: 'regular' } as const;
const register = (clientId: string, over: Partial<RegisterWaiting> = {}, caller = haven) =>
  list.register({ clientId, ...wish, ...over }, caller);
const row = async (caller = haven) => opened(await list.list({}, caller)).items;

/** The facts of the waiting list, by entry and version. */
async function facts(): Promise<WaitingListChanged[]> {
  const entries = await world.database.connection
    .collection<OutboxEntry & { event: CloudEvent<WaitingListChanged> }>('outbox')
    .find({ 'event.type': waitingListChanged.type })
    .sort({ _id: 1 })
    .toArray();
  return entries.map(({ event }) => event.data);
}

beforeAll(async () => {
  const { mongoUrl } = await engines();
  world = StaysWorld.on(mongoUrl, uniqueName('waiting'));
  const repository = new WaitingListRepository(world.database, new Claims(world.database));
  const writer = new WaitingListWriter(
    repository,
    world.repository,
    world.unitOfWork,
    world.outbox,
    world.accessLog,
    world.clock,
  );
  list = new WaitingListService(repository, writer, world.repository, new Creations(world.unitOfWork), world.clock);
  offers = new OffersService(repository, writer, world.repository, world.service, world.clock);
  await world.ready();
});

afterAll(async () => {
  await world.close();
});

beforeEach(async () => {
  await world.clear();
  for (const collection of ['waiting_entries', 'claims']) {
    await world.database.connection.collection(collection).deleteMany({});
  }
  world.clock.moveTo(new Date('2026-06-15T08:00:00Z'));
  const of = (organisationId: string) => ({
    registeredByOrganisationId: organisationId,
    relatedOrganisationIds: [organisationId],
  });
  await world.seed(
    [aClient('noor', of('haven')), aClient('sem', of('haven')), aClient('zoe', of('brug'))],
    [
      aPlaceDocument('A', { organisationId: 'haven', clusterId: 'haven-1' }),
      aPlaceDocument('X', { organisationId: 'brug', clusterId: 'brug-1' }),
    ],
  );
});

describe('the row', () => {
  it('is in order of urgency and waiting time, and names own clients only', async () => {
    await register('noor', { since: d('2026-06-01') });
    await register('sem', { since: d('2026-05-01') });
    await register('zoe', { urgency: 'crisis' }, brug);
    expect((await row()).map(({ clientId, position }) => [clientId, position])).toEqual([
      [undefined, 1],
      ['sem', 2],
      ['noor', 3],
    ]);
    const sealed = await list.list({ limit: 2 }, haven);
    expect(sealed.subjects).toEqual([{ clientId: 'sem', ground: 'own-institution' }]);
    const next = opened(await list.list({ limit: 2, cursor: opened(sealed).nextCursor }, haven));
    expect(next.items.map(({ clientId }) => clientId)).toEqual(['noor']);
    expect(opened(await list.list({ clientId: 'zoe' }, haven)).items).toEqual([]);
  });

  it('has a client once, also when two ask at the same moment', async () => {
    const both = await Promise.allSettled([register('noor'), register('noor')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(register('noor')).rejects.toMatchObject({ code: 'already-waiting' });
    await expect(register('zoe')).rejects.toMatchObject({ code: 'not-found' });
    expect(await facts()).toHaveLength(1);
  });

  it('takes a repeated request once', async () => {
    const first = await register('noor', { idempotencyKey: 'k' });
    expect(await register('noor', { idempotencyKey: 'k' })).toEqual(first);
    await expect(register('sem', { idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });
});

describe('an offer', () => {
  const offerTo = (entryId: string, caller = haven, over: object = {}) =>
    offers.offer({ entryId, placeId: 'A', answerBy: d('2026-06-20'), from: d('2026-06-25'), ...over }, caller);

  it('keeps the place free, and becomes a reservation in one step', async () => {
    const { entryId } = await register('zoe', {}, brug);
    const { offerId, clientId } = await offerTo(entryId);
    expect(clientId).toBeUndefined();
    const arrival = { kind: 'arrival', clientId: 'noor', placeId: 'A', from: d('2026-06-15') } as const;
    expect(await world.try(arrival, haven)).toBe('place-offered');
    const accept = { entryId, offerId: offerId!, idempotencyKey: 'yes' };
    await expect(offers.accept(accept, haven)).rejects.toMatchObject({ code: 'not-found' });
    const placed = await offers.accept(accept, brug);
    expect(placed).toMatchObject({ status: 'placed', clientId: 'zoe', version: 3 });
    const zoe = await world.client('zoe');
    expect(zoe.ledger.stays).toMatchObject([{ placeId: 'A', from: '2026-06-25', reserved: true }]);
    expect(zoe.relatedOrganisationIds).toEqual(['haven']);
    const place = await world.place('A');
    expect(place.ledger.offer).toBeUndefined();
    expect(place.ledger.occupations).toMatchObject([{ clientId: 'zoe', reserved: true }]);
    expect((await facts()).map(({ change, version }) => [change, version])).toEqual([
      ['registered', 1],
      ['offered', 2],
      ['accepted', 3],
    ]);
    expect(await world.facts()).toMatchObject([{ data: { kind: 'reservation', clientId: 'zoe' } }]);
    expect(placed.changeId).toBe(zoe.ledger.changes[0]!.changeId);
    // The same request gives the same answer, though the client is the receiving institution's by now.
    expect(await offers.accept(accept, brug)).toEqual(placed);
    expect(await row(brug)).toEqual([]);
  });

  it('is repeated without doubling', async () => {
    const { entryId } = await register('noor');
    const first = await offerTo(entryId, haven, { idempotencyKey: 'k' });
    expect(await offerTo(entryId, haven, { idempotencyKey: 'k' })).toEqual(first);
    const other = { idempotencyKey: 'k', answerBy: d('2026-06-21') };
    await expect(offerTo(entryId, haven, other)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    const accept = { entryId, offerId: first.offerId!, idempotencyKey: 'yes' };
    const placed = await offers.accept(accept, haven);
    expect(await offers.accept(accept, haven)).toEqual(placed);
    await expect(offers.accept({ entryId, offerId: first.offerId! }, haven)).rejects.toMatchObject({
      code: 'offer-not-open',
    });
    expect(await world.facts()).toHaveLength(1);
  });

  it('is for one at a time, for a free place of the kind, by who may', async () => {
    const noor = await register('noor');
    const sem = await register('sem');
    await expect(offerTo(noor.entryId, brug)).rejects.toMatchObject({ code: 'other-organisation' });
    await expect(offerTo(noor.entryId, aRegisseur([], ['noor']))).resolves.toMatchObject({ status: 'offered' });
    await expect(offerTo(noor.entryId)).rejects.toMatchObject({ code: 'entry-has-open-offer' });
    await expect(offerTo(sem.entryId)).rejects.toMatchObject({ code: 'place-has-open-offer' });
    await expect(offerTo('nothing')).rejects.toMatchObject({ code: 'unknown-waiting-entry' });
    await expect(offerTo(sem.entryId, haven, { placeId: 'nowhere' })).rejects.toMatchObject({ code: 'unknown-place' });
  });

  it('made to two people at the same moment reaches one', async () => {
    const entries = await Promise.all([register('noor'), register('sem')]);
    const made = await Promise.allSettled(entries.map(({ entryId }) => offerTo(entryId)));
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('that is declined frees the place, and the client waits on', async () => {
    const { entryId } = await register('noor');
    const { offerId } = await offerTo(entryId);
    const decline = { entryId, offerId: offerId!, reason: 'location' } as const;
    await expect(offers.decline(decline, brug)).rejects.toMatchObject({ code: 'not-found' });
    expect(await offers.decline(decline, haven)).toMatchObject({ status: 'waiting' });
    expect((await world.place('A')).ledger.offer).toBeUndefined();
    const [entry] = await row();
    expect(entry).toMatchObject({ position: 1, offers: [{ status: 'declined', declineReason: 'location' }] });
  });

  it('expires after its last day: at once for who reads, and written by the sweep', async () => {
    const { entryId } = await register('noor');
    await offerTo(entryId);
    world.clock.moveTo(new Date('2026-06-20T20:00:00Z'));
    expect(await offers.expireOverdue(10)).toBe(0);
    world.clock.moveTo(new Date('2026-06-21T08:00:00Z'));
    const [seen] = await row();
    expect(seen).toMatchObject({ status: 'waiting', offers: [{ status: 'expired' }], version: 2 });
    const swept = await Promise.all([offers.expireOverdue(10), offers.expireOverdue(10)]);
    expect(swept[0] + swept[1]).toBe(1);
    expect((await world.place('A')).ledger.offer).toBeUndefined();
    expect((await facts()).at(-1)).toMatchObject({ change: 'expired', version: 3, placeId: 'A' });
    const again = { from: d('2026-06-25'), answerBy: d('2026-06-24') };
    expect(await offerTo(entryId, haven, again)).toMatchObject({ status: 'offered' });
  });

  it('is withdrawn with the entry', async () => {
    const { entryId, version } = await register('noor');
    await offerTo(entryId);
    const withdraw = { entryId, reason: 'housed-elsewhere' } as const;
    await expect(list.withdraw({ ...withdraw, expectedVersion: version }, haven)).rejects.toMatchObject({
      code: 'stale-version',
    });
    await expect(list.withdraw(withdraw, brug)).rejects.toMatchObject({ code: 'not-found' });
    expect(await list.withdraw(withdraw, haven)).toMatchObject({ status: 'withdrawn' });
    expect((await world.place('A')).ledger.offer).toBeUndefined();
    expect(await row()).toEqual([]);
    expect(opened(await list.list({ status: 'withdrawn' }, haven)).items).toHaveLength(1);
    await expect(register('noor')).resolves.toMatchObject({ status: 'waiting' });
  });
});
