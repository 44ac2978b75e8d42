import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { type AccessSubject, Protected } from '#access/protected.js';
import { addDays } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { ListedFiles, StartedFile } from '#contracts/imports/import-requests.js';
import {
  type AppendImportChunk,
  type FinishImportUpload,
  type ImportRow,
  type ImportSummary,
  type ListImportRows,
  MAX_IMPORT_BYTES,
} from '#contracts/imports/imports.js';
import { encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { pageOf, positionIn, readLimit } from '#persistence/list-position.js';
import { fittingPage } from '#persistence/page-size.js';
import { ImportCipher } from './import-cipher.js';
import { importIdFor } from './import-id.js';
import { ImportKinds } from './import-kind.js';
import type { ImportDocument, ImportRowDocument } from './import.schema.js';
import { importView, noRows, rowView } from './import-view.js';
import { ImportWorker } from './import-worker.js';
import { chunkId, ImportsRepository } from './imports.repository.js';
import { openRow, type RowContent } from './sealed-row.js';

/** Days that the content of a file is kept; a setting of the product, with this default. */
export const CONTENT_DAYS = 30;

/** Takes files in parts, and starts reading them and carrying them out; the work itself is done by the worker. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly repository: ImportsRepository,
    private readonly worker: ImportWorker,
    private readonly kinds: ImportKinds,
    private readonly cipher: ImportCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins an upload. The same key gives the same import.
   * @throws Refusal `not-permitted` for a kind of file that is not the caller's, `idempotency-key-reused`
   */
  async start(command: StartedFile, caller: Caller): Promise<ImportSummary> {
    const { owner, organisationId } = this.kinds.ownerOf(command.kind, caller);
    const requestHash = hashOf({ owner, kind: command.kind, fileName: command.fileName });
    const document: ImportDocument = {
      _id: importIdFor(caller.personId, command.idempotencyKey),
      kind: command.kind,
      fileName: command.fileName,
      size: 0,
      chunks: 0,
      state: 'uploading',
      rows: noRows,
      owner,
      ...(organisationId === undefined ? {} : { organisationId }),
      createdBy: caller,
      createdAt: this.clock.now().toISOString(),
      contentUntil: addDays(this.clock.today(), CONTENT_DAYS),
      contentDeleted: false,
      requestHash,
      attempts: 0,
    };
    if (await this.repository.insert(document)) return importView(document);
    const known = await this.own(document._id, caller);
    if (known.requestHash !== requestHash) throw Refusal.of('idempotency-key-reused');
    return importView(known);
  }

  /** Keeps one part of a file. A part that comes when the file is finished is left alone. */
  async append({ importId, index, data }: AppendImportChunk, caller: Caller): Promise<ImportSummary> {
    const document = await this.own(importId, caller);
    if (document.state === 'uploading') {
      const _id = chunkId(importId, index);
      await this.repository.putChunk({ _id, importId, index, sealed: this.cipher.encrypt(data, _id) });
    }
    return importView(document);
  }

  /** @throws Refusal `file-incomplete`, `idempotency-key-reused` */
  async finish({ importId, size, sha256 }: FinishImportUpload, caller: Caller): Promise<ImportSummary> {
    const document = await this.own(importId, caller);
    if (document.state !== 'uploading') {
      if (document.sha256 !== sha256) throw Refusal.of('idempotency-key-reused');
      return importView(document);
    }
    const found = await this.measured(importId, size);
    if (found.size !== size || found.sha256 !== sha256) throw Refusal.of('file-incomplete');
    const change = { state: 'reading' as const, size, sha256, chunks: found.chunks };
    await this.repository.change(importId, ['uploading'], change);
    this.worker.kick();
    return importView({ ...document, ...change });
  }

  async get(importId: string, caller: Caller): Promise<ImportSummary> {
    return importView(await this.own(importId, caller));
  }

  /** Imports of the caller's institution, or the operator's own; newest first. */
  async list(query: ListedFiles, caller: Caller): Promise<Page<ImportSummary>> {
    const found = await this.repository.list(this.kinds.ownersOf(caller), query.kind, query.cursor, query.limit);
    return pageOf(found, query.limit, ({ _id, createdAt }) => ({ id: _id, value: createdAt }), importView);
  }

  /** @throws Refusal `import-content-deleted` */
  async rows(query: ListImportRows, caller: Caller): Promise<Protected<Page<ImportRow>>> {
    const document = await this.own(query.importId, caller);
    if (document.contentDeleted) throw Refusal.of('import-content-deleted');
    const after = Number(positionIn(query.cursor)?.id ?? 0);
    const found = await this.repository.rows(query.importId, query.outcome, after, readLimit(query.limit));
    const positionOf = ({ row }: ImportRowDocument) => ({ id: String(row) });
    const open = (row: ImportRowDocument) => ({ row, content: openRow(row, this.cipher) });
    const { shown, told } = fittingPage(
      pageOf(found, query.limit, positionOf, open),
      ({ row, content }) => rowView(row, content),
      ({ row }) => encodeCursor(positionOf(row)),
    );
    // Rows of an institution name people, also those who have no file (yet).
    const isPersonal = document.organisationId !== undefined && told.length > 0;
    return new Protected('read', subjectsOf(told), shown, isPersonal ? { importId: document._id } : undefined);
  }

  /** @throws Refusal `import-not-previewed`. Asked again, it gives the import as it is. */
  async commit(importId: string, caller: Caller): Promise<ImportSummary> {
    const document = await this.own(importId, caller);
    if (document.state === 'committing' || document.state === 'completed') return importView(document);
    this.kinds.ownerOf(document.kind, caller);
    const change = { state: 'committing' as const, committedBy: caller };
    if (document.contentDeleted || !(await this.repository.change(importId, ['previewed'], change))) {
      throw Refusal.of('import-not-previewed');
    }
    this.worker.kick();
    return importView({ ...document, ...change });
  }

  /** @throws Refusal `import-not-cancellable` */
  async cancel(importId: string, caller: Caller): Promise<ImportSummary> {
    const document = await this.own(importId, caller);
    if (document.state === 'cancelled') return importView(document);
    const change = {
      state: 'cancelled' as const,
      finishedAt: this.clock.now().toISOString(),
      contentDeleted: true,
    };
    if (!(await this.repository.change(importId, ['uploading', 'reading', 'previewed', 'failed'], change))) {
      throw Refusal.of('import-not-cancellable');
    }
    await this.repository.deleteChunks(importId);
    await this.repository.deleteRows(importId);
    return importView({ ...document, ...change });
  }

  private async own(importId: string, caller: Caller): Promise<ImportDocument> {
    const document = await this.repository.find(importId);
    if (document === null || !this.kinds.ownersOf(caller).includes(document.owner)) throw Refusal.of('not-found');
    return document;
  }

  /** What is there of a file: as many parts as its size needs. */
  private async measured(importId: string, expected: number) {
    const hash = createHash('sha256');
    let size = 0;
    let chunks = 0;
    for await (const { _id, sealed } of this.repository.chunks(importId, MAX_IMPORT_BYTES)) {
      const bytes = Buffer.from(this.cipher.decrypt(sealed, _id), 'base64');
      hash.update(bytes);
      size += bytes.length;
      chunks += 1;
      if (size >= expected) break;
    }
    return { size, chunks, sha256: hash.digest('hex') };
  }
}

/** Whom rows are about, and whom they tell of that they are known: also of another institution. */
function subjectsOf(rows: readonly { row: ImportRowDocument; content: RowContent }[]): AccessSubject[] {
  const grounds = new Map<string, AccessSubject['ground']>();
  for (const { content } of rows) {
    for (const clientId of content.recognised ?? []) grounds.set(clientId, 'duplicate-check');
  }
  for (const { row } of rows) if (row.clientId !== undefined) grounds.set(row.clientId, 'own-institution');
  return [...grounds].map(([clientId, ground]) => ({ clientId, ground }));
}

/** Hash of what was asked to begin an upload: what must be the same when its key comes again. */
function hashOf(request: object): string {
  return createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('base64url');
}
