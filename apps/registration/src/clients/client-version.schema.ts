import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import type { EncryptedBsn } from './bsn-cipher.js';
import { type ClientRecord, clientRecordSchema, encryptedBsnSchema } from './client.schema.js';

/** How a version of a record came to be. */
export type VersionChange = 'registered' | 'changed' | 'merged' | 'unmerged';

/** One version of a client record, kept for ever: a correction leaves the earlier version readable (domain.md §3). */
export interface ClientVersionDocument {
  /** `<clientId>:<version>`. */
  _id: string;
  clientId: string;
  version: number;
  change: VersionChange;
  at: Date;
  by: string;
  reason?: string;
  /** The other record of a merge. */
  withClientId?: string;
  /** Names of the fields that became different, as in JSON: `address.postcode`. */
  fields: string[];
  details: ClientRecord;
  bsn?: EncryptedBsn;
}

const versionSchema = new Schema<ClientVersionDocument>(
  {
    _id: String,
    clientId: { type: String, required: true },
    version: { type: Number, required: true },
    change: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    reason: String,
    withClientId: String,
    fields: { type: [String], required: true },
    details: { type: clientRecordSchema, required: true },
    bsn: { type: encryptedBsnSchema, default: undefined },
  },
  { versionKey: false, minimize: false },
);
versionSchema.index({ clientId: 1, version: -1 }, { unique: true });

/** The collection `client_versions`. */
@Injectable()
export class ClientVersionModel {
  readonly model: Model<ClientVersionDocument>;

  constructor(database: Database) {
    this.model = database.model('client_versions', versionSchema);
  }
}
