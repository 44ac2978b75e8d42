import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { MeldingStatus, MeldingUrgency } from '#contracts/notifications/codes.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { AttentionMark } from './attention-rules.js';
import type { MeldingState } from './melding-state.js';

const meldingSchema = new Schema<MeldingState>(
  {
    _id: String,
    personId: { type: String, required: true },
    clientId: { type: String, required: true },
    number: { type: Number, required: true },
    status: { type: String, required: true },
    read: { type: Boolean, required: true },
    urgency: { type: String, required: true },
    expectedAction: { type: String, required: true },
    parts: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    lastPartAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    acknowledgeBy: { type: Date, default: null },
    stage: { type: Number, required: true },
    snoozedUntil: { type: Date, default: null },
    acknowledgedAt: { type: Date, default: null },
    acknowledgedBy: { type: String, default: null },
    pickedUp: { type: Schema.Types.Mixed, default: null },
    partsPickedUp: { type: Schema.Types.Mixed, default: [] },
    partsSettled: { type: Schema.Types.Mixed, default: [] },
    reopenedAt: { type: Date, default: null },
    handedOver: { type: Schema.Types.Mixed, default: null },
    receivedFrom: { type: Schema.Types.Mixed, default: null },
    escalatedTo: { type: [String], required: true },
    history: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
  },
  { versionKey: false, minimize: false },
);
meldingSchema.index({ personId: 1, clientId: 1, number: -1 });
meldingSchema.index({ personId: 1, lastPartAt: -1, _id: -1 });
meldingSchema.index({ personId: 1, status: 1 });
meldingSchema.index({ personId: 1, updatedAt: 1, _id: 1 });
meldingSchema.index({ 'parts.eventId': 1 });
meldingSchema.index({ clientId: 1, lastPartAt: -1, _id: -1 });

/** A place in a list: an instant and an identity that breaks ties. */
export interface Position {
  at: Date;
  id: string;
}

/** That a melding changed, and when. */
export type ChangeMark = Pick<MeldingState, '_id' | 'version' | 'updatedAt'>;

export interface ListFilter {
  personId?: string;
  /** In one of these inboxes. */
  personIds?: readonly string[];
  status?: MeldingStatus;
  urgency?: MeldingUrgency;
  /** Of these records of clients only. */
  clientIds?: readonly string[];
}

/** Which open meldingen of one inbox. */
export type OpenFilter = Pick<ListFilter, 'urgency' | 'clientIds'> & { personId: string };

/** Somebody who has events in a melding, and what became of it. */
export interface Holder extends Pick<MeldingState, 'personId' | 'status'> {
  eventIds: string[];
}

/** What counting needs of a melding. */
export type MeldingSummary = Pick<
  MeldingState,
  '_id' | 'personId' | 'status' | 'read' | 'acknowledgeBy' | 'urgency' | 'stage'
>;

@Injectable()
export class MeldingenRepository {
  private readonly model: Model<MeldingState>;
  /** Whose inboxes about whom a unit of work wrote to. */
  private readonly written = new WeakMap<Tx, Set<string>>();

  constructor(database: Database) {
    this.model = database.model('meldingen', meldingSchema);
  }

  find(id: string, tx?: Tx): Promise<MeldingState | null> {
    return this.model.findById(id, undefined, { session: tx?.session ?? null }).lean<MeldingState>();
  }

  findMany(ids: readonly string[], tx?: Tx): Promise<MeldingState[]> {
    return this.model.find({ _id: { $in: ids } }, undefined, { session: tx?.session ?? null }).lean<MeldingState[]>();
  }

  /**
   * The newest melding of a person about a client, open or not. Without a unit of work it is what a majority holds: it may
   * be old by the time that something is written, but it is never undone.
   */
  async latest(personId: string, clientId: string, tx?: Tx): Promise<MeldingState | undefined> {
    const found = this.model.find({ personId, clientId }, undefined, { session: tx?.session ?? null });
    const [latest] = await (tx ? found : found.readConcern('majority'))
      .sort({ number: -1 })
      .limit(1)
      .lean<MeldingState[]>();
    return latest;
  }

  /** Who has an event in an inbox, whatever became of it there; not who had it for a while and gave it back. */
  async holders(eventIds: readonly string[], tx?: Tx): Promise<Holder[]> {
    const found = await this.model
      .find(
        { 'parts.eventId': { $in: eventIds }, status: { $ne: 'returned' } },
        { personId: 1, status: 1, 'parts.eventId': 1 },
        { session: tx?.session ?? null },
      )
      .lean<Pick<MeldingState, 'personId' | 'status' | 'parts'>[]>();
    return found.map(({ parts, ...holder }) => ({ ...holder, eventIds: parts.map((part) => part.eventId) }));
  }

  /** All meldingen, of everybody, that tell of one of these events. */
  telling(eventIds: readonly string[], tx: Tx): Promise<MeldingState[]> {
    return this.model
      .find({ 'parts.eventId': { $in: eventIds } }, undefined, { session: tx.session })
      .lean<MeldingState[]>();
  }

