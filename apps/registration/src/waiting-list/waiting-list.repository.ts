import { Injectable } from '@nestjs/common';
import { type ClientSession, type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import type { PlaceKind, WaitingEntryStatus, Zwaarte } from '#contracts/codes.js';
import { type Claim, Claims } from '#persistence/claims.js';
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

  constructor(
    database: Database,
    private readonly claims: Claims,
  ) {
    this.model = database.model('waiting_entries', entrySchema);
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

  /** Adds an entry. @throws ValueTaken when the client waits for the same already */
  async insert(entry: WaitingEntry, requestHash: string, session: ClientSession): Promise<WaitingEntryDocument> {
    const document = documentOf(entry, requestHash);
    await this.claims.take(claimOf(entry), session);
    await this.model.insertMany([document], { session });
    return document;
  }

  /** Writes the next version of an entry. @throws WriteConflict when it has another version by now */
  async save(entry: WaitingEntry, requestHash: string, session: ClientSession): Promise<void> {
    const filter = { _id: entry.entryId, version: entry.version - 1 };
    const result = await this.model.replaceOne(filter, documentOf(entry, requestHash), { session });
    if (result.matchedCount === 0) throw new WriteConflict(`waiting entry ${entry.entryId}`);
    if (!isOpen(entry)) await this.claims.release(claimOf(entry), session);
  }
}

/** Held while the entry is open: nobody waits twice for the same. */
export function claimOf({ entryId, clientId, kind, zwaarte }: WaitingEntry): Claim {
  return { kind: 'waiting', value: `${clientId}:${kind}:${zwaarte}`, holder: entryId };
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
