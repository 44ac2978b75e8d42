import type { Page } from '../paging.js';
import { type Asker, defineRequest, type PayloadClass, type RequestDefinition } from '../request.js';
import {
  AppendImportChunk,
  FinishImportUpload,
  ImportById,
  type ImportingService,
  type ImportKind,
  type ImportRow,
  type ImportSummary,
  type ListFiles,
  ListImportRows,
  type NewFile,
} from './imports.js';

/** What begins an upload: the file, and what it holds. */
export type StartedFile = NewFile & { kind: ImportKind };
/** Which imports to list. */
export type ListedFiles = ListFiles & { kind?: ImportKind };

/** The requests by which a service takes files. */
export interface ImportRequests {
  readonly start: RequestDefinition<StartedFile, ImportSummary>;
  readonly append: RequestDefinition<AppendImportChunk, ImportSummary>;
  /**
   * Sent again with the same content it changes nothing. Refuses: `file-incomplete` when the content is not what was sent,
   * `idempotency-key-reused` when the import was finished with another content.
   */
  readonly finish: RequestDefinition<FinishImportUpload, ImportSummary>;
  readonly get: RequestDefinition<ImportById, ImportSummary>;
  /** Imports of the asker's organisation (the operator: the own ones), newest first. */
  readonly list: RequestDefinition<ListedFiles, Page<ImportSummary>>;
  /** Rows as they stand in the file: they hold personal data. Gone after `contentUntil`. */
  readonly rows: RequestDefinition<ListImportRows, Page<ImportRow>>;
  /** Carries out the rows without errors; goes on after a crash. Refuses: `import-not-previewed`. */
  readonly commit: RequestDefinition<ImportById, ImportSummary>;
  /** Gives up an import that was not committed, and deletes its content. Refuses: `import-not-cancellable`. */
  readonly cancel: RequestDefinition<ImportById, ImportSummary>;
}

/** Who may send files to a service, and what its first question holds besides the file. */
interface ImportOptions {
  readonly start: PayloadClass<StartedFile>;
  readonly list: PayloadClass<ListedFiles>;
  readonly allow: readonly Asker[];
}

/** Defines the requests by which a service takes files: the same for each, but for the kinds and who may send them. */
export function importRequests(service: ImportingService, { start, list, allow }: ImportOptions): ImportRequests {
  const deadlineMs = 15_000;
  return {
    start: defineRequest(`${service}.imports.start`, { payload: start, allow }),
    append: defineRequest(`${service}.imports.append`, { payload: AppendImportChunk, allow, deadlineMs }),
    finish: defineRequest(`${service}.imports.finish`, { payload: FinishImportUpload, allow, deadlineMs }),
    get: defineRequest(`${service}.imports.get`, { payload: ImportById, allow }),
    list: defineRequest(`${service}.imports.list`, { payload: list, allow }),
    rows: defineRequest(`${service}.imports.rows`, { payload: ListImportRows, allow, clientData: true }),
    commit: defineRequest(`${service}.imports.commit`, { payload: ImportById, allow }),
    cancel: defineRequest(`${service}.imports.cancel`, { payload: ImportById, allow }),
  };
}
