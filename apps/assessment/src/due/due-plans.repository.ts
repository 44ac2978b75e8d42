import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { DueMemory } from './due-advance.js';
import type { DueHistory } from './due-history.js';

/** What is kept of the due dates of one client; the plan itself follows from the facts. */
export interface DuePlanState {
  readonly clientId: string;
  readonly memory: DueMemory;
  /** What fell due when, and what became of it; absent as long as it was never reckoned for this document. */
  readonly history?: DueHistory;
  /** When something may have to be told next. */
  readonly nextAt: Date | null;
  /** Counts the facts that told of it. */
  readonly told: number;
  /** The settings that the plan follows. */
  readonly settingsVersion: number;
  /** Goes up with every write; 0 when nothing is stored yet. */
  readonly version: number;
}

interface DuePlanDocument extends Omit<DuePlanState, 'clientId'> {
  _id: string;
}

const duePlanSchema = new Schema<DuePlanDocument>(
  {
    _id: String,
    memory: { type: Schema.Types.Mixed, required: true },
    history: Schema.Types.Mixed,
    nextAt: { type: Date, default: null },
    told: { type: Number, required: true },
    settingsVersion: { type: Number, required: true },
    version: { type: Number, required: true },
  },
  { versionKey: false, minimize: false },
);
duePlanSchema.index({ settingsVersion: 1, _id: 1 });

/** The due dates of all clients. */
@Injectable()
export class DuePlansRepository {
  private readonly model: Model<DuePlanDocument>;

  constructor(database: Database) {
    this.model = database.model('due_plans', duePlanSchema);
  }

  async find(clientId: string, tx?: Tx): Promise<DuePlanState | undefined> {
    const found = await this.model
      .findById(clientId, undefined, { session: tx?.session ?? null })
      .lean<DuePlanDocument>();
    if (!found) return undefined;
    const { _id, ...state } = found;
    return { clientId: _id, ...state };
  }

  /** What fell due of every client, one after the other. */
  histories(): AsyncIterable<Pick<DuePlanState, 'history'>> {
    return this.model.find({}, { history: 1 }).lean<Pick<DuePlanDocument, 'history'>>().cursor({ batchSize: 1_000 });
  }

  /** Writes what was read in the same unit of work. @throws WriteConflict when somebody else wrote it meanwhile */
  async save(tx: Tx, { clientId: _id, version: before, ...fields }: DuePlanState): Promise<void> {
    const { session } = tx;
    const version = before + 1;
    if (before === 0) {
      await insertFirst('the due dates', () => this.model.create([{ _id, ...fields, version }], { session }));
      return;
    }
    const result = await this.model.updateOne({ _id, version: before }, { $set: { ...fields, version } }, { session });
    if (result.matchedCount !== 1) throw new WriteConflict('the due dates');
  }

  /** How many clients have a plan that follows other settings than these. */
  countOther(settingsVersion: number, tx: Tx): Promise<number> {
    return this.model.countDocuments({ settingsVersion: { $lt: settingsVersion } }, { session: tx.session });
  }

  /** The next clients whose plan follows older settings than these, after a client. */
  async outdated(settingsVersion: number, after: string | null, limit: number): Promise<string[]> {
    const found = await this.model
      .find(
        { settingsVersion: { $lt: settingsVersion }, ...(after === null ? {} : { _id: { $gt: after } }) },
        { _id: 1 },
      )
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Pick<DuePlanDocument, '_id'>[]>();
    return found.map(({ _id }) => _id);
  }
}
