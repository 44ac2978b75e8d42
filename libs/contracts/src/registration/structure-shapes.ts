import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FundingFrame, OrganisationKind, PlaceKind, Zwaarte } from '../codes.js';

/** Organisation → location → cluster of places → place (domain.md §3), as they are shown. */

/** A place with the names that people know it by. */
export interface PlaceRef {
  placeId: string;
  placeName: string;
  clusterId: string;
  clusterName: string;
  locationName: string;
  organisationId: string;
  organisationName: string;
}

export class LocationAddress {
  @IsOptional() @IsString() @MaxLength(120) street?: string | null;
  @IsOptional() @IsString() @MaxLength(10) houseNumber?: string | null;
  @IsOptional() @IsString() @MaxLength(12) postcode?: string | null;
  @IsOptional() @IsString() @MaxLength(80) city?: string | null;
}

export interface OrganisationSummary {
  organisationId: string;
  name: string;
  kind: OrganisationKind;
  /** First day on which it no longer takes part. */
  closedFrom?: string;
  version: number;
}

export interface LocationSummary {
  locationId: string;
  organisationId: string;
  name: string;
  address?: { street?: string; houseNumber?: string; postcode?: string; city?: string };
  closedFrom?: string;
  version: number;
}

export interface ClusterSummary {
  clusterId: string;
  locationId: string;
  organisationId: string;
  name: string;
  /** The clientmanager who represents it; absent when nobody does. */
  representativePersonId?: string;
  representativeName?: string;
  closedFrom?: string;
  version: number;
}

export interface PlaceSummary {
  placeId: string;
  clusterId: string;
  locationId: string;
  organisationId: string;
  name: string;
  kind: PlaceKind;
  /** Weight of the client that it is meant for. */
  zwaarte: Zwaarte;
  fundingFrame: FundingFrame;
  /** First day on which it can be used; always when absent. */
  openFrom?: string;
  /** First day on which it can no longer be used; never when absent. */
  closedFrom?: string;
  version: number;
}

export interface ClusterTree extends ClusterSummary {
  places: PlaceSummary[];
}

export interface LocationTree extends LocationSummary {
  clusters: ClusterTree[];
}

/** An organisation with what the asker may see of it. */
export interface OrganisationTree extends OrganisationSummary {
  locations: LocationTree[];
}
