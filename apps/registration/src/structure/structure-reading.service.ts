import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import type { ListOrganisations, OrganisationById } from '#contracts/registration/structure.js';
import type { LocationTree, OrganisationSummary, OrganisationTree } from '#contracts/registration/structure-shapes.js';
import { afterPosition, type Condition, pageOf, positionIn, readLimit, sortOf } from '#persistence/list-position.js';
import { NamesReader } from '../names/names-reader.js';
import { withoutNothing } from '../without-nothing.js';
import type { PlaceDocument } from './place.schema.js';
import { StructureRepository } from './structure.repository.js';
import { clusterView, locationView, organisationView, placeView } from './structure-views.js';
import { type ClusterDocument, type OrganisationDocument, StructureModels } from './structure.schema.js';
import { clustersInSight, seesOrganisation } from './structure-access-rules.js';

const byName = { field: 'nameKey', direction: 1 } as const;

/** Organisations and what the caller may see of them. */
@Injectable()
export class StructureReadingService {
  constructor(
    private readonly models: StructureModels,
    private readonly repository: StructureRepository,
    private readonly names: NamesReader,
    private readonly clock: Clock,
  ) {}

  async list(query: ListOrganisations, caller: Caller): Promise<Page<OrganisationSummary>> {
    const sight = seesOrganisation(caller);
    const condition = withoutNothing<Condition>({
      nameKey: { $gte: '' },
      kind: query.kind,
      _id: sight === 'all' ? undefined : { $in: sight },
    });
    const position = positionIn(query.cursor);
    const read = await this.models.organisations
      .find({ $and: position ? [condition, afterPosition(byName, position)] : [condition] })
      .sort(sortOf(byName))
      .limit(readLimit(query.limit))
      .lean<OrganisationDocument[]>()
      .exec();
    const page = pageOf(read, query.limit, ({ _id, nameKey }) => ({ id: _id, value: nameKey }), organisationView);
    return { ...page, total: await this.models.organisations.countDocuments(condition).exec() };
  }

  /** @throws Refusal `not-found` also when the caller may not see it */
  async tree({ organisationId, includeClosed }: OrganisationById, caller: Caller): Promise<OrganisationTree> {
    const sight = seesOrganisation(caller);
    const inSight = sight === 'all' || sight.includes(organisationId);
    const organisation = inSight ? await this.repository.organisation(organisationId) : null;
    if (!organisation) throw Refusal.of('not-found');
    const [locations, allClusters, places] = await Promise.all([
      this.repository.locationsOf(organisationId),
      this.repository.clustersOf(organisationId),
      this.repository.placesOf(organisationId),
    ]);
    const shown = (part: { closedFrom?: CivilDate }) => includeClosed === true || isOpen(part, this.clock.today());
    const visible = clustersInSight(caller, organisationId);
    const clusters = allClusters.filter((part) => (visible === 'all' || visible.includes(part._id)) && shown(part));
    const people = await this.names.people(
      clusters.flatMap(({ representativePersonId: id }) => (id === undefined ? [] : [id])),
    );
    const trees = locations.filter(shown).map((location): LocationTree => ({
      ...locationView(location),
      clusters: clusters
        .filter(({ locationId }) => locationId === location._id)
        .map((cluster) => ({
          ...clusterView(cluster, nameOf(people, cluster)),
          places: placesIn(cluster, places).filter(shown).map(placeView),
        })),
    }));
    // Of an organisation in which one sees some clusters, only the locations with those are told.
    const told = visible === 'all' ? trees : trees.filter((location) => location.clusters.length > 0);
    return { ...organisationView(organisation), locations: told };
  }
}

function isOpen({ closedFrom }: { closedFrom?: CivilDate }, today: CivilDate): boolean {
  return closedFrom === undefined || closedFrom > today;
}

function placesIn(cluster: ClusterDocument, places: readonly Omit<PlaceDocument, 'ledger'>[]) {
  return places.filter(({ clusterId }) => clusterId === cluster._id);
}

function nameOf(people: ReadonlyMap<string, string>, { representativePersonId }: ClusterDocument): string | undefined {
  return representativePersonId === undefined ? undefined : people.get(representativePersonId);
}
