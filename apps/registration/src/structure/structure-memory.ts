import { Injectable } from '@nestjs/common';
import { PlaceModel, type PlaceDocument } from './place.schema.js';
import { RememberedById } from './remembered-by-id.js';
import {
  type ClusterDocument,
  type LocationDocument,
  type OrganisationDocument,
  StructureModels,
} from './structure.schema.js';

type Named<T extends { _id: string }, K extends keyof T> = Pick<T, '_id' | K>;
export type NamedPlace = Named<PlaceDocument, 'label' | 'clusterId' | 'locationId' | 'organisationId'>;
export type NamedCluster = Named<ClusterDocument, 'name' | 'locationId' | 'organisationId'>;

/**
 * What organisations, locations, clusters and places are called. Every file, list and melding shows these names and they
 * change seldom, so each is looked up once a second at most.
 */
@Injectable()
export class StructureMemory {
  readonly organisations: RememberedById<Named<OrganisationDocument, 'name'>>;
  readonly locations: RememberedById<Named<LocationDocument, 'name'>>;
  readonly clusters: RememberedById<NamedCluster>;
  readonly places: RememberedById<NamedPlace>;

  constructor({ organisations, locations, clusters }: StructureModels, { model: places }: PlaceModel) {
    this.organisations = new RememberedById((ids) =>
      organisations
        .find({ _id: { $in: ids } }, { name: 1 })
        .lean<Named<OrganisationDocument, 'name'>[]>()
        .exec(),
    );
    this.locations = new RememberedById((ids) =>
      locations
        .find({ _id: { $in: ids } }, { name: 1 })
        .lean<Named<LocationDocument, 'name'>[]>()
        .exec(),
    );
    this.clusters = new RememberedById((ids) =>
      clusters
        .find({ _id: { $in: ids } }, { name: 1, locationId: 1, organisationId: 1 })
        .lean<NamedCluster[]>()
        .exec(),
    );
    this.places = new RememberedById((ids) =>
      places
        .find({ _id: { $in: ids } }, { label: 1, clusterId: 1, locationId: 1, organisationId: 1 })
        .lean<NamedPlace[]>()
        .exec(),
    );
  }
}
