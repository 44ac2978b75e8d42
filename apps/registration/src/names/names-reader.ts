import { Injectable } from '@nestjs/common';
import type { ClusterRef } from '#contracts/registration/names.js';
import type { PlaceRef } from '#contracts/registration/structure-shapes.js';
import { PersonModel } from '../people/person.schema.js';
import { StructureMemory } from '../structure/structure-memory.js';

interface Named {
  _id: string;
  name: string;
}

/** Whose names are asked. */
export interface StructureIds {
  places?: readonly string[];
  clusters?: readonly string[];
  organisations?: readonly string[];
}

export interface StructureNames {
  places: Map<string, PlaceRef>;
  clusters: Map<string, ClusterRef>;
  organisations: Map<string, string>;
}

/** Display names of what is not client data: organisations, clusters, places and people. Unknown ones are left out. */
@Injectable()
export class NamesReader {
  constructor(
    private readonly memory: StructureMemory,
    private readonly personModel: PersonModel,
  ) {}

  async organisations(ids: readonly string[]): Promise<Map<string, string>> {
    return nameById(await this.memory.organisations.get(ids));
  }

  async people(ids: readonly string[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const query = this.personModel.model.find({ _id: { $in: wanted } }, { name: 1 });
    return nameById(await query.lean<Named[]>().exec());
  }

  async clusters(ids: readonly string[]): Promise<Map<string, ClusterRef>> {
    return (await this.structureNames({ clusters: ids })).clusters;
  }

  async places(ids: readonly string[]): Promise<Map<string, PlaceRef>> {
    return (await this.structureNames({ places: ids })).places;
  }

  /** Names of all kinds together, each looked up once: a place needs those of its cluster, location and organisation. */
  async structureNames(ids: StructureIds): Promise<StructureNames> {
    const [places, named] = await Promise.all([
      this.memory.places.get(ids.places ?? []),
      this.memory.clusters.get(ids.clusters ?? []),
    ]);
    const known = new Set(named.map(({ _id }) => _id));
    // A place says by itself in which location it is, and of which organisation: all else can be asked together.
    const around = [...places, ...named];
    const [others, locations, organisations] = await Promise.all([
      this.memory.clusters.get(places.map(({ clusterId }) => clusterId).filter((id) => !known.has(id))),
      this.memory.locations.get(around.map(({ locationId }) => locationId)).then(nameById),
      this.organisations([...(ids.organisations ?? []), ...around.map(({ organisationId }) => organisationId)]),
    ]);
    const clusters = [...named, ...others];
    const refs = new Map<string, ClusterRef>(
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
    return {
      places: new Map(
        places.flatMap(({ _id, label, clusterId }): [string, PlaceRef][] => {
          const cluster = refs.get(clusterId);
          return cluster === undefined ? [] : [[_id, { placeId: _id, placeName: label, ...cluster }]];
        }),
      ),
      clusters: only(refs, ids.clusters),
      organisations: only(organisations, ids.organisations),
    };
  }
}

function nameById(found: readonly Named[]): Map<string, string> {
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

function only<T>(known: ReadonlyMap<string, T>, ids: readonly string[] = []): Map<string, T> {
  return new Map(
    [...new Set(ids)].flatMap((id): [string, T][] => {
      const found = known.get(id);
      return found === undefined ? [] : [[id, found]];
    }),
  );
}
