import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ClientRelations, groundFor, visibleClients } from '#access/client-access-rules.js';
import { type AccessSubject, Protected } from '#access/protected.js';
import { type CivilDate, daysBetween } from '#calendar/civil-date.js';
import { contains, overlaps } from '#calendar/date-interval.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { PlaceState, StayState, Zwaarte } from '#contracts/codes.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import type {
  BedNights,
  Board,
  BoardBar,
  BoardPlace,
  BoardState,
  GetBedNights,
  GetBoard,
  GetBoardState,
  GetOccupancy,
  ListVacancies,
  ListZwaarteMismatches,
  OccupancyOnDate,
  PlaceFacts,
  Vacancy,
  ZwaarteMismatch,
} from '#contracts/registration/occupancy.js';
import { StructureModels } from '../structure/structure.schema.js';
import { bedNightGroups } from './bed-night-groups.js';
import { isOwnPlace, ownPlaces } from './housing-access-rules.js';
import { zwaarteMatch } from './housing-reading.js';
import type { Occupation, PlaceLedger, Stay } from './housing-types.js';
import { occupancyOn, type PlaceOnDate as PlaceStateOnDate, vacanciesOn } from './occupancy.js';
import { fittingPlaces, pageOfPlaces } from './place-pages.js';
import { type PlaceFilter, StaysRepository } from './stays.repository.js';

const MAX_BOARD_DAYS = 400;
const MAX_BED_NIGHT_DAYS = 800;
/** Counts of fewer clients are not shown to those who may see aggregates only (domain.md §2, `beleid`). */
const SMALLEST_COUNT = 5;

type Clients = ReadonlyMap<string, ClientRelations & { zwaarte?: Zwaarte }>;

/** A place on the board with what of it falls in the period, and what the caller sees of it. */
interface BoardRow {
  place: PlaceLedger;
  item: BoardPlace;
}

/**
 * Who is where, read from the ledgers of the places: own places, and those where a client stays who is named in the
 * caller's caseload. A client without a relation to the caller is left unnamed.
 */
@Injectable()
export class OccupancyService {
  constructor(
    private readonly repository: StaysRepository,
    private readonly structure: StructureModels,
    private readonly clock: Clock,
  ) {}

  /** Every place on a date that the caller may look at, with counts per state. */
  async onDate(query: GetOccupancy, caller: Caller): Promise<Protected<OccupancyOnDate>> {
    const on = query.on ?? this.clock.today();
    const states = occupancyOn(await this.placesFor(query, caller, on), on);
    const page = pageOfPlaces(states, query, ({ place }) => place);
    const clients = await this.clientsOf(page.items.flatMap(({ occupation }) => occupation ?? []));
    const counts: Record<PlaceState, number> = { free: 0, reserved: 0, occupied: 0, 'on-leave': 0, closed: 0 };
    for (const { state } of states) counts[state] += 1;
    const view = ({ place, state, occupation }: PlaceStateOnDate) => ({
      ...factsOf(place),
      state,
      ...(occupation && { stay: this.barOf(occupation, place, on, clients, caller) }),
    });
    const { shown, told } = fittingPlaces(page, view);
    const value = { ...shown, on, counts, total: states.length };
    const occupations = told.flatMap(({ occupation }) => occupation ?? []);
    return new Protected('read', subjectsOf(among(clients, occupations), caller), value);
  }

  /**
   * The places of one cluster with everything that touches a period; of a cluster that is not the caller's, the places
   * where a client of the caseload stays then.
   * @throws Refusal `not-found` for a cluster that is not the caller's and never had such a client, `date-order`,
   * `period-too-long`
   */
  async board(query: GetBoard, caller: Caller): Promise<Protected<Board>> {
    const { clusterId, from, until } = query;
    const { rows, clients } = await this.rowsOf(query, caller);
    const page = pageOfPlaces(rows, query, ({ place }) => place);
    const { shown, told } = fittingPlaces(page, ({ item }) => item);
    const value = {
      ...shown,
      clusterId,
      from,
      until,
      today: this.clock.today(),
      state: markOf(rows),
      total: rows.length,
    };
    const occupations = told.flatMap(({ place }) => place.occupations);
    return new Protected('read', subjectsOf(among(clients, occupations), caller), value);
  }

  /** @throws Refusal as {@link board} */
  async boardState(query: GetBoardState, caller: Caller): Promise<BoardState> {
    return { state: markOf((await this.rowsOf(query, caller)).rows) };
  }

