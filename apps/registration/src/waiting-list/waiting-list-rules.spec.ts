import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#calendar/civil-date.js';
import { placeKinds, waitingUrgencies, zwaartes } from '#contracts/codes.js';
import { defaultPlanningHorizonDays } from '../stays/housing-commands.js';
import { emptyClientLedger } from '../stays/housing-types.js';
import type { PlaceLedger } from '../stays/housing-types.js';
import { HousingWorld, aPlace, d } from '../stays/housing-world.fixture.js';
import {
  accept,
  compareEntries,
  decline,
  expire,
  isOfferOverdue,
  isOpen,
  offer,
  positionsOf,
  register,
  withdraw,
} from './waiting-list-rules.js';
import { defaultWaitingSettings } from './waiting-list-types.js';
import type { WaitingEntry } from './waiting-list-types.js';

const today = d('2026-06-15');
const context = {
  now: new Date('2026-06-15T08:00:00Z'),
  today,
  personId: 'person-1',
  recordedBy: 'person-1',
  channel: 'person' as const,
  newIdFor: (name: string) => `${name}-new`,
  birthDates: new Map(),
  planningHorizonDays: defaultPlanningHorizonDays,
  settings: defaultWaitingSettings,
};
const later = (days: number) => ({ ...context, today: addDays(today, days) });
const command = { clientId: 'noor', kind: 'opvang', zwaarte: 'light', urgency: 'regular' } as const;
const answerBy = d('2026-06-18');
const from = d('2026-06-20');

let entry: WaitingEntry;
let place: PlaceLedger;

beforeEach(() => {
  entry = register({ ...command, since: d('2026-05-01') }, [], context);
  place = aPlace('A');
});

/** An entry with an open offer, and the place that is kept free. */
function offered(): { entry: WaitingEntry; place: PlaceLedger; offerId: string } {
  const decision = offer({ from, answerBy }, entry, place, context);
  return { entry: decision.entry, place: decision.place!, offerId: decision.entry.offers[0]!.offerId };
}
const stateWith = (...places: PlaceLedger[]) => ({ clients: [emptyClientLedger('noor')], places });

describe('registering', () => {
  it('makes an entry that waits since today unless said otherwise', () => {
    expect(register(command, [], context)).toMatchObject({ since: today, status: 'waiting', version: 1, offers: [] });
    expect(() => register({ ...command, since: addDays(today, 1) }, [], context)).toThrow('waiting-since-in-future');
  });

  it('is refused twice for the same kind and zwaarte, as long as the first is open', () => {
    expect(() => register(command, [entry], context)).toThrow('already-waiting');
    expect(register({ ...command, zwaarte: 'heavy' }, [entry], context).zwaarte).toBe('heavy');
    const { entry: closed } = withdraw({ reason: 'no-longer-needed' }, entry, undefined, context);
    expect(isOpen(register(command, [closed], context))).toBe(true);
  });
});

describe('an offer', () => {
  it('stands in the entry and keeps the place free', () => {
    const made = offered();
    expect(made.entry).toMatchObject({
      status: 'offered',
      version: 2,
      offers: [{ placeId: 'A', status: 'open', from }],
    });
    expect(made.place).toMatchObject({ version: 2, offer: { clientId: 'noor', offerId: 'offer-new', answerBy } });
  });

  it('keeps others off the place, until the last day to answer has passed', () => {
    const world = new HousingWorld('2026-06-15', [offered().place]);
    const reserve = (clientId: string) =>
      world.try({ kind: 'reservation', clientId, placeId: 'A', from: addDays(world.today, 10) });
    const arrive = (until: string) =>
      world.try({ kind: 'arrival', clientId: 'kim', placeId: 'A', from: today, until: d(until) });
    expect(reserve('sem')).toBe('place-offered');
    expect(arrive('2026-06-21')).toBe('place-offered');
    expect(arrive('2026-06-20')).toBe('accepted');
    world.today = d('2026-06-19');
    expect(reserve('sem')).toBe('accepted');
  });

  it('is refused while another one is open, of the entry or of the place', () => {
    const made = offered();
    expect(() => offer({ answerBy }, made.entry, aPlace('B'), context)).toThrow('entry-has-open-offer');
    const sem = register({ ...command, clientId: 'sem' }, [], context);
    expect(() => offer({ answerBy }, sem, made.place, context)).toThrow('place-has-open-offer');
    const overdue = later(4);
    expect(offer({ answerBy: overdue.today }, sem, made.place, overdue).place?.offer?.clientId).toBe('sem');
  });

  it('is refused for another kind of place, a place that is not free, or impossible dates', () => {
    const refuse =
      (over: object, target = place) =>
      () =>
        offer({ from, answerBy, ...over }, entry, target, context);
    expect(refuse({}, aPlace('B', { kind: 'crisis' }))).toThrow('place-kind-differs');
    expect(refuse({}, aPlace('B', { closedFrom: d('2026-12-01') }))).toThrow('place-not-free');
    expect(refuse({ from: today })).toThrow('reservation-in-past');
    expect(refuse({ answerBy: d('2026-06-14') })).toThrow('answer-date-in-past');
    expect(refuse({ expectedVersion: 7 })).toThrow('stale-version');
    expect(refuse({}, aPlace('B', { zwaarte: 'heavy' }))).not.toThrow();
  });
});

