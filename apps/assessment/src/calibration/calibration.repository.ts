import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CalibrationState } from '#contracts/assessment/codes.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { afterPosition, type Position, readLimit, sortOf } from '#persistence/list-position.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { Session } from './calibration-types.js';

interface SessionDocument {
  _id: string;
  state: CalibrationState;
  writes: number;
  createdAt: string;
  matrixVersion: string;
  raterIds: string[];
  /** As the decision made it. */
  session: Session;
}

const sessionSchema = new Schema<SessionDocument>(
  {
    _id: String,
    state: { type: String, required: true },
    writes: { type: Number, required: true },
    createdAt: { type: String, required: true },
    matrixVersion: { type: String, required: true },
    raterIds: { type: [String], required: true },
    session: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false },
);
sessionSchema.index({ createdAt: -1, _id: -1 });
sessionSchema.index({ raterIds: 1, createdAt: -1 });

/** Newest first. */
const ORDER = { field: 'createdAt', direction: -1 } as const;

/** Which sessions to list. */
export interface SessionFilter {
  readonly state?: CalibrationState;
  /** Only those in which this person was invited. */
  readonly raterId?: string;
}

/** Closed sessions that figures are made of; `from` ≤ the instant of planning < `until`, ISO. */
export interface FiguresFilter {
  readonly matrixVersion: string;
  readonly from?: string;
  readonly until?: string;
}

/** Calibration sessions, each with its sheets in one document. */
@Injectable()
export class CalibrationRepository {
  private readonly model: Model<SessionDocument>;

  constructor(database: Database) {
    this.model = database.model('calibration_sessions', sessionSchema);
  }

  async find(sessionId: string, tx?: Tx): Promise<Session | undefined> {
    const found = await this.model
      .findById(sessionId, undefined, { session: tx?.session ?? null })
      .lean<SessionDocument>();
    return found?.session;
  }

  /** A page, newest first; one more than it has. */
  async list({ state, raterId }: SessionFilter, after: Position | undefined, limit: number): Promise<Session[]> {
    const found = await this.model
      .find({
        ...(state === undefined ? {} : { state }),
        ...(raterId === undefined ? {} : { raterIds: raterId }),
        ...(after === undefined ? {} : { $and: [afterPosition(ORDER, after)] }),
      })
      .sort(sortOf(ORDER))
      .limit(readLimit(limit))
      .lean<SessionDocument[]>();
    return found.map(({ session }) => session);
  }

  /** Closed sessions of one version of the matrix, one after the other. */
  async *closed({ matrixVersion, from, until }: FiguresFilter): AsyncIterable<Session> {
    const planned = { ...(from === undefined ? {} : { $gte: from }), ...(until === undefined ? {} : { $lt: until }) };
    const found = this.model
      .find({ state: 'closed', matrixVersion, ...(Object.keys(planned).length === 0 ? {} : { createdAt: planned }) })
      .lean<SessionDocument>()
      .cursor({ batchSize: 20 });
    for await (const { session } of found) yield session;
  }

  /** Writes what was decided on what was read in the same unit of work. @throws WriteConflict */
  async save(tx: Tx, before: Session | undefined, session: Session): Promise<void> {
    const { sessionId: _id, state, writes, createdAt, matrixVersion } = session;
    const raterIds = session.raters.map(({ personId }) => personId);
    const fields = { state, writes, createdAt, matrixVersion, raterIds, session };
    if (before === undefined) {
      await insertFirst('the session', () => this.model.insertOne({ _id, ...fields }, { session: tx.session }));
      return;
    }
    const filter = { _id, writes: before.writes };
    const result = await this.model.updateOne(filter, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the session');
  }
}
