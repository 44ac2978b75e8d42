import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { type VisibleClients, visibleClients } from '#access/client-access-rules.js';
import type { Caller } from '#contracts/caller.js';
import { type Claim, Claims } from '#persistence/claims.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { afterPosition, type Condition, type ListOrder, type Position, sortOf } from '#persistence/list-position.js';
import { type ClientDocument, ClientModel } from './client.schema.js';
import { type ClientVersionDocument, ClientVersionModel } from './client-version.schema.js';

/** What of a client is written here; the ledger and what follows from it belong to the stays feature. */
export type OwnPart = Omit<
  ClientDocument,
  | '_id'
  | 'ledger'
  | 'housing'
  | 'relatedOrganisationIds'
  | 'relatedClusterIds'
  | 'createdAt'
  | 'createdBy'
  | 'requestHash'
>;

/** A client in a list: without the history of changes. */
const withoutHistory = { 'ledger.changes': 0 } as const;

/** What the checks of data quality, and access, need of a client. */
const qualityFields = {
  details: 1,
  nameKey: 1,
  housing: 1,
  'ledger.stays': 1,
  registeredByOrganisationId: 1,
  relatedOrganisationIds: 1,
  relatedClusterIds: 1,
} as const;

/** A client as far as {@link qualityFields} go. */
export type QualityFields = Pick<
  ClientDocument,
  | '_id'
  | 'details'
  | 'nameKey'
  | 'housing'
  | 'registeredByOrganisationId'
  | 'relatedOrganisationIds'
  | 'relatedClusterIds'
> & { ledger: Pick<ClientDocument['ledger'], 'stays'> };

const byName: ListOrder = { field: 'nameKey', direction: 1 };
/** Clients that are in memory together while all are looked at. */
const STREAM_BATCH = 200;

/** Reads and writes client records and their versions. */
@Injectable()
export class ClientsRepository {
  constructor(
    private readonly clients: ClientModel,
    private readonly versions: ClientVersionModel,
    private readonly claims: Claims,
  ) {}

  /** A client with the stays, without the history of housing changes. */
  find(id: string, session?: ClientSession): Promise<ClientDocument | null> {
    const query = this.clients.model.findById(id, withoutHistory);
    return query
      .session(session ?? null)
      .lean<ClientDocument>()
      .exec();
  }

  /** Who has a BSN, among records that were not merged away. */
  holderOfBsn(bsnHash: string, session?: ClientSession): Promise<string | undefined> {
    return this.claims.holderOf(BSN, bsnHash, session);
  }

  /** Records that share one of the coarse keys, to compare with; merged ones are left out. */
  withDuplicateKeys(keys: readonly string[], session?: ClientSession): Promise<ClientDocument[]> {
    const query = this.clients.model.find({ duplicateKeys: { $in: [...keys] }, mergedInto: null }, withoutHistory);
    return query
      .session(session ?? null)
      .lean<ClientDocument[]>()
      .exec();
  }

  mergedInto(id: string): Promise<ClientDocument[]> {
    const query = this.clients.model.find({ 'mergedInto.clientId': id }, withoutHistory);
    return query.lean<ClientDocument[]>().exec();
  }

  /** A part of the clients that a caller may see and that meet a condition, in an order. */
  list(condition: Condition, order: ListOrder, after: Position | undefined, limit: number): Promise<ClientDocument[]> {
    const all = after ? [condition, afterPosition(order, after)] : [condition];
    const query = this.clients.model.find({ $and: all }, withoutHistory).sort(sortOf(order)).limit(limit);
    return query.lean<ClientDocument[]>().exec();
  }

  count(condition: Condition): Promise<number> {
    return this.clients.model.countDocuments(condition).exec();
  }

  /** Every client that meets a condition, one by one, in no order: for counting without holding them all. */
  each(condition: Condition): AsyncGenerator<QualityFields> {
    return this.stream(condition);
  }

