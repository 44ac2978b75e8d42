import type { CivilDate } from '#calendar/civil-date.js';
import { contains, overlaps } from '#calendar/date-interval.js';
import { Refusal } from '#contracts/refusal.js';
import type {
  ArrivalCommand,
  HousingContext,
  HousingState,
  MoveCommand,
  ReservationCommand,
  SwapCommand,
} from './housing-commands.js';
import type { FieldPaths } from './housing-invariants.js';
import { stayOn } from './housing-reading.js';
import { placeIn } from './housing-settling.js';
import type { Edit } from './housing-settling.js';
import type { ClientLedger, PlaceLedger, Stay } from './housing-types.js';
import { checkDeathData, notAfterHorizon, notAfterToday } from './date-rules.js';
import {
  nextReservation,
  planMove,
  predecessorOf,
  relocate,
  replaceStays,
  stayById,
  withEnd,
  withoutOutside,
} from './stay-edits.js';

/** Decisions that bring a client to a place: arrival, move, reservation, swap. */

/** An arrival, or the confirmation of a reservation; with a stay before it that was to end so, it is a move. */
export function decideArrival(
  command: ArrivalCommand,
  ledger: ClientLedger,
  state: HousingState,
  context: HousingContext,
): Edit {
  const { from, until, departure } = command;
  notAfterToday(from, context.today, 'arrival-in-future', 'from');
  if (until !== undefined && until <= from) throw Refusal.of('date-order', { fields: ['until'] });
  if (until !== undefined) notAfterHorizon(until, context, 'until');
  if (departure !== undefined) {
    if (until === undefined) throw Refusal.of('field-required', { fields: ['until'] });
    checkDeathData(departure, until, context.today, 'until');
  }
  const reservation = reservationFor(command, from, ledger);
  const place = targetPlace(command, reservation, state);
  if (reservation !== undefined && departure === undefined) {
    const current = stayBeforeReservation(ledger, reservation, from);
    if (current !== undefined)
      return moveEdit(ledger, current, { date: from, until, reservation, place }, 'from', context);
  }
  const kind = 'arrival';
  const fields: FieldPaths = { place: 'placeId', from: 'from', until: 'until' };
  const stay = arrivalStay(command, ledger, reservation, place, context);
  return { ledger, kind, stays: replaceStays(ledger.stays, [], [stay]), effectiveOn: from, fields };
}

function arrivalStay(
  { from, until, departure }: ArrivalCommand,
  ledger: ClientLedger,
  reservation: Stay | undefined,
  place: PlaceLedger,
  context: HousingContext,
): Stay {
  const base: Stay = reservation
    ? { ...reservation, from, reserved: false, leaves: reservation.leaves.filter((leave) => leave.from >= from) }
    : { ...blankStay(newStayId(ledger, context), place), from };
  if (until !== undefined) return withEnd(base, until, departure && { kind: 'departure', ...departure });
  return reservation ? base : untilNextReservation(base, ledger.stays);
}

/** A move to another place, or to the place of a reservation. */
export function decideMove(
  command: MoveCommand,
  ledger: ClientLedger,
  state: HousingState,
  context: HousingContext,
): Edit {
  const { date, until } = command;
  notAfterToday(date, context.today, 'arrival-in-future', 'date');
  if (until !== undefined && until <= date) throw Refusal.of('date-order', { fields: ['until'] });
  if (until !== undefined) notAfterHorizon(until, context, 'until');
  const reservation = reservationFor(command, date, ledger);
  const place = targetPlace(command, reservation, state);
  const current =
    stayOn(ledger.stays, date) ??
    (reservation && stayBeforeReservation(ledger, reservation, date)) ??
    stayEndingOn(ledger, date);
  if (current === undefined) throw Refusal.of('client-not-housed', { params: { date }, fields: ['date'] });
  return moveEdit(ledger, current, { date, until, reservation, place }, 'date', context);
}

/**
 * The stay that ends on a date without anything known but the date, as it was before it got that end: a move on that day
 * says where the client went.
 */
function stayEndingOn(ledger: ClientLedger, date: CivilDate): Stay | undefined {
  const ending = ledger.stays.find(({ until, end, reserved }) => !reserved && until === date && end?.kind === 'agreed');
  return ending && withEnd(ending, undefined, undefined);
}

interface MoveData {
  readonly date: CivilDate;
  readonly until: CivilDate | undefined;
  readonly reservation: Stay | undefined;
  readonly place: PlaceLedger;
}

function moveEdit(ledger: ClientLedger, current: Stay, move: MoveData, from: string, context: HousingContext): Edit {
  const { date, until, reservation, place } = move;
  if (place.placeId === current.placeId) {
    throw Refusal.of('move-to-same-place', { params: { place: place.label }, fields: ['placeId'] });
  }
  const stays = relocate(ledger.stays, current, {
    date,
    place,
    newStayId: newStayId(ledger, context),
    ...(reservation === undefined ? {} : { reservation }),
    ...(until === undefined ? {} : { until }),
  });
  return { ledger, kind: 'move', stays, effectiveOn: date, fields: { place: 'placeId', from, until: 'until' } };
}

/**
 * A planned stay. The stay that runs on over its start gets that date as planned end. The same as a reservation from
 * outside, asked by the client's own side, confirms that one.
 */
