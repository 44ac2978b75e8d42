import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Condition, type ListOrder, readLimit, sortOf } from '#persistence/list-position.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { ClientDue } from '../due/client-due.js';
import type { FindingsTold } from '../progress/findings-told.js';
import { noStanding, type Standing } from '../progress/standing.js';
import { type KnownClient, unknownClient } from './known-client.js';

/** What is kept of one client; a guard document: whatever changes the ZRMs of the client writes it. */
export interface ClientRecord {
  readonly known: KnownClient;
  readonly standing: Standing;
  /** Facts of ZRMs of this client that were told. */
  readonly factsTold: number;
  readonly findingsTold: FindingsTold;
  /** What is waited for; absent as long as it was never reckoned for this document. */
  readonly due?: ClientDue;
  /** Goes up with every write; 0 when nothing is stored yet. */
  readonly version: number;
}

interface ClientDocument extends ClientRecord {
  _id: string;
}

const clientSchema = new Schema<ClientDocument>(
  {
    _id: String,
    known: { type: Schema.Types.Mixed, required: true },
    standing: { type: Schema.Types.Mixed, required: true },
    factsTold: { type: Number, required: true },
    findingsTold: { type: [String], required: true },
    due: Schema.Types.Mixed,
    version: { type: Number, required: true },
  },
  { versionKey: false },
);
clientSchema.index({ 'known.mergedInto': 1 }, { sparse: true });
clientSchema.index({ 'known.relatedOrganisationIds': 1, 'due.firstOn': 1 });
clientSchema.index({ 'known.relatedClusterIds': 1, 'due.firstOn': 1 });
clientSchema.index({ 'standing.settingsVersion': 1 });

/** Records that one person can have; more are no person. */
const MOST_RECORDS = 100;

/** The clients as this service knows them, by the facts of registration. */
@Injectable()
export class ClientsRepository {
  private readonly model: Model<ClientDocument>;

  constructor(database: Database) {
    this.model = database.model('clients', clientSchema);
  }

  /** The client, or undefined when nothing was told of them yet. */
  async find(clientId: string, tx?: Tx): Promise<ClientRecord | undefined> {
    const found = await this.model
      .findById(clientId, undefined, { session: tx?.session ?? null })
      .lean<ClientDocument>();
    return found ?? undefined;
  }

  /** The client to change in a unit of work, also one of whom nothing was told. */
  async load(tx: Tx, clientId: string): Promise<ClientRecord> {
    const nothing = { standing: noStanding, factsTold: 0, findingsTold: [], version: 0 };
    return (await this.find(clientId, tx)) ?? { known: unknownClient(clientId), ...nothing };
  }

  /** Writes what was read in the same unit of work. @throws WriteConflict when somebody else wrote it meanwhile */
  async save(tx: Tx, { version: before, ...fields }: ClientRecord): Promise<void> {
    const { session } = tx;
    const _id = fields.known.clientId;
    const version = before + 1;
    if (before === 0) {
      await insertFirst('the client', () => this.model.insertOne({ _id, ...fields, version }, { session }));
      return;
    }
    const result = await this.model.replaceOne({ _id, version: before }, { ...fields, version }, { session });
    if (result.matchedCount !== 1) throw new WriteConflict('the client');
  }

