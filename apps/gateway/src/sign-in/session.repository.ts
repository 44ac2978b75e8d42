import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';

/** A session as it is stored. Whoever reads the database cannot sign in with it: the cookie's value is not in it. */
export interface StoredSession {
  /** Keyed hash of the cookie's value. */
  _id: string;
  subject: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** End in any case; the database removes it after that. */
  expiresAt: Date;
  /** Hint to the issuer at sign-out. */
  idToken: string;
}

const sessionSchema = new Schema<StoredSession>(
  {
    _id: String,
    subject: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    idToken: { type: String, required: true },
  },
  { versionKey: false, minimize: false },
);
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Sessions in the gateway's own database; the only thing that it stores. */
@Injectable()
export class SessionRepository {
  private readonly model: Model<StoredSession>;

  constructor(database: Database) {
    this.model = database.model('sessions', sessionSchema);
  }

  async add(session: StoredSession): Promise<void> {
    await this.model.create([session]);
  }

  async find(key: string): Promise<StoredSession | undefined> {
    return (await this.model.findById(key).lean<StoredSession | null>()) ?? undefined;
  }

  async touch(key: string, lastSeenAt: Date): Promise<void> {
    await this.model.updateOne({ _id: key }, { $set: { lastSeenAt } });
  }

  async remove(key: string): Promise<void> {
    await this.model.deleteOne({ _id: key });
  }
}