  /** The same in order of name, from a position on. Who stops reading ends the question. */
  eachByName(condition: Condition, after: Position | undefined): AsyncGenerator<QualityFields> {
    const all = after ? [condition, afterPosition(byName, after)] : [condition];
    return this.stream({ $and: all }, sortOf(byName));
  }

  private async *stream(condition: Condition, order: ReturnType<typeof sortOf> = {}): AsyncGenerator<QualityFields> {
    const query = this.clients.model.find(condition, qualityFields).sort(order);
    const cursor = query.lean<QualityFields>().cursor({ batchSize: STREAM_BATCH });
    try {
      for (let client = await cursor.next(); client !== null; client = await cursor.next()) yield client;
    } finally {
      await cursor.close();
    }
  }

  /** @throws ValueTaken when somebody has the BSN */
  async insert(tx: Tx, client: ClientDocument): Promise<void> {
    await this.claims.take(bsnClaimOf(client), tx.session);
    await this.clients.model.insertOne(client, { session: tx.session });
  }

  /**
   * Writes the record of a client; the ledger is not touched.
   * @throws WriteConflict when the record has another version by now; ValueTaken when somebody has the BSN
   */
  async save(tx: Tx, previous: ClientDocument, next: OwnPart): Promise<void> {
    const gone = (['bsn', 'bsnHash', 'mergedInto'] as const).filter((field) => next[field] === undefined);
    const { matchedCount } = await this.clients.model.updateOne(
      { _id: previous._id, version: previous.version },
      {
        $set: { ...next },
        ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, 1])) } : {}),
      },
      { session: tx.session },
    );
    if (matchedCount !== 1) throw new WriteConflict('the client');
    await this.claims.move(bsnClaimOf(previous), next.bsnHash, tx.session);
  }

  /** Keeps who may see a record that was merged away as it was: its stays, which gave access, have gone. */
  async keepRelations(tx: Tx, { _id, relatedOrganisationIds, relatedClusterIds }: ClientDocument): Promise<void> {
    const relations = { relatedOrganisationIds, relatedClusterIds };
    await this.clients.model.updateOne({ _id }, { $set: relations }, { session: tx.session });
  }

  async insertVersion(tx: Tx, version: ClientVersionDocument): Promise<void> {
    await this.versions.model.insertOne(version, { session: tx.session });
  }

  version(clientId: string, version: number, session: ClientSession): Promise<ClientVersionDocument | null> {
    const query = this.versions.model.findById(versionId(clientId, version)).session(session);
    return query.lean<ClientVersionDocument>().exec();
  }

  /** Versions, newest first, older than `before` when given. */
  versionsOf(clientId: string, before: number | undefined, limit: number): Promise<ClientVersionDocument[]> {
    const older = before === undefined ? {} : { version: { $lt: before } };
    const query = this.versions.model
      .find({ clientId, ...older })
      .sort({ version: -1 })
      .limit(limit);
    return query.lean<ClientVersionDocument[]>().exec();
  }
}

const BSN = 'bsn';

/** One client has a BSN; a record that was merged away has given it free. */
export function bsnClaimOf({ _id, bsnHash }: Pick<ClientDocument, '_id' | 'bsnHash'>): Claim {
  return { kind: BSN, value: bsnHash, holder: _id };
}

/** Identity of one version of a client. */
export function versionId(clientId: string, version: number): string {
  return `${clientId}:${version}`;
}

/** The condition that a caller may see a client, or undefined when the caller sees nobody. */
export function visibleCondition(caller: Caller): Condition | undefined {
  const parts = partsOf(visibleClients(caller));
  const [only, ...more] = parts;
  return only === undefined || more.length === 0 ? only : { $or: parts };
}

function partsOf({ organisationId, clusterIds, clientIds }: VisibleClients): Condition[] {
  return [
    ...(organisationId === undefined ? [] : [{ relatedOrganisationIds: organisationId }]),
    ...(clusterIds.length === 0 ? [] : [{ relatedClusterIds: { $in: [...clusterIds] } }]),
    ...(clientIds.length === 0 ? [] : [{ _id: { $in: [...clientIds] } }]),
  ];
}