  /** Open and snoozed meldingen, of everybody, with a part that asks for something. */
  asking(clientId: string, aboutId: string, tx: Tx): Promise<MeldingState[]> {
    return this.model
      .find(
        { clientId, status: { $in: ['open', 'snoozed'] satisfies MeldingStatus[] }, 'parts.aboutId': aboutId },
        undefined,
        { session: tx.session },
      )
      .lean<MeldingState[]>();
  }

  /** @throws WriteConflict when another unit made the melding with this number first. */
  async insert(tx: Tx, melding: MeldingState): Promise<void> {
    this.noteWriting(tx, melding);
    await insertFirst('the inbox', () => this.model.create([melding], { session: tx.session }));
  }

  /** Saves a changed melding. @throws WriteConflict when it is no longer the version that was read. */
  async save(tx: Tx, before: MeldingState, after: MeldingState): Promise<void> {
    this.noteWriting(tx, after);
    const { _id, ...fields } = after;
    const result = await this.model.updateOne(
      { _id, version: before.version },
      { $set: fields },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict('the melding');
  }

  /** Whether a unit of work itself wrote a melding of a person about a client: only within it that can be seen. */
  hasWritten(tx: Tx, personId: string, clientId: string): boolean {
    return this.written.get(tx)?.has(`${personId} ${clientId}`) === true;
  }

  private noteWriting(tx: Tx, { personId, clientId }: MeldingState): void {
    const written = this.written.get(tx) ?? new Set();
    this.written.set(tx, written.add(`${personId} ${clientId}`));
  }

  /** Newest first, after a position. */
  list(filter: ListFilter, after: Position | undefined, limit: number): Promise<MeldingState[]> {
    const { clientIds, personIds, ...own } = filter;
    const query = {
      ...own,
      ...(personIds ? { personId: { $in: personIds } } : {}),
      ...aboutOf(clientIds),
      ...(after ? { $or: [{ lastPartAt: { $lt: after.at } }, { lastPartAt: after.at, _id: { $lt: after.id } }] } : {}),
    };
    return this.model.find(query).sort({ lastPartAt: -1, _id: -1 }).limit(limit).lean<MeldingState[]>();
  }

  /** All open meldingen of one inbox, only what their order goes by. */
  openMarks(filter: OpenFilter): Promise<AttentionMark[]> {
    const { clientIds, ...own } = filter;
    return this.model
      .find(
        { ...own, status: 'open' satisfies MeldingStatus, ...aboutOf(clientIds) },
        { status: 1, urgency: 1, stage: 1, acknowledgeBy: 1, lastPartAt: 1 },
      )
      .lean<AttentionMark[]>();
  }

  /**
   * Which meldingen of one inbox changed from an instant on (inclusive), or exactly after a position, in their order. Only
   * marks: whoever asks knows most of them already.
   */
  changes(personId: string, from: Date | Position, limit: number): Promise<ChangeMark[]> {
    const query =
      from instanceof Date
        ? { updatedAt: { $gte: from } }
        : { $or: [{ updatedAt: { $gt: from.at } }, { updatedAt: from.at, _id: { $gt: from.id } }] };
    return this.model
      .find({ personId, ...query }, { version: 1, updatedAt: 1 })
      .sort({ updatedAt: 1, _id: 1 })
      .limit(limit)
      .lean<ChangeMark[]>();
  }

  /** The parts that counting needs, of the statuses that change; acknowledged ones are only counted. */
  alive(personIds: readonly string[], clientIds?: readonly string[]): Promise<MeldingSummary[]> {
    return this.model
      .find(
        { personId: { $in: personIds }, status: { $in: ['open', 'snoozed'] }, ...aboutOf(clientIds) },
        { personId: 1, status: 1, read: 1, acknowledgeBy: 1, urgency: 1, stage: 1 },
      )
      .lean<MeldingSummary[]>();
  }

  count(personId: string, status: MeldingStatus, clientIds?: readonly string[]): Promise<number> {
    return this.model.countDocuments({ personId, status, ...aboutOf(clientIds) });
  }

  /** Open and snoozed meldingen in these inboxes that are there, in part at least, because their owner replaces somebody. */
  replacing(personIds: readonly string[]): Promise<Pick<MeldingState, '_id'>[]> {
    return this.model
      .find(
        {
          personId: { $in: personIds },
          status: { $in: ['open', 'snoozed'] satisfies MeldingStatus[] },
          'parts.because': 'replacement',
        },
        { _id: 1 },
      )
      .lean<Pick<MeldingState, '_id'>[]>();
  }

  /** Meldingen, of everybody, with a part about one of these clients that was recorded at or after an instant (ISO, UTC). */
  recordedSince(clientIds: readonly string[], since: string): Promise<Pick<MeldingState, 'clientId' | 'parts'>[]> {
    return this.model
      .find({ clientId: { $in: clientIds }, 'parts.recordedAt': { $gte: since } }, { clientId: 1, parts: 1 })
      .lean<Pick<MeldingState, 'clientId' | 'parts'>[]>();
  }
}

function aboutOf(clientIds: readonly string[] | undefined): { clientId?: { $in: readonly string[] } } {
  return clientIds ? { clientId: { $in: clientIds } } : {};
}
