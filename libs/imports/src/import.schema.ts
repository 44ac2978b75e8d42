import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { EncryptedText } from '#access/text-cipher.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import type { ImportKind, ImportRowCounts, ImportRowOutcome, ImportState } from '#contracts/imports/imports.js';
import type { FieldProblem } from '#contracts/refusal.js';
import { Database } from '#persistence/database.js';

/** One file and how far it is. No content: that is sealed in the parts and the rows. */
export interface ImportDocument {
  _id: string;
  kind: ImportKind;
  fileName: string;
  /** Bytes; 0 until the whole file is there. */
  size: number;
  sha256?: string;
  chunks: number;
  state: ImportState;
  rows: ImportRowCounts;
  encoding?: string;
  separator?: string;
  problems?: FieldProblem[];
  /** Whose it is: an institution, or an operator by person. */
  owner: string;
  organisationId?: string;
  /** Who sent it: the preview shows what this person may do. */
  createdBy: Caller;
  /** ISO instant, so that lists can be paged by it as text. */
  createdAt: string;
  /** Who had it carried out; the changes are theirs. */
  committedBy?: Caller;
  finishedAt?: string;
  contentUntil: CivilDate;
  contentDeleted: boolean;
  requestHash: string;
  /** The process that works on it now, and until when it may be silent. */
  lease?: { holder: string; until: Date };
  /** How often reading it was begun: a file that kills its reader is given up. */
  attempts: number;
}

/** A part of a file, sealed. */
export interface ImportChunkDocument {
  _id: string;
  importId: string;
  index: number;
  sealed: EncryptedText;
}

/** A row, sealed but for what lists need. */
export interface ImportRowDocument {
  _id: string;
  importId: string;
  row: number;
  /** Order in which the rows are carried out. */
  order: number;
  outcome: ImportRowOutcome;
  /** Client that the row is about, once known; what a reader of the row is logged for. */
  clientId?: string;
  /** What it is about, once known. */
  targetId?: string;
  sealed: EncryptedText;
}

const text = { type: String, required: true };
const sealed = { type: Schema.Types.Mixed, required: true };

const importSchema = new Schema<ImportDocument>(
  {
    _id: String,
    kind: text,
    fileName: text,
    size: { type: Number, required: true },
    sha256: String,
    chunks: { type: Number, required: true },
    state: text,
    rows: { type: Schema.Types.Mixed, required: true },
    encoding: String,
    separator: String,
    problems: { type: Schema.Types.Mixed },
    owner: text,
    organisationId: String,
    createdBy: { type: Schema.Types.Mixed, required: true },
    createdAt: text,
    committedBy: { type: Schema.Types.Mixed },
    finishedAt: String,
    contentUntil: text,
    contentDeleted: { type: Boolean, required: true },
    requestHash: text,
    lease: { type: Schema.Types.Mixed },
    attempts: { type: Number, required: true },
  },
  { versionKey: false, minimize: false },
);
importSchema.index({ owner: 1, createdAt: -1, _id: -1 });
importSchema.index({ state: 1 });
importSchema.index({ contentDeleted: 1, contentUntil: 1 });

const chunkSchema = new Schema<ImportChunkDocument>(
  { _id: String, importId: text, index: { type: Number, required: true }, sealed },
  { versionKey: false },
);
chunkSchema.index({ importId: 1, index: 1 });

const rowSchema = new Schema<ImportRowDocument>(
  {
    _id: String,
    importId: text,
    row: { type: Number, required: true },
    order: { type: Number, required: true },
    outcome: text,
    clientId: String,
    targetId: String,
    sealed,
  },
  { versionKey: false },
);
rowSchema.index({ importId: 1, row: 1 });
rowSchema.index({ importId: 1, outcome: 1, row: 1 });
rowSchema.index({ importId: 1, order: 1 });

/** The collections of imports. */
@Injectable()
export class ImportModels {
  readonly imports: Model<ImportDocument>;
  readonly chunks: Model<ImportChunkDocument>;
  readonly rows: Model<ImportRowDocument>;

  constructor(database: Database) {
    this.imports = database.model('imports', importSchema);
    this.chunks = database.model('import_chunks', chunkSchema);
    this.rows = database.model('import_rows', rowSchema);
  }
}
