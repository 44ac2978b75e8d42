import { Injectable } from '@nestjs/common';
import type { ClusterRef } from '#contracts/registration/names.js';
import type { PlaceRef } from '#contracts/registration/structure-shapes.js';
import { PersonModel } from '../people/person.schema.js';
import { type PlaceDocument, PlaceModel } from '../structure/place.schema.js';
import { type ClusterDocument, StructureModels } from '../structure/structure.schema.js';

interface Named {
  _id: string;
  name: string;
}

/** Display names of what is not client data: organisations, clusters, places and people. Unknown ones are left out. */
@Injectable()
export class NamesReader {
  constructor(
    private readonly structure: StructureModels,
    private readonly placeModel: PlaceModel,
    private readonly personModel: PersonModel,
  ) {}

  async organisations(ids: readonly string[]): Promise<Map<string, string>> {
    const wanted = distinct(ids);
    if (wanted.length === 0) return new Map();
    const query = this.structure.organisations.find({ _id: { $in: wanted } }, { name: 1 });
    return nameById(await query.lean<Named[]>().exec());
  }

  async people(ids: readonly string[]): Promise<Map<string, string>> {
    const wanted = distinct(ids);
    if (wanted.length === 0) return new Map();
    const query = this.personModel.model.find({ _id: { $in: wanted } }, { name: 1 });
    return nameById(await query.lean<Named[]>().exec());
  }

  async clusters(ids: readonly string[]): Promise<Map<string, ClusterRef>> {
    const wanted = distinct(ids);
    if (wanted.length === 0) return new Map();
    const clusters = await this.structure.clusters
      .find({ _id: { $in: wanted } })
      .lean<ClusterDocument[]>()
      .exec();
    const [locations, organisations] = await Promise.all([
      this.locations(clusters.map(({ locationId }) => locationId)),
      this.organisations(clusters.map(({ organisationId }) => organisationId)),
    ]);
    return new Map(
      clusters.map(({ _id, name, locationId, organisationId }) => [
        _id,
        {
          clusterId: _id,
          clusterName: name,
          locationName: locations.get(locationId) ?? '',
          organisationId,
          organisationName: organisations.get(organisationId) ?? '',
        },
      ]),
    );
  }

  async places(ids: readonly string[]): Promise<Map<string, PlaceRef>> {
    const wanted = distinct(ids);
    if (wanted.length === 0) return new Map();
    const query = this.placeModel.model.find({ _id: { $in: wanted } }, { label: 1, clusterId: 1 });
    const places = await query.lean<Pick<PlaceDocument, '_id' | 'label' | 'clusterId'>[]>().exec();
    const clusters = await this.clusters(places.map(({ clusterId }) => clusterId));
    return new Map(
      places.flatMap(({ _id, label, clusterId }): [string, PlaceRef][] => {
        const cluster = clusters.get(clusterId);
        return cluster === undefined ? [] : [[_id, { placeId: _id, placeName: label, ...cluster }]];
      }),
    );
  }

  private async locations(ids: readonly string[]): Promise<Map<string, string>> {
    const query = this.structure.locations.find({ _id: { $in: distinct(ids) } }, { name: 1 });
    return nameById(await query.lean<Named[]>().exec());
  }
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function nameById(found: readonly Named[]): Map<string, string> {
  return new Map(found.map(({ _id, name }) => [_id, name]));
}