export function decideReservation(
  command: ReservationCommand,
  ledger: ClientLedger,
  state: HousingState,
  context: HousingContext,
): Edit {
  const { from, until } = command;
  if (from <= context.today) throw Refusal.of('reservation-in-past', { fields: ['from'] });
  notAfterHorizon(from, context, 'from');
  if (until !== undefined && until <= from) throw Refusal.of('date-order', { fields: ['until'] });
  if (until !== undefined) notAfterHorizon(until, context, 'until');
  const place = placeIn(state, command.placeId);
  const fields: FieldPaths = { place: 'placeId', from: 'from', until: 'until' };
  const edit = { ledger, kind: 'reservation' as const, effectiveOn: from, fields };
  const outside = context.fromOutside === true ? { fromOutside: true as const } : {};
  const offered = ledger.stays.find(
    (known) => known.fromOutside && known.placeId === place.placeId && known.from === from,
  );
  if (offered !== undefined && context.fromOutside !== true) {
    const confirmed = withoutOutside(until === undefined ? offered : withEnd(offered, until, undefined));
    return { ...edit, stays: replaceStays(ledger.stays, [], [confirmed]) };
  }
  const base: Stay = { ...blankStay(newStayId(ledger, context), place), from, reserved: true, ...outside };
  const stay = until === undefined ? untilNextReservation(base, ledger.stays) : withEnd(base, until, undefined);
  const current = ledger.stays.find((candidate) => contains(candidate, from) && canBePlannedAway(candidate, ledger));
  if (current === undefined) return { ...edit, stays: replaceStays(ledger.stays, [], [stay]) };
  if (current.placeId === place.placeId) {
    throw Refusal.of('move-to-same-place', { params: { place: place.label }, fields: ['placeId'] });
  }
  return { ...edit, stays: replaceStays(ledger.stays, [], planMove(current, stay)) };
}

/** A stay that nobody has ended for good: open, with only an agreed end, or with another planned move. */
function canBePlannedAway(stay: Stay, ledger: ClientLedger): boolean {
  if (stay.reserved) return false;
  if (stay.end === undefined || stay.end.kind === 'agreed') return true;
  return stay.end.kind === 'move' && stayById(ledger, stay.end.toStayId)?.reserved === true;
}

/** Both clients go to the other's place in one step. */
export function decideSwap(
  command: SwapCommand,
  ledgers: { first: ClientLedger; second: ClientLedger },
  state: HousingState,
  context: HousingContext,
): [Edit, Edit] {
  const { date } = command;
  notAfterToday(date, context.today, 'arrival-in-future', 'date');
  const first = stayToSwap(ledgers.first, date);
  const second = stayToSwap(ledgers.second, date);
  const half = (ledger: ClientLedger, own: Stay, other: Stay): Edit => {
    const place = placeIn(state, other.placeId);
    const stays = relocate(ledger.stays, own, { date, place, newStayId: newStayId(ledger, context) });
    return { ledger, kind: 'swap', stays, effectiveOn: date, fields: { place: 'date', from: 'date' } };
  };
  return [half(ledgers.first, first, second), half(ledgers.second, second, first)];
}

function stayToSwap(ledger: ClientLedger, date: CivilDate): Stay {
  const stay = stayOn(ledger.stays, date);
  if (stay === undefined) throw Refusal.of('client-not-housed', { params: { date }, fields: ['date'] });
  return stay;
}

/**
 * The reservation that an arrival or move confirms: the one named, else one of this client for the same place that the
 * new stay would overlap, because other systems report arrivals without knowing our reservations.
 */
function reservationFor(
  command: { readonly placeId?: string; readonly reservationId?: string; readonly until?: CivilDate },
  from: CivilDate,
  ledger: ClientLedger,
): Stay | undefined {
  const { placeId, reservationId, until } = command;
  if (reservationId === undefined) {
    return ledger.stays.find((stay) => stay.reserved && stay.placeId === placeId && overlaps(stay, { from, until }));
  }
  const stay = stayById(ledger, reservationId);
  if (stay?.reserved !== true) throw Refusal.of('unknown-reservation', { fields: ['reservationId'] });
  if (placeId !== undefined && placeId !== stay.placeId) {
    throw Refusal.of('place-differs-from-reservation', { fields: ['placeId'] });
  }
  return stay;
}

function targetPlace(
  command: { readonly placeId?: string },
  reservation: Stay | undefined,
  state: HousingState,
): PlaceLedger {
  const placeId = reservation?.placeId ?? command.placeId;
  if (placeId === undefined) throw Refusal.of('field-required', { fields: ['placeId'] });
  return placeIn(state, placeId);
}

/** The confirmed stay that was planned to end by moving to the reservation, when the arrival comes after its start. */
function stayBeforeReservation(ledger: ClientLedger, reservation: Stay, date: CivilDate): Stay | undefined {
  const previous = predecessorOf(ledger.stays, reservation);
  return previous?.reserved === false && previous.from <= date ? previous : undefined;
}

/** A stay without an end lasts until the client's next reservation, when that is what comes next. */
function untilNextReservation(stay: Stay, stays: readonly Stay[]): Stay {
  const next = nextReservation(stays, stay.from, stay.stayId);
  return next === undefined ? stay : withEnd(stay, next.from, { kind: 'move', toStayId: next.stayId });
}

function blankStay(stayId: string, place: PlaceLedger): Omit<Stay, 'from'> {
  const { placeId, clusterId, organisationId } = place;
  return { stayId, placeId, clusterId, organisationId, reserved: false, leaves: [] };
}

function newStayId(ledger: ClientLedger, context: HousingContext): string {
  return context.newIdFor(`stay:${ledger.clientId}`);
}