  /** Free places of the whole chain: about places, not about clients. */
  async vacancies(query: ListVacancies): Promise<Page<Vacancy>> {
    const on = query.on ?? this.clock.today();
    const free = vacanciesOn(await this.repository.findPlacesWhere(filterOf(query)), on);
    const page = pageOfPlaces(free, query, ({ place }) => place);
    const items = page.items.map(({ place, freeSince, freeUntil }) => ({
      ...factsOf(place),
      ...(freeSince && { freeFrom: freeSince }),
      ...(freeUntil && { freeUntil }),
      ...(place.offer && place.offer.answerBy >= this.clock.today() && { offeredUntil: place.offer.answerBy }),
    }));
    return { ...page, items, total: free.length };
  }

  /**
   * Nights per group. Policy (`beleid`) sees all places, with small counts suppressed; others see their own.
   * @throws Refusal `date-order`, `period-too-long`, `period-in-future`
   */
  async bedNights(query: GetBedNights, caller: Caller): Promise<BedNights> {
    checkPeriod(query, MAX_BED_NIGHT_DAYS);
    if (query.until > this.clock.today()) throw Refusal.of('period-in-future', { fields: ['until'] });
    const { from, until, groupBy } = query;
    const own = ownPlaces(caller);
    const seesOwn = own.organisationId !== undefined || own.clusterIds.length > 0;
    const aggregatesOnly = caller.roles.includes('beleid') && !seesOwn;
    const places = await this.repository.findPlacesWhere(filterOf(query), aggregatesOnly ? undefined : own);
    const groups = bedNightGroups(places, { from, until }, groupBy, aggregatesOnly ? SMALLEST_COUNT : 0);
    return { from, until, groupBy, groups };
  }

  /** Clients at own places whose weight differs from that of the place, or is not known. */
  async mismatches(query: ListZwaarteMismatches, caller: Caller): Promise<Protected<Page<ZwaarteMismatch>>> {
    const on = query.on ?? this.clock.today();
    const places = await this.placesFor(query, caller, on);
    const housed = occupancyOn(places, on).flatMap(({ place, occupation }) =>
      occupation === undefined || occupation.reserved ? [] : [{ place, occupation }],
    );
    const clients = await this.clientsOf(housed.map(({ occupation }) => occupation));
    const lines = housed.flatMap(({ place, occupation }) => {
      const client = clients.get(occupation.clientId);
      const match = zwaarteMatch(client?.zwaarte, place.zwaarte);
      const hidden = client === undefined || groundFor(caller, client) === undefined;
      return hidden || match === 'equal' ? [] : [{ place, occupation, client, match }];
    });
    const page = pageOfPlaces(lines, query, ({ place }) => place);
    const shown = new Map(page.items.map(({ client }) => [client.clientId, client]));
    const items = page.items.map(({ place, occupation, client, match }) => ({
      clientId: client.clientId,
      stayId: occupation.stayId,
      placeId: place.placeId,
      label: place.label,
      clusterId: place.clusterId,
      organisationId: place.organisationId,
      ...(client.zwaarte && { clientZwaarte: client.zwaarte }),
      placeZwaarte: place.zwaarte,
      match,
      since: occupation.from,
    }));
    return new Protected('read', subjectsOf(shown, caller), { ...page, items, total: lines.length });
  }

  /** Everything on a board, as the caller may see it. */
  private async rowsOf(query: GetBoardState, caller: Caller): Promise<{ rows: BoardRow[]; clients: Clients }> {
    const { clusterId, from, until } = query;
    checkPeriod(query, MAX_BOARD_DAYS);
    const cluster = await this.structure.clusters.findById(clusterId, { organisationId: 1 }).lean();
    const isOwn = cluster !== null && isOwnPlace(caller, { clusterId, organisationId: cluster.organisationId });
    const named = isOwn ? [] : await this.staysOfNamed(caller, (stay) => stay.clusterId === clusterId);
    if (cluster === null || (!isOwn && named.length === 0)) {
      throw Refusal.of('not-found', { fields: ['clusterId'] });
    }
    const then = named.filter((stay) => overlaps(stay, { from, until }));
    const found = await this.repository.findPlacesWhere({ clusterId }, isOwn ? undefined : onlyPlacesOf(then));
    const places = found.map((place) => ({
      ...place,
      occupations: place.occupations.filter((occupation) => overlaps(occupation, { from, until })),
    }));
    const clients = await this.clientsOf(places.flatMap(({ occupations }) => occupations));
    const today = this.clock.today();
    const rows = places.map((place) => ({
      place,
      item: {
        ...factsOf(place),
        bars: place.occupations.map((occupation) => this.barOf(occupation, place, today, clients, caller)),
      },
    }));
    return { rows, clients };
  }

