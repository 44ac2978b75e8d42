import { queryOptions } from '@tanstack/react-query';

import type { DataQualityCheck, OrganisationKind, PlaceKind, Zwaarte } from '#contracts/codes.js';
import type { DataQuality, DataQualityLine, DataQualityShare } from '#contracts/registration/client-shapes.js';
import type {
  BedNightGroup as BedNightReply,
  BedNightGrouping,
  BedNights as BedNightsReply,
  Board as BoardReply,
  BoardBar,
  BoardPlace as BoardRow,
  BoardState,
  OccupancyOnDate,
  PlaceOnDate,
  Vacancy as VacancyReply,
  ZwaarteMismatch as MismatchReply,
} from '#contracts/registration/occupancy.js';
import type { ClusterRef } from '#contracts/registration/names.js';
import type {
  ClusterTree,
  LocationTree,
  OrganisationSummary,
  OrganisationTree,
  PlaceSummary,
} from '#contracts/registration/structure-shapes.js';

import { api, type Page } from './http.js';
import { withClient, withPlace, type Beside, type Names, type WithClient, type WithPlace } from './joined.js';
import { everyPage, pagedQuery } from './paging.js';

export type {
  BedNightGrouping,
  ClusterTree,
  DataQuality,
  DataQualityShare,
  LocationTree,
  OrganisationSummary,
  OrganisationTree,
  PlaceSummary,
};

export type Bar = WithClient<BoardBar>;
export type BoardPlace = Omit<BoardRow, 'bars'> & { bars: Bar[] };
/** `GET /v1/occupancy/board` */
export type Board = Omit<BoardReply, 'items'> & { items: BoardPlace[]; cluster?: ClusterRef };
/** `GET /v1/occupancy` */
export type Occupancy = Omit<OccupancyOnDate, 'items'> & { items: PlaceOnDate[]; names?: Names };
/** `GET /v1/vacancies` */
export type Vacancy = WithPlace<VacancyReply>;

/** Nights of a group, with the name of an institution or cluster. */
export type BedNightGroup = BedNightReply & { name?: string };
/** `GET /v1/bed-nights` */
export type BedNights = Omit<BedNightsReply, 'groups'> & { groups: BedNightGroup[] };
/** `GET /v1/zwaarte-mismatches` */
export type Mismatch = WithClient<WithPlace<MismatchReply>>;

/** "Kamer 2" before "Kamer 10". */
export const byNumberInName = (a: string, b: string): number => a.localeCompare(b, 'nl', { numeric: true });

export const placeKeys = {
  organisations: ['organisations'] as const,
  occupancy: ['occupancy'] as const,
};

export const organisationsQuery = queryOptions({
  queryKey: [...placeKeys.organisations, 'list'],
  queryFn: ({ signal }) =>
    everyPage<OrganisationSummary, Page<OrganisationSummary>>((cursor) =>
      api.get('/v1/organisations', { query: { limit: 200, cursor }, signal }),
    ),
  staleTime: 60_000,
});

export const organisationQuery = (organisationId: string) =>
  queryOptions({
    queryKey: [...placeKeys.organisations, 'tree', organisationId],
    queryFn: ({ signal }) =>
      api.get<OrganisationTree>(`/v1/organisations/${organisationId}`, { query: { includeClosed: true }, signal }),
    staleTime: 60_000,
  });

/** One cluster in a period; `until` is the first day no longer shown. */
export interface BoardFilter {
  clusterId: string;
  from: string;
  until: string;
}

export const boardQuery = (filter: BoardFilter) =>
  queryOptions({
    queryKey: [...placeKeys.occupancy, 'board', filter],
    queryFn: async ({ signal }): Promise<Board> => {
      const { names, ...board } = await everyPage<BoardRow, Beside<BoardReply>>((cursor) =>
        api.get('/v1/occupancy/board', { query: { ...filter, limit: 200, cursor }, signal }),
      );
      const cluster = names?.clusters[board.clusterId];
      const places = board.items.toSorted((a, b) => byNumberInName(a.label, b.label));
      const items = places.map((place) => ({ ...place, bars: place.bars.map((bar) => withClient(bar, names)) }));
      return { ...board, items, ...(cluster === undefined ? {} : { cluster }) };
    },
  });

/** Whether the board would show something else by now, and when that was asked; not with what own changes refresh. */
export const boardStateQuery = (filter: BoardFilter) =>
  queryOptions({
    queryKey: ['board-state', filter],
    queryFn: async ({ signal }) => {
      const askedAt = Date.now();
      const { state } = await api.get<BoardState>('/v1/occupancy/board/state', { query: { ...filter }, signal });
      return { state, askedAt };
    },
  });

