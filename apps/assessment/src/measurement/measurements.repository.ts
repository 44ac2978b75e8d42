import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { MeasurementKind, MeasurementState } from '#contracts/assessment/codes.js';
import type { DraftContent } from '#contracts/assessment/measurement.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { afterPosition, type Position, readLimit, sortOf } from '#persistence/list-position.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { Measurement, SubmittedMeasurement } from './measurement-types.js';

interface MeasurementDocument {
  _id: string;
  clientId: string;
  kind: MeasurementKind;
  state: MeasurementState;
  version: number;
  /** Where it stands in a list: drafts after every date, so that they come first when the newest does. */
  position: string;
  /** As the decision made it. */
  measurement: Measurement;
}

const measurementSchema = new Schema<MeasurementDocument>(
  {
    _id: String,
    clientId: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    position: { type: String, required: true },
    measurement: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false },
);
measurementSchema.index({ clientId: 1, position: -1 });

/** What was saved on a version of a draft that was no longer the newest: kept, so that it is not lost. */
export interface DraftCopy {
  _id: string;
  measurementId: string;
  content: DraftContent;
  recordedBy: string;
  recordedAt: Date;
}

const copySchema = new Schema<DraftCopy>(
  {
    _id: String,
    measurementId: { type: String, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    recordedBy: { type: String, required: true },
    recordedAt: { type: Date, required: true },
  },
  { versionKey: false },
);
copySchema.index({ measurementId: 1, recordedAt: 1 });

/** Later than every date, in the order of texts. */
const DRAFTS = 'draft';
export const LIST_ORDER = { field: 'position', direction: -1 } as const;

/** Which ZRMs of some records to list. */
export interface MeasurementFilter {
  kind?: MeasurementKind;
  state?: MeasurementState;
  /** Drafts are for who fills in. */
  withDrafts: boolean;
}

/** The ZRMs, and the copies beside drafts. */
@Injectable()
export class MeasurementsRepository {
  private readonly model: Model<MeasurementDocument>;
  private readonly copyModel: Model<DraftCopy>;

  constructor(database: Database) {
    this.model = database.model('measurements', measurementSchema);
    this.copyModel = database.model('draft_copies', copySchema);
  }

  async find(measurementId: string, tx?: Tx): Promise<Measurement | undefined> {
    const found = await this.model
      .findById(measurementId, undefined, { session: tx?.session ?? null })
      .lean<MeasurementDocument>();
    return found?.measurement;
  }

  /** Those of these that were submitted, in no order. */
  async submitted(measurementIds: readonly string[]): Promise<SubmittedMeasurement[]> {
    const found = await this.model.find({ _id: { $in: measurementIds } }).lean<MeasurementDocument[]>();
    return found.flatMap(({ measurement }) => (measurement.state === 'draft' ? [] : [measurement]));
  }

  /** Everything that was submitted about these records, in no order. */
  async submittedOf(clientIds: readonly string[], tx?: Tx): Promise<SubmittedMeasurement[]> {
    const found = await this.model
      .find({ clientId: { $in: clientIds }, position: { $lt: DRAFTS } }, undefined, { session: tx?.session ?? null })
      .lean<MeasurementDocument[]>();
    return found.flatMap(({ measurement }) => (measurement.state === 'draft' ? [] : [measurement]));
  }

  /** What was begun for these records and not submitted, in no order. */
  async draftsOf(clientIds: readonly string[]): Promise<Measurement[]> {
    const found = await this.model
      .find({ clientId: { $in: clientIds }, position: DRAFTS })
      .lean<MeasurementDocument[]>();
    return found.map(({ measurement }) => measurement);
  }

  /** A page, newest date first. */
  async list(
    clientIds: readonly string[],
    { kind, state, withDrafts }: MeasurementFilter,
    after: Position | undefined,
    limit: number | undefined,
  ): Promise<Measurement[]> {
    const found = await this.model
      .find({
        clientId: { $in: clientIds },
        ...(kind === undefined ? {} : { kind }),
        ...(state === undefined ? {} : { state }),
        ...(withDrafts ? {} : { position: { $lt: DRAFTS } }),
        ...(after === undefined ? {} : { $and: [afterPosition(LIST_ORDER, after)] }),
      })
      .sort(sortOf(LIST_ORDER))
      .limit(readLimit(limit))
      .lean<MeasurementDocument[]>();
    return found.map(({ measurement }) => measurement);
  }

  /** Writes what was decided on what was read in the same unit of work. @throws WriteConflict */
  async save(tx: Tx, before: Measurement | undefined, measurement: Measurement): Promise<void> {
    const { measurementId: _id, clientId, state, version } = measurement;
    const fields = {
      clientId,
      kind: measurement.content.kind,
      state,
      version,
      position: positionOf(measurement),
      measurement,
    };
    if (before === undefined) {
      await insertFirst('the ZRM', () => this.model.insertOne({ _id, ...fields }, { session: tx.session }));
      return;
    }
    const filter = { _id, version: before.version };
    const result = await this.model.updateOne(filter, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the ZRM');
  }

  /** Removes a draft and the copies beside it. @throws WriteConflict */
  async remove(tx: Tx, { measurementId, version }: Measurement): Promise<void> {
    const { session } = tx;
    const result = await this.model.deleteOne({ _id: measurementId, version }, { session });
    if (result.deletedCount !== 1) throw new WriteConflict('the ZRM');
    await this.copyModel.deleteMany({ measurementId }, { session });
  }

  async keepCopy(tx: Tx, copy: DraftCopy): Promise<void> {
    await this.copyModel.insertOne(copy, { session: tx.session });
  }

  /** Oldest first. */
  async copiesOf(measurementId: string, tx?: Tx): Promise<DraftCopy[]> {
    return this.copyModel
      .find({ measurementId }, undefined, { session: tx?.session ?? null })
      .sort({ recordedAt: 1, _id: 1 })
      .lean<DraftCopy[]>();
  }
}

/** Where a ZRM stands in the list of a client. */
export function positionOf(measurement: Measurement): string {
  return measurement.state === 'draft' ? DRAFTS : measurement.content.date;
}
