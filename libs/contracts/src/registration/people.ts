import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
} from 'class-validator';
import { type Role, roles } from '../codes.js';
import { IsCursor, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';

/** The people directory: who works in the chain, in which roles, and which systems are connected (domain.md §2). */

export const personKinds = ['person', 'system'] as const;
export type PersonKind = (typeof personKinds)[number];

export const personLanguages = ['nl', 'en'] as const;
export type PersonLanguage = (typeof personLanguages)[number];

/** One entry of the directory, as the operator keeps it. */
export interface Person {
  personId: string;
  kind: PersonKind;
  name: string;
  /** OIDC subject; of a system its client id. Unique. */
  subject: string;
  /** Work address. */
  email?: string;
  roles: Role[];
  organisationId?: string;
  organisationName?: string;
  language: PersonLanguage;
  active: boolean;
  version: number;
}

/** What others may know of a colleague: enough to hand over to. */
export interface Colleague {
  personId: string;
  name: string;
  roles: Role[];
  organisationId?: string;
  organisationName?: string;
}

export class PersonBySubject {
  @IsString() @Length(1, 255) subject: string;
}

export class PersonById {
  @IsId() personId: string;
}

export class ListPeople {
  /** Beginnings of names. */
  @IsOptional() @IsString() @MaxLength(120) text?: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @IsOptional() @IsId() organisationId?: string;
  @IsOptional() @IsIn(personKinds) kind?: PersonKind;
  @IsOptional() @IsBoolean() active?: boolean;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class ListColleagues {
  @IsOptional() @IsString() @MaxLength(120) text?: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Adds somebody, or a system. The same key with the same content gives the entry that was made before. */
export class CreatePerson {
  @IsIdempotencyKey() idempotencyKey?: string;
  @IsIn(personKinds) kind: PersonKind;
  @IsString() @Length(1, 160) name: string;
  @IsString() @Length(1, 255) subject: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string | null;
  @IsArray() @ArrayUnique() @IsIn(roles, { each: true }) roles: Role[];
  @IsOptional() @IsId() organisationId?: string | null;
  @IsOptional() @IsIn(personLanguages) language?: PersonLanguage;
}

/** An absent field stays; `null` takes it away. Nobody is deleted: `active: false` closes the door. */
export class UpdatePerson extends PersonById {
  @IsInt() @Min(1) expectedVersion: number;
  @IsOptional() @IsString() @Length(1, 160) name?: string;
  @IsOptional() @IsString() @Length(1, 255) subject?: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string | null;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(roles, { each: true }) roles?: Role[];
  @IsOptional() @IsId() organisationId?: string | null;
  @IsOptional() @IsIn(personLanguages) language?: PersonLanguage;
  @IsOptional() @IsBoolean() active?: boolean;
}

/** Who signs in; asked by the gateway itself. Refuses `not-found` when unknown or no longer active. */
export const personBySubject = defineRequest<PersonBySubject, Person>('registration.people.by-subject', {
  payload: PersonBySubject,
  allow: ['service'],
});

/** The directory by name, for the operator. */
export const listPeople = defineRequest<ListPeople, Page<Person>>('registration.people.list', {
  payload: ListPeople,
  allow: ['beheerder'],
});

/**
 * Active people to hand over to or to name: a regisseur gets regisseurs and clientmanagers, a clientmanager the people
 * of the own organisation and the regisseurs, the operator everybody.
 */
export const listColleagues = defineRequest<ListColleagues, Page<Colleague>>('registration.people.colleagues', {
  payload: ListColleagues,
  allow: ['beheerder', 'clientmanager', 'trajectregisseur'],
});

export const getPerson = defineRequest<PersonById, Person>('registration.people.get', {
  payload: PersonById,
  allow: ['beheerder'],
});

/** Refuses: `subject-in-use`, `organisation-required`, `organisation-kind-unfit`, `system-has-no-roles`. */
export const createPerson = defineRequest<CreatePerson, Person>('registration.people.create', {
  payload: CreatePerson,
  allow: ['beheerder'],
});

/** Refuses also: `represents-clusters` when the person could no longer represent their clusters. */
export const updatePerson = defineRequest<UpdatePerson, Person>('registration.people.update', {
  payload: UpdatePerson,
  allow: ['beheerder'],
});
