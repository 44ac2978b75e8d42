import { Injectable } from '@nestjs/common';
import { type ClientSession, type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import type { PlaceKind, WaitingEntryStatus, Zwaarte } from '#contracts/codes.js';
import { Database } from '#persistence/database.js';
import { WriteConflict } from '#persistence/unit-of-work.js';
import { isOpen, openOfferOf } from './waiting-list-rules.js';
import type { WaitingEntry } from './waiting-list-types.js';

/** One entry of the waiting list; guarded by its version. */
export interface WaitingEntryDocument extends Omit<WaitingEntry, 'entryId'> {
  _id: string;
  /** Last day to answer the open offer, for the sweep. */
  answerBy?: CivilDate;
  /** Hash of the request that made it: a repeated key with other content is refused. */
  requestHash: string;
}

const entrySchema = new Schema<WaitingEntryDocument>(
  {
    _id: String,
    clientId: { type: String, required: true },
    kind: { type: String, required: true },
    zwaarte: { type: String, required: true },
    urgency: { type: String, required: true },
    since: { type: String, required: true },
    rankedFrom: { type: String, required: true },
    status: { type: String, required: true },
    offers: { type: Schema.Types.Mixed, required: true },
    withdrawalReason: String,
    registeredBy: { type: String, required: true },
    version: { type: Number, required: true },
    answerBy: String,
    requestHash: { type: String, required: true },
  },
  { versionKey: false, minimize: false },
);
entrySchema.index({ status: 1, kind: 1, zwaarte: 1 });
entrySchema.index({ clientId: 1 });
entrySchema.index({ answerBy: 1 }, { sparse: true });

/**
 * Taken while a client waits for something: nobody waits twice for the same. A document of its own, made and deleted,
 * because a unique value that an update takes away is not given free by every engine (docs/decisions).
 */
interface WaitingClaim {
  /** Client, kind and zwaarte. */
  _id: string;
}

const claimSchema = new Schema<WaitingClaim>({ _id: String }, { versionKey: false });

/** What is asked of the list. */
export interface EntryFilter {
  readonly kind?: PlaceKind;
  readonly zwaarte?: Zwaarte;
  readonly statuses: readonly WaitingEntryStatus[];
}

/** The collection `waiting_entries`. */
@Injectable()
export class WaitingListRepository {
  private readonly model: Model<WaitingEntryDocument>;
  private readonly claims: Model<WaitingClaim>;

  constructor(database: Database) {
    this.model = database.model('waiting_entries', entrySchema);
    this.claims = database.model('waiting_claims', claimSchema);
  }

  async find(entryId: string, session?: ClientSession): Promise<WaitingEntryDocument | null> {
    return this.model.findById(entryId, {}, session ? { session } : {}).lean<WaitingEntryDocument>();
  }

  /** All entries of a client. */
  async ofClient(clientId: string, session: ClientSession): Promise<WaitingEntry[]> {
    return (await this.model.find({ clientId }, {}, { session }).lean<WaitingEntryDocument[]>()).map(entryOf);
  }

  /** Entries by what they wait for; the open part of the list stays small, closed entries are asked for by status. */
  async where({ statuses, kind, zwaarte }: EntryFilter): Promise<WaitingEntry[]> {
    const filter = { status: { $in: statuses }, ...(kind && { kind }), ...(zwaarte && { zwaarte }) };
    return (await this.model.find(filter).lean<WaitingEntryDocument[]>()).map(entryOf);
  }

  /** Identifiers of entries whose offer has passed its last day, at most `limit`. */
  async overdue(today: CivilDate, limit: number): Promise<string[]> {
    const found = await this.model
      .find({ answerBy: { $lt: today } }, { _id: 1 })
      .limit(limit)
      .lean();
    return found.map(({ _id }) => _id);
  }

  /** Adds an entry. Fails as a duplicate key when the client waits for the same already. */
  async insert(entry: WaitingEntry, requestHash: string, session: ClientSession): Promise<WaitingEntryDocument> {
    const document = documentOf(entry, requestHash);
    await this.claims.insertMany([{ _id: claimOf(entry) }], { session });
    await this.model.insertMany([document], { session });
    return document;
  }

  /** Writes the next version of an entry. @throws WriteConflict when it has another version by now */
  async save(entry: WaitingEntry, requestHash: string, session: ClientSession): Promise<void> {
    const filter = { _id: entry.entryId, version: entry.version - 1 };
    const result = await this.model.replaceOne(filter, documentOf(entry, requestHash), { session });
    if (result.matchedCount === 0) throw new WriteConflict(`waiting entry ${entry.entryId}`);
    if (!isOpen(entry)) await this.claims.deleteOne({ _id: claimOf(entry) }, { session });
  }
}

function claimOf({ clientId, kind, zwaarte }: WaitingEntry): string {
  return `${clientId}:${kind}:${zwaarte}`;
}

/** The entry in a document. */
export function entryOf(document: WaitingEntryDocument): WaitingEntry {
  const { _id, answerBy: _answerBy, requestHash: _hash, ...entry } = document;
  return { ...entry, entryId: _id };
}

function documentOf({ entryId, ...entry }: WaitingEntry, requestHash: string): WaitingEntryDocument {
  const open = openOfferOf({ entryId, ...entry });
  return {
    _id: entryId,
    ...entry,
    ...(open && { answerBy: open.answerBy }),
    requestHash,
  };
}