  /**
   * Writes what is waited for of a client who was read in the same unit of work, as the last that it writes of them.
   * @throws WriteConflict when somebody else wrote the client meanwhile
   */
  async saveDue(tx: Tx, clientId: string, due: ClientDue): Promise<void> {
    const change = { $set: { due }, $inc: { version: 1 } };
    const result = await this.model.updateOne({ _id: clientId }, change, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the client');
  }

  /** Some clients of whom it was never reckoned what is waited for. */
  async withoutDue(limit: number): Promise<string[]> {
    const found = await this.model.find({ due: null }, { _id: 1 }).limit(limit).lean<Pick<ClientDocument, '_id'>[]>();
    return found.map(({ _id }) => _id);
  }

  /** The records that were merged into these, directly or over others, each with the one of these that goes on. */
  async mergedInto(clientIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const into = new Map<string, string>();
    let edge = new Map(clientIds.map((id) => [id, id]));
    for (let step = 0; edge.size > 0 && step < MOST_RECORDS; step += 1) {
      const found = await this.model
        .find({ 'known.mergedInto': { $in: [...edge.keys()] } }, { 'known.mergedInto': 1 })
        .lean<{ _id: string; known: Pick<KnownClient, 'mergedInto'> }[]>();
      const above = edge;
      edge = new Map();
      for (const { _id, known } of found) {
        const goesOn = above.get(known.mergedInto ?? '');
        if (goesOn === undefined || into.has(_id)) continue;
        into.set(_id, goesOn);
        edge.set(_id, goesOn);
      }
    }
    return into;
  }

  /**
   * The record with all that were merged into it, directly or over others: the ZRMs of one person. Of a record that was
   * merged away itself, only what is below it: who sees the record that goes on sees all, others do not.
   */
  async recordsUnder(clientId: string, tx?: Tx): Promise<string[]> {
    const records = new Set([clientId]);
    let edge = [clientId];
    while (edge.length > 0 && records.size < MOST_RECORDS) {
      const found = await this.model
        .find({ 'known.mergedInto': { $in: edge } }, { _id: 1 }, { session: tx?.session ?? null })
        .lean<Pick<ClientDocument, '_id'>[]>();
      edge = found.map(({ _id }) => _id).filter((id) => !records.has(id));
      for (const id of edge) records.add(id);
    }
    return [...records];
  }

  /** The record itself and those that it went into, one after the other: what they tell changes with it. */
  async recordsAbove(tx: Tx | undefined, clientId: string): Promise<string[]> {
    const records: string[] = [];
    for (let id: string | undefined = clientId; id !== undefined && !records.includes(id);) {
      records.push(id);
      id = (await this.find(id, tx))?.known.mergedInto;
    }
    return records;
  }

  /** Some clients whose standing was found by settings of before a version. */
  async behind(settingsVersion: number, limit: number): Promise<string[]> {
    const found = await this.model
      .find({ 'standing.settingsVersion': { $lt: settingsVersion } }, { _id: 1 })
      .limit(limit)
      .lean<Pick<ClientDocument, '_id'>[]>();
    return found.map(({ _id }) => _id);
  }

  /** Every client with a ZRM about this day or later, one after the other; a record that was merged away is left out. */
  withLatestSince(since: CivilDate): AsyncIterable<ClientRecord> {
    return this.model
      .find({ 'standing.latest.date': { $gte: since }, 'known.mergedInto': null })
      .lean<ClientDocument>()
      .cursor({ batchSize: 500 });
  }

  /** Clients who have to do with an institution, in the order of their identifiers; one more than the page has. */
  ofInstitution(organisationId: string, after: string | undefined, limit: number | undefined): Promise<ClientRecord[]> {
    return this.model
      .find({
        'known.relatedOrganisationIds': organisationId,
        'known.mergedInto': null,
        ...(after === undefined ? {} : { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(readLimit(limit))
      .lean<ClientDocument[]>();
  }

  /** Clients in the chain on a day who fit a condition, in an order; one more than the page has. */
  async inChain(
    today: CivilDate,
    conditions: readonly Condition[],
    order: ListOrder,
    limit: number | undefined,
  ): Promise<ClientRecord[]> {
    return this.model
      .find(inChainOn(today, conditions))
      .sort(sortOf(order))
      .limit(readLimit(limit))
      .lean<ClientDocument[]>();
  }

  /** How many they are. */
  countInChain(today: CivilDate, conditions: readonly Condition[]): Promise<number> {
    return this.model.countDocuments(inChainOn(today, conditions));
  }
}

function inChainOn(today: CivilDate, conditions: readonly Condition[]): Condition {
  const stays = { $or: [{ 'standing.place.until': null }, { 'standing.place.until': { $gt: today } }] };
  return { 'standing.place.since': { $lte: today }, 'known.mergedInto': null, $and: [stays, ...conditions] };
}
