import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  CreateCluster,
  createCluster,
  CreateLocation,
  createLocation,
  CreateOrganisation,
  createOrganisation,
  CreatePlace,
  createPlace,
  getOrganisation,
  ListOrganisations,
  listOrganisations,
  OrganisationById,
  UpdateCluster,
  updateCluster,
  UpdateLocation,
  updateLocation,
  UpdateOrganisation,
  updateOrganisation,
  UpdatePlace,
  updatePlace,
} from '#contracts/registration/structure.js';
import type {
  ClusterSummary,
  LocationSummary,
  OrganisationSummary,
  OrganisationTree,
  PlaceSummary,
} from '#contracts/registration/structure-shapes.js';
import { Handles } from '#platform/handles.js';
import { PlacesService } from './places.service.js';
import { StructureReadingService } from './structure-reading.service.js';
import { StructureService } from './structure.service.js';

@Controller()
export class StructureController {
  constructor(
    private readonly reading: StructureReadingService,
    private readonly structure: StructureService,
    private readonly places: PlacesService,
  ) {}

  @Handles(listOrganisations)
  list(query: ListOrganisations, caller: Caller): Promise<Page<OrganisationSummary>> {
    return this.reading.list(query, caller);
  }

  @Handles(getOrganisation)
  tree(query: OrganisationById, caller: Caller): Promise<OrganisationTree> {
    return this.reading.tree(query, caller);
  }

  @Handles(createOrganisation)
  createOrganisation(command: CreateOrganisation, caller: Caller): Promise<OrganisationSummary> {
    return this.structure.createOrganisation(command, caller);
  }

  @Handles(updateOrganisation)
  updateOrganisation(command: UpdateOrganisation, _caller: Caller): Promise<OrganisationSummary> {
    return this.structure.updateOrganisation(command);
  }

  @Handles(createLocation)
  createLocation(command: CreateLocation, caller: Caller): Promise<LocationSummary> {
    return this.structure.createLocation(command, caller);
  }

  @Handles(updateLocation)
  updateLocation(command: UpdateLocation, _caller: Caller): Promise<LocationSummary> {
    return this.structure.updateLocation(command);
  }

  @Handles(createCluster)
  createCluster(command: CreateCluster, caller: Caller): Promise<ClusterSummary> {
    return this.places.createCluster(command, caller);
  }

  @Handles(updateCluster)
  updateCluster(command: UpdateCluster, _caller: Caller): Promise<ClusterSummary> {
    return this.places.updateCluster(command);
  }

  @Handles(createPlace)
  createPlace(command: CreatePlace, caller: Caller): Promise<PlaceSummary> {
    return this.places.createPlace(command, caller);
  }

  @Handles(updatePlace)
  updatePlace(command: UpdatePlace, _caller: Caller): Promise<PlaceSummary> {
    return this.places.updatePlace(command);
  }
}
