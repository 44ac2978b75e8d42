import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';
import type { TimelinessView } from './timeliness-views.js';

/** The figures of a quarter as they are told from then on; never changed. */
export interface FixedQuarter {
  /** First day of the quarter. */
  readonly from: CivilDate;
  /** The day on which they were fixed, and the instant: what was recorded later is not in them. */
  readonly asOf: CivilDate;
  readonly fixedAt: Date;
  /** Without counts under five, nor any from which one could be reckoned: nothing finer is kept. */
  readonly view: TimelinessView;
}

interface FixedQuarterDocument extends Omit<FixedQuarter, 'from'> {
  _id: CivilDate;
}

const fixedQuarterSchema = new Schema<FixedQuarterDocument>(
  {
    _id: String,
    asOf: { type: String, required: true },
    fixedAt: { type: Date, required: true },
    view: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
);

/** Figures of quarters that were fixed. */
@Injectable()
export class FixedQuartersRepository {
  private readonly model: Model<FixedQuarterDocument>;

  constructor(database: Database) {
    this.model = database.model('fixed_quarters', fixedQuarterSchema);
  }

  async find(from: CivilDate, tx?: Tx): Promise<FixedQuarter | undefined> {
    const found = await this.model
      .findById(from, undefined, { session: tx?.session ?? null })
      .lean<FixedQuarterDocument>();
    if (!found) return undefined;
    const { _id, ...quarter } = found;
    return { from: _id, ...quarter };
  }

  /** Keeps what stays as it is. @throws WriteConflict when another unit of work was first */
  async add(tx: Tx, { from: _id, ...quarter }: FixedQuarter): Promise<void> {
    await insertFirst('the figures of the quarter', () =>
      this.model.create([{ _id, ...quarter }], { session: tx.session }),
    );
  }
}
