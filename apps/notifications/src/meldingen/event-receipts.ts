import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { WallClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';

interface Receipt {
  /** The event. */
  _id: string;
  /** Receipts are forgotten by MongoDB itself, long after the broker forgot the event. */
  at: Date;
}

const KEEP_SECONDS = 60 * 86_400;

const receiptSchema = new Schema<Receipt>({ _id: String, at: { type: Date, required: true } }, { versionKey: false });
receiptSchema.index({ at: 1 }, { expireAfterSeconds: KEEP_SECONDS });

/** Remembers events that have no consecutive versions to take turns by, so that a redelivery is known as one. */
@Injectable()
export class EventReceipts {
  private readonly model: Model<Receipt>;

  constructor(
    database: Database,
    private readonly clock: WallClock,
  ) {
    this.model = database.model('receipts', receiptSchema);
  }

  /** Returns false when the event was handled before. @throws WriteConflict when it is being handled elsewhere */
  async take(tx: Tx, eventId: string): Promise<boolean> {
    if (await this.model.findById(eventId, undefined, { session: tx.session }).lean<Receipt>()) return false;
    await insertFirst('the receipt', () =>
      this.model.create([{ _id: eventId, at: this.clock.now() }], { session: tx.session }),
    );
    return true;
  }
}