export const occupancyQuery = (filter: {
  on: string;
  organisationId?: string | undefined;
  clusterId?: string | undefined;
}) =>
  queryOptions({
    queryKey: [...placeKeys.occupancy, 'on-date', filter],
    queryFn: ({ signal }) =>
      everyPage<PlaceOnDate, Occupancy>((cursor) =>
        api.get('/v1/occupancy', { query: { ...filter, limit: 200, cursor }, signal }),
      ),
  });

export interface VacancyFilter {
  on: string;
  kind?: PlaceKind | undefined;
  zwaarte?: Zwaarte | undefined;
  organisationId?: string | undefined;
}

export const vacanciesQuery = (filter: VacancyFilter) =>
  queryOptions({
    queryKey: [...placeKeys.occupancy, 'vacancies', filter],
    queryFn: async ({ signal }): Promise<Page<Vacancy>> => {
      const page = await everyPage<VacancyReply, Beside<Page<VacancyReply>>>((cursor) =>
        api.get('/v1/vacancies', { query: { ...filter, limit: 200, cursor }, signal }),
      );
      return { ...page, items: page.items.map((vacancy) => withPlace(vacancy, page.names)) };
    },
  });

/** Nights from the first day to the last one (exclusive, and not after today). */
export interface BedNightsFilter {
  from: string;
  until: string;
  groupBy: BedNightGrouping;
  organisationId?: string | undefined;
}

export const bedNightsQuery = (filter: BedNightsFilter) =>
  queryOptions({
    queryKey: [...placeKeys.occupancy, 'bed-nights', filter],
    queryFn: async ({ signal }): Promise<BedNights> => {
      const { names, ...reply } = await api.get<Beside<BedNightsReply>>('/v1/bed-nights', {
        query: { ...filter },
        signal,
      });
      return { ...reply, groups: reply.groups.map((group) => withGroupName(group, names)) };
    },
  });

function withGroupName(group: BedNightReply, names: Names | undefined): BedNightGroup {
  const { organisationId, clusterId } = group;
  const cluster = clusterId === undefined ? undefined : names?.clusters[clusterId];
  const name =
    organisationId === undefined
      ? cluster && `${cluster.clusterName}, ${cluster.locationName}`
      : names?.organisations[organisationId];
  return name === undefined ? group : { ...group, name };
}

export const mismatchesQuery = (filter: { organisationId?: string | undefined }) =>
  queryOptions({
    queryKey: [...placeKeys.occupancy, 'mismatches', filter],
    queryFn: async ({ signal }): Promise<Page<Mismatch>> => {
      const page = await everyPage<MismatchReply, Beside<Page<MismatchReply>>>((cursor) =>
        api.get('/v1/zwaarte-mismatches', { query: { ...filter, limit: 200, cursor }, signal }),
      );
      return { ...page, items: page.items.map((line) => withClient(withPlace(line, page.names), page.names)) };
    },
  });

export interface DataQualityFilter {
  organisationId?: string | undefined;
  missing?: DataQualityCheck | undefined;
}

export const dataQualityQuery = (filter: DataQualityFilter) =>
  pagedQuery<DataQualityLine, DataQuality>(['data-quality', filter], (cursor, signal) =>
    api.get<DataQuality>('/v1/data-quality', { query: { ...filter, cursor }, signal }),
  );

/** For who sees no clients: shares per institution, without counts under 5. */
export const dataQualitySharesQuery = queryOptions({
  queryKey: ['data-quality', 'shares'],
  queryFn: ({ signal }) => api.get<Page<DataQualityShare>>('/v1/data-quality/shares', { signal }),
});

/** What the operator fills in for one part of the structure; only what changes in a PATCH. */
export interface StructureInput {
  name?: string;
  kind?: OrganisationKind | PlaceKind;
  zwaarte?: Zwaarte;
  fundingFrame?: PlaceSummary['fundingFrame'];
  representativePersonId?: string | null;
  address?: { street?: string; houseNumber?: string; postcode?: string; city?: string } | null;
  openFrom?: string | null;
  closedFrom?: string | null;
}

/** Adds an organisation, or a part under another part. */
export const createStructure = (path: string, body: StructureInput, idempotencyKey: string): Promise<unknown> =>
  api.post(path, { body, idempotencyKey });

export const updateStructure = (path: string, version: number, body: StructureInput): Promise<unknown> =>
  api.patch(path, { body, version });
