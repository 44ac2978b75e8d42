import { addDays, laterOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { waitingUrgencies } from '#contracts/codes.js';
import type { OfferStatus } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import type { HousingContext, HousingDecision, HousingState, ReservationCommand } from '../stays/housing-commands.js';
import { decide } from '../stays/housing-ledger.js';
import type { PlaceLedger } from '../stays/housing-types.js';
import { isFreeDuring } from '../stays/occupancy.js';
import type {
  AcceptCommand,
  DeclineCommand,
  ExpireCommand,
  Offer,
  OfferCommand,
  RegisterCommand,
  WaitingContext,
  WaitingEntry,
  WithdrawCommand,
} from './waiting-list-types.js';

/**
 * The waiting list per kind of place and zwaarte (domain.md §3). An entry has at most one open offer, and a place too:
 * the open offer also stands in the place's ledger, which every offer and every stay on that place writes.
 */

/** The new entry, and the place's ledger when the offer on it changed; both to be written by their version. */
export interface WaitingDecision {
  readonly entry: WaitingEntry;
  readonly place?: PlaceLedger;
}

/**
 * A new entry.
 * @param others the client's other entries
 * @throws Refusal `already-waiting`, `waiting-since-in-future`
 */
export function register(
  command: RegisterCommand,
  others: readonly WaitingEntry[],
  context: WaitingContext,
): WaitingEntry {
  const { clientId, kind, zwaarte, urgency, since = context.today } = command;
  if (since > context.today) throw Refusal.of('waiting-since-in-future', { fields: ['since'] });
  const same = others.some((other) => isOpen(other) && other.kind === kind && other.zwaarte === zwaarte);
  if (same) throw Refusal.of('already-waiting', { fields: ['kind', 'zwaarte'] });
  return {
    entryId: context.newIdFor('entry'),
    clientId,
    kind,
    zwaarte,
    urgency,
    since,
    rankedFrom: since,
    status: 'waiting',
    offers: [],
    registeredBy: context.personId,
    version: 1,
  };
}

/** Whether the client still waits, with or without an offer. */
export function isOpen({ status }: WaitingEntry): boolean {
  return status === 'waiting' || status === 'offered';
}

/**
 * Offers a place. Another zwaarte than asked is possible, and shown; another kind is not.
 * @throws Refusal `entry-has-open-offer`, `place-has-open-offer`, `place-kind-differs`, `place-not-free`, and for dates
 */
export function offer(
  command: OfferCommand,
  entry: WaitingEntry,
  place: PlaceLedger,
  context: WaitingContext,
): WaitingDecision {
  checkEntry(command, entry);
  const { today } = context;
  const { answerBy, from = addDays(today, 1) } = command;
  const open = openOfferOf(entry);
  if (open !== undefined) throw Refusal.of('entry-has-open-offer', { params: { date: open.answerBy } });
  if (answerBy < today) throw Refusal.of('answer-date-in-past', { fields: ['answerBy'] });
  if (from <= today) throw Refusal.of('reservation-in-past', { fields: ['from'] });
  const fields = ['placeId'];
  if (place.kind !== entry.kind) throw Refusal.of('place-kind-differs', { params: { place: place.label }, fields });
  if (place.offer !== undefined && place.offer.answerBy >= today) {
    throw Refusal.of('place-has-open-offer', { params: { place: place.label }, fields });
  }
  if (!isFreeDuring(place, { from })) {
    throw Refusal.of('place-not-free', { params: { place: place.label, date: from }, fields });
  }
  const { placeId, clusterId, organisationId } = place;
  const offered: Offer = {
    offerId: context.newIdFor('offer'),
    placeId,
    clusterId,
    organisationId,
    from,
    answerBy,
    status: 'open',
    offeredBy: context.personId,
    offeredAt: context.now.toISOString(),
  };
  const { entryId, clientId } = entry;
  return {
    entry: next(entry, { status: 'offered', offers: [...entry.offers, offered] }),
    place: {
      ...place,
      version: place.version + 1,
      offer: { entryId, offerId: offered.offerId, clientId, from, answerBy },
    },
  };
}

/** What accepting an offer leads to: all of it is written in one unit of work, or nothing. */
export interface Acceptance {
  readonly entry: WaitingEntry;
  readonly command: ReservationCommand;
  /** Holds the new ledger of the place, on which the offer is gone. */
  readonly housing: HousingDecision;
}

/**
 * Takes the offer and makes the reservation, from the day offered, or from tomorrow when that day has come.
 * @param state the client's ledger, and the ledgers that the reservation needs
 * @throws Refusal `offer-not-open`, `answer-date-passed`, or what refuses the reservation
 */
export function accept(
  command: AcceptCommand,
  entry: WaitingEntry,
  state: HousingState,
  context: WaitingContext & HousingContext,
): Acceptance {
  const accepted = openOffer(command, entry);
  const { placeId, answerBy } = accepted;
  if (answerBy < context.today) throw Refusal.of('answer-date-passed', { params: { date: answerBy } });
  const from = laterOf(accepted.from, addDays(context.today, 1));
  const reservation: ReservationCommand = { kind: 'reservation', clientId: entry.clientId, placeId, from };
  const places = state.places.map((place) => withoutOffer(place, accepted.offerId));
  return {
    entry: next(entry, { status: 'placed', offers: answered(entry, accepted, 'accepted', context) }),
    command: reservation,
    housing: decide(reservation, { ...state, places }, context),
  };
}

/** Turns an offer down; the client waits on. */
export function decline(
  command: DeclineCommand,
  entry: WaitingEntry,
  place: PlaceLedger,
  context: WaitingContext,
): WaitingDecision {
  const declined = openOffer(command, entry);
  const offers = answered(entry, { ...declined, declineReason: command.reason }, 'declined', context);
  const rankedFrom = context.settings.declinedKeepsPosition ? entry.rankedFrom : context.today;
  return { entry: next(entry, { status: 'waiting', offers, rankedFrom }), ...freed(place, declined) };
}

/** Ends an offer after its last day to answer; the client waits on, on the same position. */
export function expire(
  command: ExpireCommand,
  entry: WaitingEntry,
  place: PlaceLedger,
  context: WaitingContext,
): WaitingDecision {
  const expired = openOffer(command, entry);
  if (expired.answerBy >= context.today) throw Refusal.of('offer-not-due', { params: { date: expired.answerBy } });
  const offers = answered(entry, expired, 'expired', context);
  return { entry: next(entry, { status: 'waiting', offers }), ...freed(place, expired) };
}

/**
 * Takes the client off the list.
 * @param place the place of the open offer, when there is one
 */
export function withdraw(
  command: WithdrawCommand,
  entry: WaitingEntry,
  place: PlaceLedger | undefined,
  context: WaitingContext,
): WaitingDecision {
  checkEntry(command, entry);
  const open = openOfferOf(entry);
  const offers = open === undefined ? entry.offers : answered(entry, open, 'withdrawn', context);
  return {
    entry: next(entry, { status: 'withdrawn', withdrawalReason: command.reason, offers }),
    ...(open === undefined || place === undefined ? {} : freed(place, open)),
  };
}

/** The offer that waits for an answer. */
export function openOfferOf(entry: WaitingEntry): Offer | undefined {
  return entry.offers.find(({ status }) => status === 'open');
}

/** Order in which entries are served: by urgency, then by how long they wait. */
export function compareEntries(a: WaitingEntry, b: WaitingEntry): number {
  const urgency = waitingUrgencies.indexOf(a.urgency) - waitingUrgencies.indexOf(b.urgency);
  if (urgency !== 0) return urgency;
  const keys: [string, string][] = [
    [a.rankedFrom, b.rankedFrom],
    [a.since, b.since],
    [a.entryId, b.entryId],
  ];
  const [first, second] = keys.find(([one, other]) => one !== other) ?? ['', ''];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Positions, from 1, of the entries that wait or have an offer, in the row of their kind and zwaarte. */
export function positionsOf(entries: readonly WaitingEntry[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const positions = new Map<string, number>();
  for (const entry of entries.filter(isOpen).sort(compareEntries)) {
    const row = `${entry.kind}:${entry.zwaarte}`;
    const position = (rows.get(row) ?? 0) + 1;
    rows.set(row, position);
    positions.set(entry.entryId, position);
  }
  return positions;
}

function checkEntry({ expectedVersion }: { readonly expectedVersion?: number }, entry: WaitingEntry): void {
  if (expectedVersion !== undefined && expectedVersion !== entry.version) {
    const params = { actual: entry.version, expected: expectedVersion };
    throw Refusal.of('stale-version', { params, fields: ['expectedVersion'] });
  }
  if (!isOpen(entry)) throw Refusal.of('waiting-entry-closed');
}

function openOffer(
  command: { readonly offerId: string; readonly expectedVersion?: number },
  entry: WaitingEntry,
): Offer {
  const found = entry.offers.find(({ offerId }) => offerId === command.offerId);
  if (found === undefined) throw Refusal.of('unknown-offer', { fields: ['offerId'] });
  if (found.status !== 'open') throw Refusal.of('offer-not-open', { fields: ['offerId'] });
  checkEntry(command, entry);
  return found;
}

function next(entry: WaitingEntry, changes: Partial<WaitingEntry>): WaitingEntry {
  return { ...entry, ...changes, version: entry.version + 1 };
}

function answered(
  entry: WaitingEntry,
  offered: Offer,
  status: OfferStatus,
  { now }: { readonly now: Date },
): readonly Offer[] {
  const done: Offer = { ...offered, status, answeredAt: now.toISOString() };
  return entry.offers.map((other) => (other.offerId === done.offerId ? done : other));
}

/** The place without this offer. Another one, made after this one lapsed, stays. */
function withoutOffer(place: PlaceLedger, offerId: string): PlaceLedger {
  if (place.offer?.offerId !== offerId) return place;
  const { offer: _offer, ...rest } = place;
  return rest;
}

function freed(place: PlaceLedger, { offerId }: Offer): { place?: PlaceLedger } {
  const without = withoutOffer(place, offerId);
  return without === place ? {} : { place: { ...without, version: place.version + 1 } };
}

/** Whether the clock has to end the open offer of an entry. */
export function isOfferOverdue(entry: WaitingEntry, today: CivilDate): boolean {
  const open = openOfferOf(entry);
  return open !== undefined && open.answerBy < today;
}
