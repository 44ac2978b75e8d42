import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsCursor, IsId, IsIdempotencyKey, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import type { FieldProblem } from '../refusal.js';
import { defineRequest } from '../request.js';

/** What a file can hold. */
export const importKinds = ['places', 'clients', 'stays'] as const;
export type ImportKind = (typeof importKinds)[number];

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

export class StartImport {
  @IsIn(importKinds) kind: ImportKind;
  @IsString() @Length(1, 200) fileName: string;
  @IsIdempotencyKey() idempotencyKey?: string;
}

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

export class ListImports {
  @IsOptional() @IsIn(importKinds) kind?: ImportKind;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class ListImportRows extends ImportById {
  @IsOptional() @IsIn(importRowOutcomes) outcome?: ImportRowOutcome;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

const importers = ['clientmanager', 'beheerder'] as const;

export const startImport = defineRequest<StartImport, ImportSummary>('registration.imports.start', {
  payload: StartImport,
  allow: importers,
});

export const appendImportChunk = defineRequest<AppendImportChunk, ImportSummary>('registration.imports.append', {
  payload: AppendImportChunk,
  allow: importers,
  deadlineMs: 15_000,
});

/**
 * Sent again with the same content it changes nothing. Refuses: `file-incomplete` when the content is not what was sent,
 * `idempotency-key-reused` when the import was finished with another content.
 */
export const finishImportUpload = defineRequest<FinishImportUpload, ImportSummary>('registration.imports.finish', {
  payload: FinishImportUpload,
  allow: importers,
  deadlineMs: 15_000,
});

export const getImport = defineRequest<ImportById, ImportSummary>('registration.imports.get', {
  payload: ImportById,
  allow: importers,
});

/** Imports of the asker's organisation (the operator: the own ones), newest first. */
export const listImports = defineRequest<ListImports, Page<ImportSummary>>('registration.imports.list', {
  payload: ListImports,
  allow: importers,
});

/** Rows as they stand in the file: they hold personal data. Gone after `contentUntil`. */
export const listImportRows = defineRequest<ListImportRows, Page<ImportRow>>('registration.imports.rows', {
  payload: ListImportRows,
  allow: importers,
  clientData: true,
});

/** Carries out the rows without errors, in the order of the file; goes on after a crash. Refuses: `import-not-previewed`. */
export const commitImport = defineRequest<ImportById, ImportSummary>('registration.imports.commit', {
  payload: ImportById,
  allow: importers,
});

/** Gives up an import that was not committed, and deletes its content. Refuses: `import-not-cancellable`. */
export const cancelImport = defineRequest<ImportById, ImportSummary>('registration.imports.cancel', {
  payload: ImportById,
  allow: importers,
});
