import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { ClientNumberLinked } from '#contracts/registration/facts.js';
import { Database } from '#persistence/database.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';

interface ClientNumberDocument {
  /** Keyed hash of institution and number: the number itself is not known here. */
  _id: string;
  clientId: string;
  /** Counts what the number stood for; an older fact changes nothing. */
  version: number;
}

const clientNumberSchema = new Schema<ClientNumberDocument>(
  { _id: String, clientId: { type: String, required: true }, version: { type: Number, required: true } },
  { versionKey: false },
);

/** Numbers per question. */
const BATCH = 500;

/** Which clients the institutions' own numbers stand for, by the facts of registration. */
@Injectable()
export class ClientNumbersRepository {
  private readonly model: Model<ClientNumberDocument>;

  constructor(database: Database) {
    this.model = database.model('client_numbers', clientNumberSchema);
  }

  /** Learns what a number stands for; the same or an older fact changes nothing. */
  async learn({ numberHash, clientId, version }: ClientNumberLinked): Promise<void> {
    const older = { _id: numberHash, version: { $lt: version } };
    try {
      await this.model.updateOne(older, { $set: { clientId, version } }, { upsert: true });
    } catch (error) {
      // It is there, and not older.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** The clients that these numbers stand for, by the hash of the number; unknown ones are left out. */
  async clientsOf(hashes: readonly string[]): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    for (let start = 0; start < hashes.length; start += BATCH) {
      const found = await this.model
        .find({ _id: { $in: hashes.slice(start, start + BATCH) } })
        .lean<ClientNumberDocument[]>();
      for (const { _id, clientId } of found) known.set(_id, clientId);
    }
    return known;
  }
}
