import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { Role } from '#contracts/codes.js';
import type { ClusterChanged, HousingSituationChanged, PersonChanged } from '#contracts/registration/facts.js';
import { Database } from '#persistence/database.js';
import type { Tx } from '#persistence/unit-of-work.js';

/** What is known here of a cluster of places. */
export interface KnownCluster {
  _id: string;
  organisationId: string;
  representativeId: string | null;
  version: number;
}

/** What is known here of somebody in the people directory. */
export interface DirectoryPerson {
  _id: string;
  roles: Role[];
  organisationId: string | null;
  active: boolean;
  version: number;
}

/** Where a client was last known to stay. */
export interface ClientPlace {
  _id: string;
  clusterId: string;
  organisationId: string | null;
  version: number;
}

const clusterSchema = new Schema<KnownCluster>(
  {
    _id: String,
    organisationId: { type: String, required: true },
    representativeId: { type: String, default: null },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);
clusterSchema.index({ representativeId: 1 });

const personSchema = new Schema<DirectoryPerson>(
  {
    _id: String,
    roles: { type: [String], required: true },
    organisationId: { type: String, default: null },
    active: { type: Boolean, required: true },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);
personSchema.index({ roles: 1 });

const clientPlaceSchema = new Schema<ClientPlace>(
  {
    _id: String,
    clusterId: { type: String, required: true },
    organisationId: { type: String, default: null },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);

/** Kinds that tell where the client is from then on; others are about the past or the future. */
const SETTLING: readonly HousingSituationChanged['kind'][] = ['arrival', 'move', 'swap', 'return'];

/**
 * What this service remembers of facts of registration: who represents which cluster, who works here in which role, and
 * where a client was last known to stay. A stale fact changes nothing.
 */
@Injectable()
export class DirectoryRepository {
  private readonly clusterModel: Model<KnownCluster>;
  private readonly personModel: Model<DirectoryPerson>;
  private readonly placeModel: Model<ClientPlace>;

  constructor(database: Database) {
    this.clusterModel = database.model('clusters', clusterSchema);
    this.personModel = database.model('people', personSchema);
    this.placeModel = database.model('client_places', clientPlaceSchema);
  }

  async applyCluster(tx: Tx, data: ClusterChanged): Promise<void> {
    const { clusterId: _id, organisationId, version } = data;
    const fields = { organisationId, representativeId: data.representativeId ?? null, version };
    const current = await this.clusterModel.findById(_id, undefined, { session: tx.session }).lean<KnownCluster>();
    if (!current) await this.clusterModel.create([{ _id, ...fields }], { session: tx.session });
    else if (current.version < version) {
      await this.clusterModel.updateOne({ _id }, { $set: fields }, { session: tx.session });
    }
  }

  async applyPerson(tx: Tx, data: PersonChanged): Promise<void> {
    const { personId: _id, personRoles: roles, version } = data;
    const fields = { roles, organisationId: data.organisationId ?? null, active: data.state === 'active', version };
    const current = await this.personModel.findById(_id, undefined, { session: tx.session }).lean<DirectoryPerson>();
    if (!current) await this.personModel.create([{ _id, ...fields }], { session: tx.session });
    else if (current.version < version) {
      await this.personModel.updateOne({ _id }, { $set: fields }, { session: tx.session });
    }
  }

  async applyHousing(tx: Tx, data: HousingSituationChanged): Promise<void> {
    const { clientId: _id, clusterId, version } = data;
    if (clusterId === undefined || !SETTLING.includes(data.kind)) return;
    const fields = { clusterId, organisationId: data.organisationId ?? null, version };
    const current = await this.placeModel.findById(_id, undefined, { session: tx.session }).lean<ClientPlace>();
    if (!current) await this.placeModel.create([{ _id, ...fields }], { session: tx.session });
    else if (current.version < version && current.clusterId !== clusterId) {
      await this.placeModel.updateOne({ _id }, { $set: fields }, { session: tx.session });
    }
  }

  clusters(ids: readonly string[]): Promise<KnownCluster[]> {
    return this.clusterModel.find({ _id: { $in: ids } }).lean<KnownCluster[]>();
  }

  representedBy(personId: string): Promise<KnownCluster[]> {
    return this.clusterModel.find({ representativeId: personId }).lean<KnownCluster[]>();
  }

  people(ids: readonly string[]): Promise<DirectoryPerson[]> {
    return this.personModel.find({ _id: { $in: ids } }).lean<DirectoryPerson[]>();
  }

  peopleWithRole(role: Role): Promise<DirectoryPerson[]> {
    return this.personModel.find({ roles: role }).lean<DirectoryPerson[]>();
  }

  clientPlace(clientId: string): Promise<ClientPlace | null> {
    return this.placeModel.findById(clientId).lean<ClientPlace>();
  }
}
