import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsCursor, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { FieldProblem } from '../refusal.js';

/** What a file can hold, by the service that takes it. */
export const importKinds = {
  registration: ['places', 'clients', 'stays'],
  assessment: ['zrms'],
} as const;
/** A service that takes files. */
export type ImportingService = keyof typeof importKinds;
/** What a file can hold that a service takes; without a service, any. */
export type ImportKind<Service extends ImportingService = ImportingService> = (typeof importKinds)[Service][number];

/**
 * `uploading` → `reading` → `previewed` → `committing` → `completed`. `failed`: the file as a whole cannot be read.
 * `cancelled`: given up before the commit.
 */
export const importStates = [
  'uploading',
  'reading',
  'previewed',
  'committing',
  'completed',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof importStates)[number];

/**
 * What a row does, or did. Preview: `new`, `change`, `unchanged`, `error`. After the commit: `done` (carried out), `refused`
 * (the situation changed since the preview), `unchanged` and `error` as before.
 */
export const importRowOutcomes = ['new', 'change', 'unchanged', 'error', 'done', 'refused'] as const;
export type ImportRowOutcome = (typeof importRowOutcomes)[number];

/** Largest file, bytes. */
export const MAX_IMPORT_BYTES = 25 * 1024 * 1024;
/**
 * Most rows in one file. A file is read as a whole, about 3 KB of memory per row of clients, and a process reads two at the
 * same time within a heap of 160 MB: larger files are sent in parts, which change nothing twice.
 */
export const MAX_IMPORT_ROWS = 10_000;
/** Largest part of a file in one request, bytes before base64; a broker message is at most 1 MB. */
export const IMPORT_CHUNK_BYTES = 512 * 1024;

/** How many rows there are: `new`, `change`, `unchanged` and `errors` as previewed, `done` and `refused` so far. */
export interface ImportRowCounts {
  total: number;
  /** Read so far, while reading. */
  read: number;
  new: number;
  change: number;
  unchanged: number;
  errors: number;
  done: number;
  refused: number;
}

/** One import as its list and its page show it. */
export interface ImportSummary {
  importId: string;
  kind: ImportKind;
  fileName: string;
  size: number;
  state: ImportState;
  rows: ImportRowCounts;
  /** What the reader made of the file: `utf-8`, `windows-1252`, `xlsx`; and the separator of a CSV. */
  encoding?: string;
  separator?: string;
  /** Why the whole file cannot be read: the first reason, and all of them. `path` is a column, or empty. */
  problem?: FieldProblem;
  problems?: FieldProblem[];
  createdBy: string;
  createdAt: string;
  organisationId?: string;
  finishedAt?: string;
  /** Day on which the content of the file is deleted; the summary stays. */
  contentUntil: string;
}

/** One row with what is wrong with it, per column. */
export interface ImportRow {
  /** As in the file: the header is row 1. */
  row: number;
  values: Record<string, string>;
  outcome: ImportRowOutcome;
  /** `path` is the column; empty when it is about the row as a whole. */
  problems: FieldProblem[];
  /** Worth a look, and no reason to refuse: a possible duplicate, a place of another zwaarte. */
  warnings: FieldProblem[];
  /** What it is about, once known. */
  targetId?: string;
}

/** A file that will come in parts; its kind is added by each service. */
export class NewFile {
  @IsString() @Length(1, 200) fileName: string;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** One import. */
export class ImportById {
  @IsId() importId: string;
}

/** One part of the file, in base64. Parts may be sent again. */
export class AppendImportChunk extends ImportById {
  @IsInt() @Min(0) index: number;
  @IsString() @MaxLength(Math.ceil((IMPORT_CHUNK_BYTES * 4) / 3) + 4) data: string;
}

/** The file is complete; reading begins. */
export class FinishImportUpload extends ImportById {
  /** Bytes of the whole file. */
  @IsInt() @Min(1) @Max(MAX_IMPORT_BYTES) size: number;
  /** SHA-256 of the whole file, hexadecimal. */
  @Matches(/^[0-9a-f]{64}$/) sha256: string;
}

/** Imports, newest first. */
export class ListFiles {
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Rows of one import, in the order of the file. */
export class ListImportRows extends ImportById {
  @IsOptional() @IsIn(importRowOutcomes) outcome?: ImportRowOutcome;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}
