import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { contentHash } from '../../identity.js';
import { type PlaceDocument, PlaceModel } from '../../structure/place.schema.js';
import { PlacesService } from '../../structure/places.service.js';
import { StructureService } from '../../structure/structure.service.js';
import {
  type ClusterDocument,
  type LocationDocument,
  type OrganisationDocument,
  StructureModels,
} from '../../structure/structure.schema.js';
import { comparable } from '../../text-keys.js';
import type { PlaceRow } from '../rows/check-row.js';

type Named = Pick<PlaceRow, 'location' | 'cluster'>;

/** Finds parts of the structure by the names in a file, whatever their capitals and accents. */
@Injectable()
export class StructureFinder {
  constructor(
    private readonly models: StructureModels,
    private readonly placeModel: PlaceModel,
    private readonly structure: StructureService,
    private readonly places: PlacesService,
  ) {}

  /** @throws Refusal `unknown-organisation`, or `organisation-has-no-places` when it is no institution */
  async institution(name: string): Promise<string> {
    const found = await this.models.organisations.findOne({ nameKey: comparable(name) }).lean<OrganisationDocument>();
    if (found === null) throw Refusal.of('unknown-organisation', { fields: ['instelling'] });
    if (found.kind !== 'institution') throw Refusal.of('organisation-has-no-places', { fields: ['instelling'] });
    return found._id;
  }

  /** The cluster of that name at the location of that name, when both are there. */
  async cluster(named: Named, organisationId: string): Promise<string | undefined> {
    const locationId = await this.location(named, organisationId);
    return locationId === undefined ? undefined : this.clusterAt(locationId, named);
  }

  /** The same; makes what is not there. */
  async clusterFor(named: Named, organisationId: string, caller: Caller): Promise<string> {
    const { location, cluster } = named;
    let locationId = await this.location(named, organisationId);
    if (locationId === undefined) {
      const idempotencyKey = keyOf(organisationId, location);
      const command = { organisationId, name: location, idempotencyKey };
      ({ locationId } = await this.structure.createLocation(command, caller));
    }
    const known = await this.clusterAt(locationId, named);
    if (known !== undefined) return known;
    const command = { locationId, name: cluster, idempotencyKey: keyOf(locationId, cluster) };
    return (await this.places.createCluster(command, caller)).clusterId;
  }

  async place(placeId: string): Promise<PlaceDocument | undefined> {
    return (await this.placeModel.model.findById(placeId).lean<PlaceDocument>()) ?? undefined;
  }

  async placeByName(clusterId: string, name: string): Promise<PlaceDocument | undefined> {
    const query = this.placeModel.model.findOne({ clusterId, labelKey: comparable(name) });
    return (await query.lean<PlaceDocument>()) ?? undefined;
  }

  private async location({ location }: Named, organisationId: string): Promise<string | undefined> {
    const query = this.models.locations.findOne({ organisationId, nameKey: comparable(location) });
    return (await query.lean<LocationDocument>())?._id;
  }

  private async clusterAt(locationId: string, { cluster }: Named): Promise<string | undefined> {
    const query = this.models.clusters.findOne({ locationId, nameKey: comparable(cluster) });
    return (await query.lean<ClusterDocument>())?._id;
  }
}

function keyOf(parentId: string, name: string): string {
  return contentHash(`import|${parentId}|${name}`);
}
