import { Schema } from 'mongoose';
import type { ChainEntry } from '../chain/chain.js';

/** An entry as it is stored: `_id` is its sequence, so that one place in the chain can be taken once. */
export interface EntryDocument extends Omit<ChainEntry, 'sequence' | 'at'> {
  _id: number;
  at: Date;
}

/** The end of the chain, and the guard of every append: who wants to write an entry must move it. */
export interface HeadDocument {
  _id: 'head';
  sequence: number;
  hash: string;
  seal: string;
}

/** A sealed place in the chain; also written to the process's own log, which the database cannot change. */
export interface CheckpointDocument {
  /** Sequence of the entry. */
  _id: number;
  hash: string;
  seal: string;
  at: Date;
}

const plain = { versionKey: false, minimize: false } as const;

export const entrySchema = new Schema<EntryDocument>(
  {
    _id: { type: Number, required: true },
    eventId: { type: String, required: true },
    at: { type: Date, required: true },
    actorId: { type: String, required: true },
    actorKind: { type: String, required: true },
    actorRoles: { type: [String], required: true },
    actorOrganisationId: String,
    action: { type: String, required: true },
    operation: { type: String, required: true },
    subjects: { type: [new Schema({ clientId: String, ground: String }, { _id: false })], required: true },
    aboutPersonId: String,
    aboutImportId: String,
    emergency: { type: Boolean, required: true },
    correlationId: String,
    previousHash: { type: String, required: true },
    hash: { type: String, required: true },
  },
  plain,
);
entrySchema.index({ eventId: 1 }, { unique: true });
entrySchema.index({ 'subjects.clientId': 1, at: -1, _id: -1 });
entrySchema.index({ actorId: 1, at: -1, _id: -1 });

export const headSchema = new Schema<HeadDocument>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    hash: { type: String, required: true },
    seal: { type: String, required: true },
  },
  plain,
);

export const checkpointSchema = new Schema<CheckpointDocument>(
  {
    _id: { type: Number, required: true },
    hash: { type: String, required: true },
    seal: { type: String, required: true },
    at: { type: Date, required: true },
  },
  plain,
);
