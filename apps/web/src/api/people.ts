import { queryOptions } from '@tanstack/react-query';

import type { Role } from '#contracts/codes.js';
import type { Absence as AbsenceReply, Caseload as CaseloadReply } from '#contracts/notifications/caseloads.js';
import type { Colleague, CreatePerson, Person, UpdatePerson } from '#contracts/registration/people.js';

import { api, type Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';
import { everyPage } from './paging.js';

export type { Colleague, Person };

/** A caseload or absence with the names of the people, clusters and clients in it. */
export type Caseload = CaseloadReply & { names: Names };
export type Absence = AbsenceReply & { names: Names };

export const peopleKeys = {
  people: ['people'] as const,
  caseloads: ['caseloads'] as const,
  absences: ['absences'] as const,
};

export interface PeopleFilter {
  role?: Role | undefined;
  organisationId?: string | undefined;
}

/** The directory, for the operator. */
export const peopleQuery = (filter: PeopleFilter) =>
  queryOptions({
    queryKey: [...peopleKeys.people, 'list', filter],
    queryFn: ({ signal }) =>
      everyPage<Person, Page<Person>>((cursor) =>
        api.get('/v1/people', { query: { ...filter, limit: 200, cursor }, signal }),
      ),
  });

/** Active people to hand over to or to name; for everybody who works with clients. */
export const colleaguesQuery = (filter: { role?: Role | undefined }) =>
  queryOptions({
    queryKey: [...peopleKeys.people, 'colleagues', filter],
    queryFn: ({ signal }) =>
      everyPage<Colleague, Page<Colleague>>((cursor) =>
        api.get('/v1/colleagues', { query: { ...filter, limit: 200, cursor }, signal }),
      ),
    staleTime: 60_000,
  });

export const createPerson = (body: Omit<CreatePerson, 'idempotencyKey'>, idempotencyKey: string): Promise<Person> =>
  api.post('/v1/people', { body, idempotencyKey });

export type PersonChanges = Omit<UpdatePerson, 'personId' | 'expectedVersion'>;

export const updatePerson = (personId: string, version: number, body: PersonChanges): Promise<Person> =>
  api.patch(`/v1/people/${personId}`, { body, version });

const named = <T>(page: Beside<Page<T>>): Page<T & { names: Names }> => ({
  ...page,
  items: page.items.map((item) => ({ ...item, names: page.names ?? NO_NAMES })),
});

export const caseloadsQuery = queryOptions({
  queryKey: peopleKeys.caseloads,
  queryFn: async ({ signal }) =>
    named(
      await everyPage<CaseloadReply, Beside<Page<CaseloadReply>>>((cursor) =>
        api.get('/v1/caseloads', { query: { limit: 200, cursor }, signal }),
      ),
    ),
});

export interface CaseloadInput {
  clusterIds: string[];
  clientIds: string[];
  coordinator: boolean;
}

export const saveCaseload = (personId: string, version: number, body: CaseloadInput): Promise<CaseloadReply> =>
  api.put(`/v1/caseloads/${personId}`, { body, version });

export const absencesQuery = queryOptions({
  queryKey: peopleKeys.absences,
  queryFn: async ({ signal }) =>
    named(await api.get<Beside<Page<AbsenceReply>>>('/v1/absences', { query: { limit: 200 }, signal })),
});

/** `until`: first day back. */
export interface AbsenceInput {
  personId: string;
  replacementPersonId: string;
  from: string;
  until: string;
}

export const createAbsence = (body: AbsenceInput, idempotencyKey: string): Promise<AbsenceReply> =>
  api.post('/v1/absences', { body, idempotencyKey });

export const cancelAbsence = (absenceId: string): Promise<unknown> => api.delete(`/v1/absences/${absenceId}`);
