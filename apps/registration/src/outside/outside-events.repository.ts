import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { RefusalJson } from '#contracts/refusal.js';
import type { OutsideEventType } from '#contracts/registration/outside-events.js';
import { Database } from '#persistence/database.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';
import { afterPosition, positionIn, readLimit, sortOf } from '#persistence/list-position.js';

/** An event of another system, as it came and as it stands. */
export interface OutsideEventDocument {
  /** Derived from source and event id: together they are the identity of an event. */
  _id: string;
  eventId: string;
  source: string;
  type: OutsideEventType;
  organisationId: string;
  systemId: string;
  clientNumber: string;
  time: Date;
  data: object;
  contentHash: string;
  /** ISO instant, so that lists can be paged by it as text. */
  receivedAt: string;
  state: 'received' | 'accepted' | 'waiting' | 'refused';
  /** When it is tried again, while it is not settled. */
  tryAgainAt: Date;
  changeId?: string;
  refusal?: RefusalJson;
}

const outsideEventSchema = new Schema<OutsideEventDocument>(
  {
    _id: String,
    eventId: { type: String, required: true },
    source: { type: String, required: true },
    type: { type: String, required: true },
    organisationId: { type: String, required: true },
    systemId: { type: String, required: true },
    clientNumber: { type: String, required: true },
    time: { type: Date, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    contentHash: { type: String, required: true },
    receivedAt: { type: String, required: true },
    state: { type: String, required: true },
    tryAgainAt: { type: Date, required: true },
    changeId: String,
    refusal: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);
outsideEventSchema.index({ organisationId: 1, receivedAt: -1, _id: -1 });
outsideEventSchema.index({ state: 1, tryAgainAt: 1 });
outsideEventSchema.index({ organisationId: 1, clientNumber: 1, state: 1, time: 1 });

/** Order of the list. */
const NEWEST_FIRST = { field: 'receivedAt', direction: -1 } as const;

/** Events of other systems: each kept once, with what became of it. */
@Injectable()
export class OutsideEventsRepository {
  private readonly model: Model<OutsideEventDocument>;

  constructor(database: Database) {
    this.model = database.model('outside_events', outsideEventSchema);
  }

  find(id: string): Promise<OutsideEventDocument | null> {
    return this.model.findById(id).lean<OutsideEventDocument>().exec();
  }

  /** Keeps a new event. @returns false when another delivery of the same event was first. */
  async keep(document: OutsideEventDocument): Promise<boolean> {
    try {
      await this.model.create([document]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Notes what became of an event. An accepted one stays accepted. */
  async settle(
    id: string,
    outcome: { state: 'accepted'; changeId: string } | { state: 'refused'; refusal: RefusalJson },
  ): Promise<void> {
    await this.model.updateOne(
      { _id: id, state: { $ne: 'accepted' } },
      outcome.state === 'accepted' ? { $set: outcome, $unset: { refusal: 1 } } : { $set: outcome },
    );
  }

  /** Events of one client that wait for others, in the order in which they happened. */
  waitingOf(organisationId: string, clientNumber: string): Promise<OutsideEventDocument[]> {
    return this.model
      .find({ organisationId, clientNumber, state: 'waiting' })
      .sort({ time: 1, _id: 1 })
      .lean<OutsideEventDocument[]>()
      .exec();
  }

  /** Lets an event wait for others. An accepted one stays accepted. */
  async wait(id: string, refusal: RefusalJson, tryAgainAt: Date): Promise<void> {
    const change = { state: 'waiting', refusal, tryAgainAt };
    await this.model.updateOne({ _id: id, state: { $ne: 'accepted' } }, { $set: change });
  }

  /** Events to try again, in the order in which they happened: those that wait, and those whose process died half-way. */
  async due(now: Date, limit: number): Promise<OutsideEventDocument[]> {
    const due = await this.model
      .find({ state: { $in: ['waiting', 'received'] }, tryAgainAt: { $lte: now } })
      .sort({ tryAgainAt: 1 })
      .limit(limit)
      .lean<OutsideEventDocument[]>();
    return due.sort((a, b) => a.time.getTime() - b.time.getTime());
  }

  /** Events of an organisation, newest first. */
  list(
    organisationId: string,
    state: 'accepted' | 'waiting' | 'refused' | undefined,
    cursor: string | undefined,
    limit: number | undefined,
  ): Promise<OutsideEventDocument[]> {
    const order = NEWEST_FIRST;
    const position = positionIn(cursor);
    const conditions = [
      { organisationId, ...(state ? { state } : {}) },
      ...(position ? [afterPosition(order, position)] : []),
    ];
    return this.model
      .find({ $and: conditions })
      .sort(sortOf(order))
      .limit(readLimit(limit))
      .lean<OutsideEventDocument[]>()
      .exec();
  }
}
