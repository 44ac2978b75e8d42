import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { Role } from '#contracts/codes.js';
import type {
  ClientChanged,
  ClusterChanged,
  HousingSituationChanged,
  PersonChanged,
} from '#contracts/registration/facts.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
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

/** Where a client was last known to stay, and whom the client has to do with. */
export interface KnownClient {
  _id: string;
  /** Null while no stay is known. */
  clusterId: string | null;
  organisationId: string | null;
  /** First day there; absent in what was noted before this was kept. */
  since?: string;
  /** Who has to do with the client, as the newest fact that says so tells. */
  relatedOrganisationIds?: string[];
  relatedClusterIds?: string[];
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

const clientSchema = new Schema<KnownClient>(
  {
    _id: String,
    clusterId: { type: String, default: null },
    organisationId: { type: String, default: null },
    since: String,
    relatedOrganisationIds: { type: [String], default: undefined },
    relatedClusterIds: { type: [String], default: undefined },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);

/** Kinds that tell where the client is from then on; others are about the past or the future. */
const SETTLING: readonly HousingSituationChanged['kind'][] = ['arrival', 'move', 'swap', 'return'];

/**
 * What this service remembers of facts of registration: who represents which cluster, who works here in which role, and
 * where a client was last known to stay and whom they have to do with. A stale fact changes nothing.
 */
@Injectable()
export class DirectoryRepository {
  private readonly clusterModel: Model<KnownCluster>;
  private readonly personModel: Model<DirectoryPerson>;
  private readonly clientModel: Model<KnownClient>;

  constructor(database: Database) {
    this.clusterModel = database.model('clusters', clusterSchema);
    this.personModel = database.model('people', personSchema);
    this.clientModel = database.model('client_places', clientSchema);
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
    const { clientId: _id, clusterId, version, relatedOrganisationIds, relatedClusterIds = [] } = data;
    const settles = clusterId !== undefined && SETTLING.includes(data.kind);
    if (!settles && !relatedOrganisationIds) return;
    const current = await this.clientModel.findById(_id, undefined, { session: tx.session }).lean<KnownClient>();
    if (current && current.version >= version) return;
    const place =
      settles && current?.clusterId !== clusterId
        ? { clusterId, organisationId: data.organisationId ?? null, since: data.effectiveOn }
        : {};
    const relations =
      relatedOrganisationIds &&
      !(
        isSame(current?.relatedOrganisationIds, relatedOrganisationIds) &&
        isSame(current?.relatedClusterIds, relatedClusterIds)
      )
        ? { relatedOrganisationIds, relatedClusterIds }
        : {};
    const fields = { ...place, ...relations };
    if (Object.keys(fields).length === 0) return;
    if (!current) await this.insertClient(tx, { _id, clusterId: null, organisationId: null, ...fields, version });
    else await this.clientModel.updateOne({ _id }, { $set: { ...fields, version } }, { session: tx.session });
  }

  /** The organisation that registered a client has to do with them before the first stay too. */
  async applyRegistration(tx: Tx, { clientId: _id, organisationId }: ClientChanged): Promise<void> {
    if (organisationId === undefined) return;
    if (await this.clientModel.exists({ _id }).session(tx.session)) return;
    const relations = { relatedOrganisationIds: [organisationId], relatedClusterIds: [] };
    await this.insertClient(tx, { _id, clusterId: null, organisationId: null, ...relations, version: 0 });
  }

  /** @throws WriteConflict when another unit of work was first */
  private async insertClient(tx: Tx, client: KnownClient): Promise<void> {
    await insertFirst('the client', () => this.clientModel.create([client], { session: tx.session }));
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

  /** What is known of these clients; who is not known is left out. */
  clients(clientIds: readonly string[]): Promise<KnownClient[]> {
    return this.clientModel.find({ _id: { $in: clientIds } }).lean<KnownClient[]>();
  }

  /** Everybody who is or was in the directory for an organisation. */
  async peopleOf(organisationId: string): Promise<string[]> {
    const people = await this.personModel.find({ organisationId }, { _id: 1 }).lean<Pick<DirectoryPerson, '_id'>[]>();
    return people.map(({ _id }) => _id);
  }
}

/** The cluster where the person of these records came last. */
export function latestCluster(records: readonly KnownClient[]): string | undefined {
  const settled = records.filter(({ clusterId }) => clusterId !== null);
  const [latest] = settled.toSorted((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
  return latest?.clusterId ?? undefined;
}

function isSame(known: readonly string[] = [], told: readonly string[] = []): boolean {
  return known.length === told.length && known.every((id) => told.includes(id));
}
