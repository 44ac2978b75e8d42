import { IsIn, IsOptional } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type FundingFrame,
  fundingFrames,
  type PlaceKind,
  placeKinds,
  type PlaceState,
  type StayState,
  type Zwaarte,
  type ZwaarteMatch,
  zwaartes,
} from '../codes.js';
import { IsCivilDateText, IsCursor, IsId, IsOptionalCode, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';

/**
 * Which places on one date; without a filter all places that the caller is related to: own places, and for a
 * trajectregisseur the place of each client who is named in the caseload.
 */
export class GetOccupancy {
  /** Today when absent. */
  @IsOptional() @IsCivilDateText() on?: CivilDate;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/**
 * The occupancy board of one cluster; at most 400 days. Of a cluster outside the caseload a trajectregisseur gets the
 * places where a client stays who is named in it.
 */
export class GetBoard {
  @IsId() clusterId: string;
  @IsCivilDateText() from: CivilDate;
  @IsCivilDateText() until: CivilDate;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** As the board is asked, without the pages. */
export class GetBoardState {
  @IsId() clusterId: string;
  @IsCivilDateText() from: CivilDate;
  @IsCivilDateText() until: CivilDate;
}

/** Places that are free on a date. */
export class ListVacancies {
  /** Today when absent. */
  @IsOptional() @IsCivilDateText() on?: CivilDate;
  @IsOptionalCode(placeKinds) kind?: PlaceKind;
  @IsOptionalCode(zwaartes) zwaarte?: Zwaarte;
  @IsOptionalCode(fundingFrames) fundingFrame?: FundingFrame;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export const bedNightGroupings = ['organisation', 'cluster', 'kind', 'zwaarte', 'funding-frame', 'month'] as const;
export type BedNightGrouping = (typeof bedNightGroupings)[number];

/**
 * Nights in a period of at most 800 days, which may not reach beyond today: grouped by one thing, of the places that all
 * the others say, so that e.g. the months of one kind at one institution can be asked for.
 */
export class GetBedNights {
  @IsCivilDateText() from: CivilDate;
  @IsCivilDateText() until: CivilDate;
  @IsIn(bedNightGroupings) groupBy: BedNightGrouping;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsOptionalCode(placeKinds) kind?: PlaceKind;
  @IsOptionalCode(zwaartes) zwaarte?: Zwaarte;
  @IsOptionalCode(fundingFrames) fundingFrame?: FundingFrame;
}

/** Clients whose weight differs from that of their place, or is not known. */
export class ListZwaarteMismatches {
  /** Today when absent. */
  @IsOptional() @IsCivilDateText() on?: CivilDate;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsId() clusterId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** What a place is. */
export interface PlaceFacts {
  placeId: string;
  label: string;
  clusterId: string;
  organisationId: string;
  kind: PlaceKind;
  zwaarte: Zwaarte;
  fundingFrame: FundingFrame;
  openFrom?: string;
  closedFrom?: string;
}

/**
 * A place on a date. `stay` is who has it then, or for whom it is reserved; `clientId` is absent when the caller has no
 * relation with that client (any more).
 */
export interface PlaceOnDate extends PlaceFacts {
  state: PlaceState;
  stay?: BoardBar;
}

export interface OccupancyOnDate extends Page<PlaceOnDate> {
  on: string;
  /** Places per state, in the whole list and not only on this page. */
  counts: Record<PlaceState, number>;
}

/** A stay or reservation on the board. */
export interface BoardBar {
  stayId: string;
  /** Absent when the caller has no relation with the client (any more). */
  clientId?: string;
  from: string;
  until?: string;
  reserved: boolean;
  /**
   * On a reservation by an institution or regisseur without a relation to the client, which the client's own side did not
   * confirm: for whom, so that who reserved can cancel it. It gives access to nothing.
   */
  fromOutside?: { clientId: string };
  /** What it is today; in an occupancy overview on the date asked for. */
  state: StayState;
  zwaarteMatch?: ZwaarteMatch;
  leaves: { from: string; until?: string }[];
}

export interface BoardPlace extends PlaceFacts {
  /** In order of `from`; those that touch the period asked for. */
  bars: BoardBar[];
}

export interface Board extends Page<BoardPlace> {
  clusterId: string;
  from: string;
  until: string;
  today: string;
  /** As {@link BoardState}: of the whole board, not only of this page. */
  state: string;
}

/** A mark that is another one when the board would show something else; it tells nothing of what. */
export interface BoardState {
  state: string;
}

/** A free place; `freeUntil` is the start of the next reservation or the day it closes. */
export interface Vacancy extends PlaceFacts {
  /** First day since which it is free; absent when nobody ever stayed there and it was always open. */
  freeFrom?: string;
  freeUntil?: string;
  /** Last day of an open offer to somebody on the waiting list; nobody else can come until then. */
  offeredUntil?: string;
}

export interface BedNightGroup {
  /** Identifier or code of the group; `YYYY-MM` for months. */
  key: string;
  /** The key once more where it is an identifier, so that its name is found. */
  organisationId?: string;
  clusterId?: string;
  /** Nights on which places were open. */
  available: number;
  /** Nights of confirmed stays, leave included. Absent when suppressed. */
  occupied?: number;
  /** The part of `occupied` on which the client was on leave. */
  onLeave?: number;
  /** Different clients. */
  clients?: number;
  /** True when fewer than five clients are behind the numbers and the asker may see aggregates only (domain.md §2). */
  suppressed: boolean;
}

export interface BedNights {
  from: string;
  until: string;
  groupBy: BedNightGrouping;
  groups: BedNightGroup[];
}

export interface ZwaarteMismatch {
  clientId: string;
  stayId: string;
  placeId: string;
  label: string;
  clusterId: string;
  organisationId: string;
  clientZwaarte?: Zwaarte;
  placeZwaarte: Zwaarte;
  match: ZwaarteMatch;
  /** First day of the stay. */
  since: string;
}

const registrars = ['clientmanager', 'trajectregisseur'] as const;

export const getOccupancy = defineRequest<GetOccupancy, OccupancyOnDate>('registration.occupancy.on-date', {
  payload: GetOccupancy,
  allow: registrars,
  clientData: true,
});

export const getBoard = defineRequest<GetBoard, Board>('registration.occupancy.board', {
  payload: GetBoard,
  allow: registrars,
  clientData: true,
});

/**
 * Whether the board would show something else than before. It shows no client, so asking it time and again is no reading of
 * files. Refuses as the board does.
 */
export const getBoardState = defineRequest<GetBoardState, BoardState>('registration.occupancy.board-state', {
  payload: GetBoardState,
  allow: registrars,
});

export const listVacancies = defineRequest<ListVacancies, Page<Vacancy>>('registration.occupancy.vacancies', {
  payload: ListVacancies,
  allow: [...registrars, 'ttcj_member', 'procesregisseur', 'beleid', 'beheerder'],
});

export const getBedNights = defineRequest<GetBedNights, BedNights>('registration.occupancy.bed-nights', {
  payload: GetBedNights,
  allow: [...registrars, 'beleid'],
  deadlineMs: 15_000,
});

export const listZwaarteMismatches = defineRequest<ListZwaarteMismatches, Page<ZwaarteMismatch>>(
  'registration.occupancy.zwaarte-mismatches',
  { payload: ListZwaarteMismatches, allow: registrars, clientData: true },
);
