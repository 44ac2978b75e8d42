import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';

/** Figures as they are told of a quarter from then on; never changed. */
export interface Fixed<View> {
  /** The day on which they were fixed, and the instant: what was recorded later is not in them. */
  readonly asOf: CivilDate;
  readonly fixedAt: Date;
  /** What who sees aggregates only is told: nothing finer is kept. */
  readonly view: View;
}

interface FixedDocument<View> extends Fixed<View> {
  /** Which figures, and the first day of the quarter. */
  _id: string;
}

const fixedSchema = new Schema<FixedDocument<unknown>>(
  {
    _id: String,
    asOf: { type: String, required: true },
    fixedAt: { type: Date, required: true },
    view: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
);

/** Figures of quarters that were fixed, of each kind its own. */
@Injectable()
export class FixedFiguresRepository {
  private readonly model: Model<FixedDocument<unknown>>;

  constructor(database: Database) {
    this.model = database.model('fixed_figures', fixedSchema);
  }

  /** @typeParam View what the one kind that `name` stands for is made of */
  async find<View>(name: string, from: CivilDate, tx?: Tx): Promise<Fixed<View> | undefined> {
    const found = await this.model
      .findById(idOf(name, from), undefined, { session: tx?.session ?? null })
      .lean<FixedDocument<View>>();
    return found ? { asOf: found.asOf, fixedAt: found.fixedAt, view: found.view } : undefined;
  }

  /** Keeps what stays as it is. @throws WriteConflict when another unit of work was first */
  async add(tx: Tx, name: string, from: CivilDate, fixed: Fixed<object>): Promise<void> {
    await insertFirst('the figures of the quarter', () =>
      this.model.create([{ _id: idOf(name, from), ...fixed }], { session: tx.session }),
    );
  }
}

function idOf(name: string, from: CivilDate): string {
  return `${name} ${from}`;
}
