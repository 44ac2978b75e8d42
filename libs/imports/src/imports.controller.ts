import { Controller, type Type } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { ImportRequests, ListedFiles, StartedFile } from '#contracts/imports/import-requests.js';
import type {
  AppendImportChunk,
  FinishImportUpload,
  ImportById,
  ImportRow,
  ImportSummary,
  ListImportRows,
} from '#contracts/imports/imports.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { ImportsService } from './imports.service.js';

/** Answers the requests by which a service takes files. */
export function importsController(requests: ImportRequests): Type {
  @Controller()
  class ImportsController {
    constructor(private readonly service: ImportsService) {}

    @Handles(requests.start)
    start(command: StartedFile, caller: Caller): Promise<ImportSummary> {
      return this.service.start(command, caller);
    }

    @Handles(requests.append)
    append(command: AppendImportChunk, caller: Caller): Promise<ImportSummary> {
      return this.service.append(command, caller);
    }

    @Handles(requests.finish)
    finish(command: FinishImportUpload, caller: Caller): Promise<ImportSummary> {
      return this.service.finish(command, caller);
    }

    @Handles(requests.get)
    get({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
      return this.service.get(importId, caller);
    }

    @Handles(requests.list)
    list(query: ListedFiles, caller: Caller): Promise<Page<ImportSummary>> {
      return this.service.list(query, caller);
    }

    @Handles(requests.rows)
    rows(query: ListImportRows, caller: Caller): Promise<Protected<Page<ImportRow>>> {
      return this.service.rows(query, caller);
    }

    @Handles(requests.commit)
    commit({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
      return this.service.commit(importId, caller);
    }

    @Handles(requests.cancel)
    cancel({ importId }: ImportById, caller: Caller): Promise<ImportSummary> {
      return this.service.cancel(importId, caller);
    }
  }
  return ImportsController;
}
