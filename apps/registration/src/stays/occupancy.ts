import { daysBetween } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { contains, intersection, nightsWithin } from '#calendar/date-interval.js';
import type { FundingFrame, PlaceKind, PlaceState, Zwaarte } from '#contracts/codes.js';
import { isOpenDuring } from './housing-invariants.js';
import type { Occupation, PlaceLedger } from './housing-types.js';

/** Reads occupancy, vacancies and bed-nights from place ledgers (domain.md §3). */

/** What a place is on a date in the past, today, or as planned. */
export interface PlaceOnDate {
  readonly place: PlaceLedger;
  readonly state: PlaceState;
  readonly occupation?: Occupation;
}

/** The occupation, also a reservation, that holds the night after a date. */
export function occupationOn(place: PlaceLedger, date: CivilDate): Occupation | undefined {
  return place.occupations.find((occupation) => contains(occupation, date));
}

/** State of every place on a date. */
export function occupancyOn(places: readonly PlaceLedger[], date: CivilDate): PlaceOnDate[] {
  return places.map((place) => {
    const occupation = occupationOn(place, date);
    if (occupation === undefined) return { place, state: isOpenOn(place, date) ? 'free' : 'closed' };
    const away = occupation.leaves.some((leave) => contains(leave, date));
    return { place, occupation, state: occupation.reserved ? 'reserved' : away ? 'on-leave' : 'occupied' };
  });
}

function isOpenOn({ openFrom, closedFrom }: PlaceLedger, date: CivilDate): boolean {
  return (openFrom === undefined || openFrom <= date) && (closedFrom === undefined || date < closedFrom);
}

/** How full a group of places is on a date. Closed places do not count in `places`. */
export interface OccupancyCount {
  readonly places: number;
  readonly occupied: number;
  readonly onLeave: number;
  readonly reserved: number;
  readonly free: number;
}

/** Counts states; `occupied` includes who is on leave. */
export function countOccupancy(states: readonly PlaceOnDate[]): OccupancyCount {
  const count = (...wanted: PlaceState[]) => states.filter(({ state }) => wanted.includes(state)).length;
  return {
    places: states.length - count('closed'),
    occupied: count('occupied', 'on-leave'),
    onLeave: count('on-leave'),
    reserved: count('reserved'),
    free: count('free'),
  };
}

export interface VacancyFilter {
  readonly kind?: PlaceKind;
  readonly zwaarte?: Zwaarte;
  readonly fundingFrame?: FundingFrame;
  readonly organisationId?: string;
  readonly clusterId?: string;
}

/** A place that is free on a date, and until when: the next occupation or closing; open end when absent. */
export interface Vacancy {
  readonly place: PlaceLedger;
  readonly freeSince?: CivilDate;
  readonly freeUntil?: CivilDate;
}

/** Places that are open and neither occupied nor reserved on a date, and fit the filter. */
export function vacanciesOn(places: readonly PlaceLedger[], date: CivilDate, filter: VacancyFilter = {}): Vacancy[] {
  return places.filter((place) => fits(place, filter)).flatMap((place) => vacancyOn(place, date) ?? []);
}

function fits(place: PlaceLedger, filter: VacancyFilter): boolean {
  const { kind, zwaarte, fundingFrame, organisationId, clusterId } = filter;
  return (
    (kind === undefined || kind === place.kind) &&
    (zwaarte === undefined || zwaarte === place.zwaarte) &&
    (fundingFrame === undefined || fundingFrame === place.fundingFrame) &&
    (organisationId === undefined || organisationId === place.organisationId) &&
    (clusterId === undefined || clusterId === place.clusterId)
  );
}

function vacancyOn(place: PlaceLedger, date: CivilDate): Vacancy | undefined {
  if (!isOpenOn(place, date) || occupationOn(place, date) !== undefined) return undefined;
  const ends = place.occupations.flatMap(({ until }) => (until !== undefined && until <= date ? [until] : []));
  const starts = place.occupations.flatMap(({ from }) => (from > date ? [from] : []));
  const freeSince = [...ends, ...(place.openFrom === undefined ? [] : [place.openFrom])].sort().at(-1);
  const freeUntil = [...starts, ...(place.closedFrom === undefined ? [] : [place.closedFrom])].sort().at(0);
  return {
    place,
    ...(freeSince === undefined ? {} : { freeSince }),
    ...(freeUntil === undefined ? {} : { freeUntil }),
  };
}

/** Whether a place can take someone for an interval: open, and without occupation. */
export function isFreeDuring(place: PlaceLedger, interval: { from: CivilDate; until?: CivilDate }): boolean {
  return (
    isOpenDuring(place, interval) && place.occupations.every((other) => intersection(other, interval) === undefined)
  );
}

/** Nights in a period. `nights` counts confirmed stays, leave included; `leaveNights` the part spent away. */
export interface BedNights {
  readonly nights: number;
  readonly leaveNights: number;
  /** Nights that the place was open: what could have been used. */
  readonly availableNights: number;
}

/** Bed-nights of one place in a period; reservations count no nights. Give at most today as end to count what was. */
export function bedNightsOf(place: PlaceLedger, period: { from: CivilDate; until: CivilDate }): BedNights {
  const stays = place.occupations.filter(({ reserved }) => !reserved);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const open = intersection({ from: place.openFrom ?? period.from, until: place.closedFrom }, period);
  return {
    nights: sum(stays.map((stay) => nightsWithin(stay, period))),
    leaveNights: sum(stays.flatMap(({ leaves }) => leaves.map((leave) => nightsWithin(leave, period)))),
    availableNights: open?.until === undefined ? 0 : daysBetween(open.from, open.until),
  };
}

/** Bed-nights of many places together. */
export function bedNights(places: readonly PlaceLedger[], period: { from: CivilDate; until: CivilDate }): BedNights {
  return places
    .map((place) => bedNightsOf(place, period))
    .reduce(
      (total, one) => ({
        nights: total.nights + one.nights,
        leaveNights: total.leaveNights + one.leaveNights,
        availableNights: total.availableNights + one.availableNights,
      }),
      { nights: 0, leaveNights: 0, availableNights: 0 },
    );
}
