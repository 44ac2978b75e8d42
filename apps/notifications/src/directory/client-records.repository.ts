import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { ClientChanged } from '#contracts/registration/facts.js';
import { Database } from '#persistence/database.js';
import type { Tx } from '#persistence/unit-of-work.js';

/** Into which record the record of a client was merged; only of records that ever were. */
interface ClientRecordState {
  _id: string;
  mergedInto: string | null;
  version: number;
}

const clientRecordSchema = new Schema<ClientRecordState>(
  { _id: String, mergedInto: { type: String, default: null }, version: { type: Number, required: true } },
  { versionKey: false },
);
clientRecordSchema.index({ mergedInto: 1 });

/**
 * Which records are of one person: merged into one another, directly or over others (domain.md §3: history is never lost).
 * Caseloads and meldingen keep the identifier that they were made with; whoever looks for them asks here first, so that a
 * merge and its undoing change nothing that is stored, and the order in which facts arrive does not matter.
 */
@Injectable()
export class ClientRecordsRepository {
  private readonly model: Model<ClientRecordState>;

  constructor(database: Database) {
    this.model = database.model('client_records', clientRecordSchema);
  }

  /**
   * Notes where a record belongs from now on. A stale fact changes nothing.
   * @returns the record that it is joined with or was taken out of; undefined when nothing changed
   */
  async apply(tx: Tx, data: ClientChanged): Promise<string | undefined> {
    const { clientId: _id, version, mergedInto = null } = data;
    const before = await this.model.findById(_id, undefined, { session: tx.session }).lean<ClientRecordState>();
    if (before && before.version >= version) return undefined;
    if (!before && mergedInto === null && data.change !== 'unmerged') return undefined;
    const fields = { mergedInto, version };
    await this.model.updateOne({ _id }, { $set: fields }, { upsert: true, session: tx.session });
    const other = before?.mergedInto ?? null;
    return mergedInto === other ? undefined : (mergedInto ?? other ?? undefined);
  }

  /**
   * All records of the persons whose records these are, these included. Merges that seem to go round, while facts of the
   * two records are still out, count as one person.
   */
  async ofSamePersons(clientIds: readonly string[]): Promise<string[]> {
    const known = new Set(clientIds);
    let edge = [...known];
    while (edge.length > 0) {
      const found = await this.model
        .find({ mergedInto: { $ne: null }, $or: [{ _id: { $in: edge } }, { mergedInto: { $in: edge } }] })
        .lean<ClientRecordState[]>();
      const ids = found.flatMap(({ _id, mergedInto }) => (mergedInto === null ? [_id] : [_id, mergedInto]));
      edge = [...new Set(ids)].filter((id) => !known.has(id));
      for (const id of edge) known.add(id);
    }
    return [...known];
  }
}