  /** Own places, and those where a client of the caseload is on a date. */
  private async placesFor(query: PlaceFilter, caller: Caller, on: CivilDate): Promise<PlaceLedger[]> {
    const named = await this.staysOfNamed(caller, (stay) => contains(stay, on));
    const { placeIds } = onlyPlacesOf(named);
    return this.repository.findPlacesWhere(filterOf(query), { ...ownPlaces(caller), placeIds });
  }

  /** Stays of clients who are in the caseload by name: their places may be anybody's. */
  private async staysOfNamed(caller: Caller, isWanted: (stay: Stay) => boolean): Promise<Stay[]> {
    return (await this.repository.findStays(visibleClients(caller).clientIds)).filter(isWanted);
  }

  private clientsOf(occupations: readonly Occupation[]): Promise<Clients> {
    return this.repository.findRelations([...new Set(occupations.map(({ clientId }) => clientId))]);
  }

  private barOf(occupation: Occupation, place: PlaceLedger, on: CivilDate, clients: Clients, caller: Caller): BoardBar {
    const { stayId, clientId, from, until, reserved, leaves } = occupation;
    const client = clients.get(clientId);
    const isOwn = client !== undefined && groundFor(caller, client) !== undefined;
    return {
      stayId,
      ...(isOwn && { clientId, zwaarteMatch: zwaarteMatch(client.zwaarte, place.zwaarte) }),
      from,
      ...(until && { until }),
      reserved,
      ...(occupation.fromOutside && !isOwn && isOwnPlace(caller, place) && { fromOutside: { clientId } }),
      state: stateOf(occupation, on, this.clock.today()),
      leaves: leaves.map((leave) => ({ ...leave })),
    };
  }
}

/** The same for the same board, and of no use for anything else. */
function markOf(rows: readonly BoardRow[]): string {
  return createHash('sha256')
    .update(JSON.stringify(rows.map(({ item }) => item)))
    .digest('base64url');
}

function onlyPlacesOf(stays: readonly Stay[]): { clusterIds: string[]; placeIds: string[] } {
  return { clusterIds: [], placeIds: [...new Set(stays.map(({ placeId }) => placeId))] };
}

function filterOf({ organisationId, clusterId, kind, zwaarte, fundingFrame }: PlaceFilter): PlaceFilter {
  return {
    ...(organisationId && { organisationId }),
    ...(clusterId && { clusterId }),
    ...(kind && { kind }),
    ...(zwaarte && { zwaarte }),
    ...(fundingFrame && { fundingFrame }),
  };
}

function checkPeriod({ from, until }: { from: CivilDate; until: CivilDate }, days: number): void {
  if (until <= from) throw Refusal.of('date-order', { fields: ['until'] });
  if (daysBetween(from, until) > days) throw Refusal.of('period-too-long', { params: { days }, fields: ['until'] });
}

function factsOf(place: PlaceLedger): PlaceFacts {
  const { version: _version, occupations: _occupations, offer: _offer, ...facts } = place;
  return facts;
}

/** A reservation is due or not today, whatever date is shown. */
function stateOf({ from, until, reserved, leaves }: Occupation, on: CivilDate, today: CivilDate): StayState {
  if (reserved) return from > today ? 'reserved' : 'reservation-due';
  if (until !== undefined && until <= on) return 'ended';
  return leaves.some((leave) => contains(leave, on)) ? 'on-leave' : 'present';
}

/** The clients of these stays and reservations. */
function among(clients: Clients, occupations: readonly Occupation[]): Clients {
  const wanted = new Set(occupations.map(({ clientId }) => clientId));
  return new Map([...clients].filter(([id]) => wanted.has(id)));
}

function subjectsOf(clients: Clients, caller: Caller): AccessSubject[] {
  return [...clients.values()].flatMap((client) => {
    const ground = groundFor(caller, client);
    return ground === undefined ? [] : [{ clientId: client.clientId, ground }];
  });
}
