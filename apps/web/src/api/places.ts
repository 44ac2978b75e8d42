import { queryOptions } from '@tanstack/react-query';

import type { DataQualityCheck, OrganisationKind, PlaceKind, Zwaarte } from '#contracts/codes.js';
import type { DataQuality, DataQualityLine } from '#contracts/registration/client-shapes.js';
import type {
  Board as BoardReply,
  BoardBar,
  BoardPlace as BoardRow,
  OccupancyOnDate,
  PlaceOnDate,
  Vacancy as VacancyReply,
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

export type { ClusterTree, DataQuality, LocationTree, OrganisationSummary, OrganisationTree, PlaceSummary };

export type Bar = WithClient<BoardBar>;
export type BoardPlace = Omit<BoardRow, 'bars'> & { bars: Bar[] };
/** `GET /v1/occupancy/board` */
export type Board = Omit<BoardReply, 'items'> & { items: BoardPlace[]; cluster?: ClusterRef };
/** `GET /v1/occupancy` */
export type Occupancy = Omit<OccupancyOnDate, 'items'> & { items: PlaceOnDate[]; names?: Names };
/** `GET /v1/vacancies` */
export type Vacancy = WithPlace<VacancyReply>;

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

export const boardQuery = (filter: { clusterId: string; from: string; until: string }) =>
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

export interface DataQualityFilter {
  organisationId?: string | undefined;
  missing?: DataQualityCheck | undefined;
}

export const dataQualityQuery = (filter: DataQualityFilter) =>
  pagedQuery<DataQualityLine, DataQuality>(['data-quality', filter], (cursor, signal) =>
    api.get<DataQuality>('/v1/data-quality', { query: { ...filter, cursor }, signal }),
  );

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
