import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  appendImportChunk,
  AppendImportChunk,
  cancelImport,
  commitImport,
  finishImportUpload,
  FinishImportUpload,
  getImport,
  ImportById,
  type ImportRow,
  type ImportSummary,
  listImportRows,
  ListImportRows,
  listImports,
  ListImports,
  startImport,
  StartImport,
} from '#contracts/registration/imports.js';
import { Handles } from '#platform/handles.js';
import { ImportsService } from './imports.service.js';

/** Files that are imported. */
@Controller()
export class ImportsController {
  constructor(private readonly service: ImportsService) {}

  @Handles(startImport)
  start(command: StartImport, caller: Caller): Promise<ImportSummary> {
    return this.service.start(command, caller);
  }

  @Handles(appendImportChunk)
  append(command: AppendImportChunk, caller: Caller): Promise<ImportSummary> {
    return this.service.append(command, caller);
  }

  @Handles(finishImportUpload)
  finish(command: FinishImportUpload, caller: Caller): Promise<ImportSummary> {
    return this.service.finish(command, caller);
  }

  @Handles(getImport)
  get({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
    return this.service.get(importId, caller);
  }

  @Handles(listImports)
  list(query: ListImports, caller: Caller): Promise<Page<ImportSummary>> {
    return this.service.list(query, caller);
  }

  @Handles(listImportRows)
  rows(query: ListImportRows, caller: Caller): Promise<Protected<Page<ImportRow>>> {
    return this.service.rows(query, caller);
  }

  @Handles(commitImport)
  commit({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
    return this.service.commit(importId, caller);
  }

  @Handles(cancelImport)
  cancel({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
    return this.service.cancel(importId, caller);
  }
}
