import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Min, ValidateNested } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type FundingFrame,
  fundingFrames,
  type OrganisationKind,
  organisationKinds,
  type PlaceKind,
  placeKinds,
  type Zwaarte,
  zwaartes,
} from '../codes.js';
import { IsCivilDateText, IsCursor, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';
import {
  type ClusterSummary,
  LocationAddress,
  type LocationSummary,
  type OrganisationSummary,
  type OrganisationTree,
  type PlaceSummary,
} from './structure-shapes.js';

/**
 * Requests about organisations, locations, clusters and places. The operator keeps them; a clientmanager reads the own
 * organisation; a regisseur reads the names of all organisations and the clusters of the caseload. Nothing is deleted:
 * `closedFrom` is the first day on which it is out of use, `null` opens it again.
 */

const READERS = ['beheerder', 'clientmanager', 'trajectregisseur', 'beleid', 'system'] as const;

/** Every creation: the same key with the same content gives what was made before. */
class Creation {
  @IsIdempotencyKey() idempotencyKey?: string;
  @IsString() @Length(1, 120) name: string;
}

/** Every change: an absent field stays; refused with `stale-version` at another version. */
class Change {
  @IsInt() @Min(1) expectedVersion: number;
  @IsOptional() @IsString() @Length(1, 120) name?: string;
  @IsOptional() @IsCivilDateText() closedFrom?: CivilDate | null;
}

export class ListOrganisations {
  @IsOptional() @IsIn(organisationKinds) kind?: OrganisationKind;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class OrganisationById {
  @IsId() organisationId: string;
  /** Also what is closed; left out otherwise. */
  @IsOptional() @IsBoolean() includeClosed?: boolean;
}

export class CreateOrganisation extends Creation {
  @IsIn(organisationKinds) kind: OrganisationKind;
}

export class UpdateOrganisation extends Change {
  @IsId() organisationId: string;
}

export class CreateLocation extends Creation {
  @IsId() organisationId: string;
  @IsOptional() @ValidateNested() @Type(() => LocationAddress) address?: LocationAddress | null;
}

export class UpdateLocation extends Change {
  @IsId() locationId: string;
  @IsOptional() @ValidateNested() @Type(() => LocationAddress) address?: LocationAddress | null;
}

export class CreateCluster extends Creation {
  @IsId() locationId: string;
  /** An active clientmanager of the same organisation. */
  @IsOptional() @IsId() representativePersonId?: string | null;
}

export class UpdateCluster extends Change {
  @IsId() clusterId: string;
  @IsOptional() @IsId() representativePersonId?: string | null;
}

export class CreatePlace extends Creation {
  @IsId() clusterId: string;
  @IsIn(placeKinds) kind: PlaceKind;
  @IsIn(zwaartes) zwaarte: Zwaarte;
  @IsIn(fundingFrames) fundingFrame: FundingFrame;
  @IsOptional() @IsCivilDateText() openFrom?: CivilDate | null;
  @IsOptional() @IsCivilDateText() closedFrom?: CivilDate | null;
}

export class UpdatePlace extends Change {
  @IsId() placeId: string;
  @IsOptional() @IsIn(placeKinds) kind?: PlaceKind;
  @IsOptional() @IsIn(zwaartes) zwaarte?: Zwaarte;
  @IsOptional() @IsIn(fundingFrames) fundingFrame?: FundingFrame;
  @IsOptional() @IsCivilDateText() openFrom?: CivilDate | null;
}

const keep = ['beheerder'] as const;

/** Organisations by name. A clientmanager or system gets the own one only. */
export const listOrganisations = defineRequest<ListOrganisations, Page<OrganisationSummary>>(
  'registration.structure.list-organisations',
  { payload: ListOrganisations, allow: READERS },
);

export const getOrganisation = defineRequest<OrganisationById, OrganisationTree>(
  'registration.structure.get-organisation',
  { payload: OrganisationById, allow: READERS },
);

export const createOrganisation = defineRequest<CreateOrganisation, OrganisationSummary>(
  'registration.structure.create-organisation',
  { payload: CreateOrganisation, allow: keep },
);

/** Refuses: `still-open-below` when it is closed while locations of it are open. */
export const updateOrganisation = defineRequest<UpdateOrganisation, OrganisationSummary>(
  'registration.structure.update-organisation',
  { payload: UpdateOrganisation, allow: keep },
);

/** Refuses: `organisation-has-no-places` unless the organisation is an institution. */
export const createLocation = defineRequest<CreateLocation, LocationSummary>('registration.structure.create-location', {
  payload: CreateLocation,
  allow: keep,
});

export const updateLocation = defineRequest<UpdateLocation, LocationSummary>('registration.structure.update-location', {
  payload: UpdateLocation,
  allow: keep,
});

/** Refuses: `representative-unfit` when that person is no active clientmanager of the organisation. */
export const createCluster = defineRequest<CreateCluster, ClusterSummary>('registration.structure.create-cluster', {
  payload: CreateCluster,
  allow: keep,
});

export const updateCluster = defineRequest<UpdateCluster, ClusterSummary>('registration.structure.update-cluster', {
  payload: UpdateCluster,
  allow: keep,
});

export const createPlace = defineRequest<CreatePlace, PlaceSummary>('registration.structure.create-place', {
  payload: CreatePlace,
  allow: keep,
});

/** Refuses: `place-in-use` with the period, when a stay or reservation would fall outside the days it is open. */
export const updatePlace = defineRequest<UpdatePlace, PlaceSummary>('registration.structure.update-place', {
  payload: UpdatePlace,
  allow: keep,
});
