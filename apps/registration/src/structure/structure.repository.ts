import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Claims } from '#persistence/claims.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { clusterClaim, locationClaim, organisationClaim, placeClaim } from './name-claims.js';
import { type PlaceDocument, PlaceModel } from './place.schema.js';
import { StructureMemory } from './structure-memory.js';
import {
  type ClusterDocument,
  type LocationDocument,
  type OrganisationDocument,
  StructureModels,
} from './structure.schema.js';

/** Reads and writes organisations, locations, clusters and places. Writing throws `ValueTaken` for a name that is taken. */
@Injectable()
export class StructureRepository {
  constructor(
    private readonly parts: StructureModels,
    private readonly places: PlaceModel,
    private readonly claims: Claims,
    private readonly memory: StructureMemory,
  ) {}

  organisation(id: string, session?: ClientSession): Promise<OrganisationDocument | null> {
    return this.parts.organisations
      .findById(id)
      .session(session ?? null)
      .lean<OrganisationDocument>()
      .exec();
  }

  location(id: string, session?: ClientSession): Promise<LocationDocument | null> {
    return this.parts.locations
      .findById(id)
      .session(session ?? null)
      .lean<LocationDocument>()
      .exec();
  }

  cluster(id: string, session?: ClientSession): Promise<ClusterDocument | null> {
    return this.parts.clusters
      .findById(id)
      .session(session ?? null)
      .lean<ClusterDocument>()
      .exec();
  }

  place(id: string, session?: ClientSession): Promise<PlaceDocument | null> {
    return this.places.model
      .findById(id)
      .session(session ?? null)
      .lean<PlaceDocument>()
      .exec();
  }

  locationsOf(organisationId: string, session?: ClientSession): Promise<LocationDocument[]> {
    const query = this.parts.locations.find({ organisationId }).sort({ nameKey: 1 });
    return query
      .session(session ?? null)
      .lean<LocationDocument[]>()
      .exec();
  }

  clustersOf(organisationId: string): Promise<ClusterDocument[]> {
    return this.parts.clusters.find({ organisationId }).sort({ nameKey: 1 }).lean<ClusterDocument[]>().exec();
  }

  clustersAt(locationId: string, session: ClientSession): Promise<ClusterDocument[]> {
    return this.parts.clusters.find({ locationId }).session(session).lean<ClusterDocument[]>().exec();
  }

  /** How many clusters a person represents that are not closed by `today`. */
  clustersRepresentedBy(personId: string, session: ClientSession): Promise<ClusterDocument[]> {
    const query = this.parts.clusters.find({ representativePersonId: personId });
    return query.session(session).lean<ClusterDocument[]>().exec();
  }

  /** Places without their occupations, in order of label. */
  placesOf(organisationId: string): Promise<Omit<PlaceDocument, 'ledger'>[]> {
    const query = this.places.model.find({ organisationId }, { ledger: 0 }).sort({ labelKey: 1 });
    return query.lean<Omit<PlaceDocument, 'ledger'>[]>().exec();
  }

  placesIn(clusterId: string, session: ClientSession): Promise<Pick<PlaceDocument, '_id' | 'closedFrom'>[]> {
    const query = this.places.model.find({ clusterId }, { closedFrom: 1 });
    return query.session(session).lean<Pick<PlaceDocument, '_id' | 'closedFrom'>[]>().exec();
  }

  async insertOrganisation(tx: Tx, document: OrganisationDocument): Promise<void> {
    await this.claims.take(organisationClaim(document), tx.session);
    await this.parts.organisations.insertOne(document, { session: tx.session });
  }

  async insertLocation(tx: Tx, document: LocationDocument): Promise<void> {
    await this.claims.take(locationClaim(document), tx.session);
    await this.parts.locations.insertOne(document, { session: tx.session });
  }

  async insertCluster(tx: Tx, document: ClusterDocument): Promise<void> {
    await this.claims.take(clusterClaim(document), tx.session);
    await this.parts.clusters.insertOne(document, { session: tx.session });
  }

  async insertPlace(tx: Tx, document: PlaceDocument): Promise<void> {
    await this.claims.take(placeClaim(document), tx.session);
    await this.places.model.insertOne(document, { session: tx.session });
  }

  async replaceOrganisation(tx: Tx, previous: OrganisationDocument, next: OrganisationDocument): Promise<void> {
    const filter = { _id: previous._id, version: previous.version, below: previous.below };
    expectOne(await this.parts.organisations.replaceOne(filter, next, { session: tx.session }), 'the organisation');
    await this.claims.move(organisationClaim(previous), organisationClaim(next).value, tx.session);
    tx.afterCommit(() => this.memory.organisations.forget(next._id));
  }

  async replaceLocation(tx: Tx, previous: LocationDocument, next: LocationDocument): Promise<void> {
    const filter = { _id: previous._id, version: previous.version, below: previous.below };
    expectOne(await this.parts.locations.replaceOne(filter, next, { session: tx.session }), 'the location');
    await this.claims.move(locationClaim(previous), locationClaim(next).value, tx.session);
    tx.afterCommit(() => this.memory.locations.forget(next._id));
  }

  async replaceCluster(tx: Tx, previous: ClusterDocument, next: ClusterDocument): Promise<void> {
    const filter = { _id: previous._id, version: previous.version, below: previous.below };
    expectOne(await this.parts.clusters.replaceOne(filter, next, { session: tx.session }), 'the cluster');
    await this.claims.move(clusterClaim(previous), clusterClaim(next).value, tx.session);
    tx.afterCommit(() => this.memory.clusters.forget(next._id));
  }

  /** Writes a place's own data; its occupations stay, and must be the ones that were read. */
  async replacePlace(tx: Tx, previous: PlaceDocument, next: Omit<PlaceDocument, 'ledger'>): Promise<void> {
    const filter = { _id: previous._id, version: previous.version, 'ledger.version': previous.ledger.version };
    const result = await this.places.model.replaceOne(
      filter,
      { ...next, ledger: previous.ledger },
      { session: tx.session },
    );
    expectOne(result, 'the place');
    await this.claims.move(placeClaim(previous), placeClaim(next).value, tx.session);
    tx.afterCommit(() => this.memory.places.forget(next._id));
  }

  /** Marks that something is added or opened under a parent, so that closing it at the same moment conflicts. */
  async touchOrganisation(tx: Tx, id: string): Promise<void> {
    await this.parts.organisations.updateOne({ _id: id }, { $inc: { below: 1 } }, { session: tx.session });
  }

  async touchLocation(tx: Tx, id: string): Promise<void> {
    await this.parts.locations.updateOne({ _id: id }, { $inc: { below: 1 } }, { session: tx.session });
  }

  async touchCluster(tx: Tx, id: string): Promise<void> {
    await this.parts.clusters.updateOne({ _id: id }, { $inc: { below: 1 } }, { session: tx.session });
  }
}

function expectOne({ matchedCount }: { matchedCount: number }, what: string): void {
  if (matchedCount !== 1) throw new WriteConflict(what);
}