describe('an answer', () => {
  it('that accepts leads to the reservation, and frees the place of its offer', () => {
    const made = offered();
    const { entry: placed, command: reservation, housing } = accept(made, made.entry, stateWith(made.place), context);
    expect(placed).toMatchObject({ status: 'placed', version: 3, offers: [{ status: 'accepted' }] });
    expect(reservation).toEqual({ kind: 'reservation', clientId: 'noor', placeId: 'A', from });
    expect(housing.changes).toMatchObject([{ kind: 'reservation', version: 1 }]);
    expect(housing.places).toMatchObject([{ version: 3, occupations: [{ clientId: 'noor', from, reserved: true }] }]);
    expect(housing.places[0]).not.toHaveProperty('offer');
  });

  it('on the day itself reserves from tomorrow, and after the last day is refused', () => {
    const made = offer({ answerBy: d('2026-06-25'), from }, entry, place, context);
    const answer = { offerId: 'offer-new' };
    expect(accept(answer, made.entry, stateWith(made.place!), later(6)).command.from).toBe('2026-06-22');
    expect(() => accept(answer, made.entry, stateWith(made.place!), later(11))).toThrow('answer-date-passed');
  });

  it('is refused when the client is housed for good meanwhile', () => {
    const made = offered();
    const world = new HousingWorld('2026-06-15', [aPlace('B')]);
    world.do({ kind: 'reservation', clientId: 'noor', placeId: 'B', from });
    const state = { clients: [world.ledger('noor')], places: [made.place, world.place('B')] };
    expect(() => accept(made, made.entry, state, context)).toThrow('client-already-reserved');
  });

  it('that declines keeps the position, or not, by the setting', () => {
    const made = offered();
    const declining = { ...made, reason: 'location' } as const;
    const kept = decline(declining, made.entry, made.place, context);
    expect(kept.entry).toMatchObject({ status: 'waiting', rankedFrom: '2026-05-01' });
    expect(kept.entry.offers).toMatchObject([{ status: 'declined', declineReason: 'location' }]);
    expect(kept.place).not.toHaveProperty('offer');
    const strict = { ...context, settings: { declinedKeepsPosition: false } };
    expect(decline(declining, made.entry, made.place, strict).entry.rankedFrom).toBe(today);
  });

  it('can be given once', () => {
    const made = offered();
    const declined = decline({ ...made, reason: 'safety' }, made.entry, made.place, context);
    expect(() => accept(made, declined.entry, stateWith(place), context)).toThrow('offer-not-open');
    expect(() => accept({ offerId: 'none' }, made.entry, stateWith(place), context)).toThrow('unknown-offer');
  });
});

describe('the end of an offer or entry', () => {
  it('comes by the clock after the last day to answer', () => {
    const made = offered();
    expect(isOfferOverdue(made.entry, answerBy)).toBe(false);
    expect(() => expire(made, made.entry, made.place, later(3))).toThrow('offer-not-due');
    expect(isOfferOverdue(made.entry, addDays(answerBy, 1))).toBe(true);
    const expired = expire(made, made.entry, made.place, later(4));
    expect(expired.entry).toMatchObject({
      status: 'waiting',
      rankedFrom: '2026-05-01',
      offers: [{ status: 'expired' }],
    });
    expect(expired.place).not.toHaveProperty('offer');
  });

  it('leaves alone an offer to someone else that came after', () => {
    const made = offered();
    const other = { ...made.place, offer: { ...made.place.offer!, offerId: 'other' } };
    expect(expire(made, made.entry, other, later(4)).place).toBeUndefined();
  });

  it('comes with withdrawing, which also withdraws the offer', () => {
    const made = offered();
    const gone = withdraw({ reason: 'wish-of-client' }, made.entry, made.place, context);
    expect(gone.entry).toMatchObject({
      status: 'withdrawn',
      withdrawalReason: 'wish-of-client',
      offers: [{ status: 'withdrawn' }],
    });
    expect(gone.place?.version).toBe(3);
    expect(() => withdraw({ reason: 'other' }, gone.entry, undefined, context)).toThrow('waiting-entry-closed');
  });
});

describe('the order', () => {
  const anEntry = fc.record({
    entryId: fc.uuid(),
    kind: fc.constantFrom(...placeKinds.slice(0, 2)),
    zwaarte: fc.constantFrom(...zwaartes),
    urgency: fc.constantFrom(...waitingUrgencies),
    since: fc.integer({ min: -5, max: 0 }).map((days) => addDays(today, days)),
    status: fc.constantFrom('waiting', 'offered', 'placed', 'withdrawn'),
  });
  const entries = fc
    .uniqueArray(anEntry, { selector: ({ entryId }) => entryId })
    .map((list) => list.map((over): WaitingEntry => ({ ...entry, ...over, rankedFrom: over.since })));

  it('is by urgency, then by waiting', () => {
    const urgent: WaitingEntry = { ...entry, entryId: 'u', urgency: 'urgent', rankedFrom: today };
    const longer: WaitingEntry = { ...entry, entryId: 'l', rankedFrom: d('2026-01-01') };
    const sorted = [entry, longer, urgent].sort(compareEntries).map(({ entryId }) => entryId);
    expect(sorted).toEqual(['u', 'l', 'entry-new']);
  });

  it('gives each open entry one position in its own row, whatever order they come in', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const positions = positionsOf(list);
        expect([...positionsOf(list.toReversed())].sort()).toEqual([...positions].sort());
        expect([...positions.keys()].sort()).toEqual(
          list
            .filter(isOpen)
            .map(({ entryId }) => entryId)
            .sort(),
        );
        for (const one of list.filter(isOpen)) {
          const row = list.filter((other) => isOpen(other) && other.kind === one.kind && other.zwaarte === one.zwaarte);
          const before = row.filter((other) => compareEntries(other, one) < 0);
          expect(positions.get(one.entryId)).toBe(before.length + 1);
        }
      }),
    );
  });
});
