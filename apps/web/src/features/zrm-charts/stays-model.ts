import type { DepartureDestination } from '#contracts/codes.js';

import type { LeaveView, Stay } from '../../api/housing.js';
import type { PlaceRef } from '../../api/joined.js';
import { addDays, daysBetween } from '../../ui/dates.js';

/** Days away from the institution: from the first to the day of return. */
export interface Away {
  readonly from: string;
  readonly until: string;
}

/** A stay as a bar on the axis of time; no two of one client lie over each other. */
export interface StayBar {
  readonly stayId: string;
  /** Absent when the person may not see which place it is. */
  readonly place: PlaceRef | undefined;
  readonly from: string;
  /** First day that the client is not there any more; absent while it goes on. */
  readonly until: string | undefined;
  /** Reserved: the client is not there yet. */
  readonly planned: boolean;
}

/** Something that happened, or is planned, with where the client stays. */
export interface HousingEvent {
  readonly stayId: string;
  readonly date: string;
  readonly kind: 'arrival' | 'move' | 'leave' | 'return' | 'departure' | 'agreed-end';
  /** Later than today, or not confirmed yet. */
  readonly planned: boolean;
  /** Of an arrival or move: where to. */
  readonly place: PlaceRef | undefined;
  /** A move to another institution. */
  readonly elsewhere: boolean;
  readonly destination: DepartureDestination | undefined;
}

/** Where a client stayed, as the pictures show it. */
export interface StaysPicture {
  readonly bars: readonly StayBar[];
  readonly away: readonly Away[];
  /** In order of time. */
  readonly events: readonly HousingEvent[];
}

/** Nothing is known, or nothing was ever recorded. */
export const NO_STAYS: StaysPicture = { bars: [], away: [], events: [] };

/** First and last day that pictures show. */
export interface Axis {
  readonly from: string;
  readonly until: string;
}

/** A share of the time that is shown may be added for what comes just before or after it. */
const REACH = 1 / 4;
/** And always as much as this, in days. */
const SHORTEST_REACH = 31;
/** What is planned needs some room behind its first day to be seen. */
const ROOM_AFTER = 1 / 16;

/** The stays of a client, in order of their first day, as bars and as what happened (domain.md §3, hotelregistratie). */
export function staysPicture(stays: readonly Stay[], today: string): StaysPicture {
  return {
    bars: barsOf(stays, today),
    away: stays.flatMap((stay) => stay.leaves.flatMap((leave) => awayIn(stay, leave, today))),
    events: stays
      .flatMap((stay, index) => eventsOf(stay, stays.slice(0, index), stays.slice(index + 1), today))
      .sort((a, b) => a.date.localeCompare(b.date)),
  };
}

function barsOf(stays: readonly Stay[], today: string): StayBar[] {
  const bars = stays.map((stay, index): StayBar => {
    const { stayId, place, from, reserved } = stay;
    // Until somebody confirms that the client is there, the client is taken to be where they were.
    const waits = isUnconfirmed(stay, stays.slice(index + 1), today);
    return {
      stayId,
      place,
      from: reserved && from < today ? today : from,
      until: waits ? today : stay.until,
      planned: reserved,
    };
  });
  return bars
    .map((bar, index) => {
      const next = bars[index + 1]?.from;
      return next !== undefined && (bar.until === undefined || bar.until > next) ? { ...bar, until: next } : bar;
    })
    .filter(({ from, until }) => until === undefined || from < until);
}

/** Should have ended by a move that is planned for a day that has come, and that nobody confirmed. */
function isUnconfirmed({ end, until }: Stay, later: readonly Stay[], today: string): boolean {
  return (
    end?.kind === 'move' &&
    until !== undefined &&
    until < today &&
    later.some(({ stayId, reserved }) => reserved && stayId === end.toStayId)
  );
}

/** A leave runs until the return, else until the next one, the end of the stay or today. */
function awayIn({ leaves, until: end }: Stay, leave: LeaveView, today: string): Away[] {
  const { from } = leave;
  if (from > today) return [];
  const until = leave.until ?? leaves.find((other) => other.from > from)?.from ?? end;
  return [{ from, until: until === undefined || until > today ? today : until }];
}

function eventsOf(stay: Stay, earlier: readonly Stay[], later: readonly Stay[], today: string): HousingEvent[] {
  const { stayId, from, until, reserved, end, place, organisationId } = stay;
  const event = (kind: HousingEvent['kind'], date: string, more: Partial<HousingEvent> = {}): HousingEvent => {
    const planned = reserved || date > today;
    return { stayId, date, kind, planned, place: undefined, elsewhere: false, destination: undefined, ...more };
  };
  const before = earlier.findLast((one) => reserved || !one.reserved);
  const isMove = before !== undefined && (before.until === undefined || before.until >= from);
  const elsewhere = isMove && before.organisationId !== organisationId;
  const goesOn = until === undefined || later.some((next) => next.from === until);
  return [
    event(isMove ? 'move' : 'arrival', from, { place, elsewhere }),
    ...stay.leaves.flatMap((leave) => [
      event('leave', leave.from),
      ...returnOf(stay, leave, today).map((date) => event('return', date)),
    ]),
    ...(goesOn
      ? []
      : [event(end?.kind === 'departure' ? 'departure' : 'agreed-end', until, { destination: end?.destination })]),
  ];
}

/** The day of return, also one that is still expected; none when the stay ended during the leave. */
function returnOf({ until: end }: Stay, { until, expectedUntil }: LeaveView, today: string): string[] {
  if (until !== undefined) return until === end ? [] : [until];
  return expectedUntil !== undefined && expectedUntil > today ? [expectedUntil] : [];
}

/**
 * Which days to show: from the first ZRM to today; with the arrival before it and with what is planned, when these are near
 * enough to leave the room to what happened.
 */
export function axisOf(firstZrm: string, { events }: StaysPicture, today: string): Axis {
  const span = Math.max(1, daysBetween(firstZrm, today));
  const reach = Math.max(SHORTEST_REACH, Math.round(span * REACH));
  const arrival = events.findLast(
    ({ kind, planned, date }) => kind === 'arrival' && !planned && date <= firstZrm,
  )?.date;
  const planned = events.findLast(({ date }) => date > today && daysBetween(today, date) <= reach)?.date;
  return {
    from: arrival !== undefined && daysBetween(arrival, firstZrm) <= reach ? arrival : firstZrm,
    until: planned === undefined ? today : addDays(planned, Math.max(1, Math.round(span * ROOM_AFTER))),
  };
}

const MOVING: readonly HousingEvent['kind'][] = ['arrival', 'move', 'departure', 'agreed-end'];

/** What changes where a client stays, apart from going away for some time and coming back. */
export function isMoving({ kind }: HousingEvent): boolean {
  return MOVING.includes(kind);
}

/** What of it happened after one day and not after another. */
export function movesBetween({ events }: StaysPicture, after: string, until: string): HousingEvent[] {
  return events.filter((event) => isMoving(event) && !event.planned && event.date > after && event.date <= until);
}
