import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { type ImportRowCounts, MAX_IMPORT_ROWS } from '#contracts/imports/imports.js';
import { type FieldProblem, fieldProblem } from '#contracts/refusal.js';
import type { Hold } from './hold.js';
import type { ImportDocument, ImportRowDocument } from './import.schema.js';
import { ImportCipher } from './import-cipher.js';
import { ImportKinds } from './import-kind.js';
import { noRows } from './import-view.js';
import { ImportsRepository } from './imports.repository.js';
import { matchColumns } from './rows/match-columns.js';
import { type PreviewedRow, sealRow } from './sealed-row.js';
import { readTable } from './table/read-table.js';
import { MAX_CELL_CHARACTERS, UnreadableFile } from './table/table.js';

/** Times that reading is begun before the file is given up: it may be what kills the process. */
const MAX_ATTEMPTS = 5;
/** Rows between two moments at which other work goes first. */
const BREATH = 20;
const PROGRESS_MS = 500;

/** Reads a file and makes its preview: nothing outside the import is written. */
@Injectable()
export class ImportReader {
  constructor(
    private readonly repository: ImportsRepository,
    private readonly kinds: ImportKinds,
    private readonly cipher: ImportCipher,
    private readonly clock: Clock,
  ) {}

  /** @returns what becomes of the import; @throws WorkStopped */
  async read(document: ImportDocument, hold: Hold): Promise<Partial<ImportDocument>> {
    if (document.attempts > MAX_ATTEMPTS) return this.failed([fieldProblem('', 'file-format-unreadable')]);
    try {
      return await this.preview(document, hold);
    } catch (error) {
      if (error instanceof UnreadableFile) return this.failed(error.problems);
      throw error;
    }
  }

  private async preview(document: ImportDocument, hold: Hold): Promise<Partial<ImportDocument>> {
    const handler = this.kinds.of(document.kind);
    // One more than fits: it shows that a text is too long.
    const maxCell = Math.max(MAX_CELL_CHARACTERS, ...handler.columns.map(({ max = 0 }) => max + 1));
    const { encoding, separator, ...table } = await readTable(await this.bytesOf(document), maxCell);
    const max = handler.maxRows ?? MAX_IMPORT_ROWS;
    if (table.rows.length > max) throw new UnreadableFile([fieldProblem('', 'file-too-many-rows', { max })]);
    const rows = matchColumns({ encoding, ...table }, handler.columns);
    const counts = { ...noRows, total: rows.length };
    await hold.progress({ rows: counts, encoding, ...(separator === undefined ? {} : { separator }) });
    const scene = { document, caller: document.createdBy };
    let shownAt = this.clock.now().getTime();
    const previewed = await handler.preview(rows, scene, async (read) => {
      hold.check();
      if (read % BREATH === 0) await breathe();
      const now = this.clock.now().getTime();
      if (now - shownAt < PROGRESS_MS) return;
      shownAt = now;
      await hold.progress({ rows: { ...counts, read } });
    });
    await this.repository.replaceRows(document._id, this.sealed(document._id, previewed));
    hold.check();
    return { state: 'previewed', rows: counted(previewed) };
  }

  private *sealed(importId: string, rows: readonly PreviewedRow[]): Generator<ImportRowDocument> {
    for (const row of rows) yield sealRow(importId, row, this.cipher);
  }

  private failed(problems: readonly FieldProblem[]): Partial<ImportDocument> {
    return { state: 'failed', problems: [...problems], finishedAt: this.clock.now().toISOString() };
  }

  private async bytesOf({ _id: importId, chunks }: ImportDocument): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const { _id, sealed } of this.repository.chunks(importId, chunks)) {
      parts.push(Buffer.from(this.cipher.decrypt(sealed, _id), 'base64'));
    }
    return Buffer.concat(parts);
  }
}

function counted(rows: readonly PreviewedRow[]): ImportRowCounts {
  const count = (wanted: PreviewedRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    ...noRows,
    total: rows.length,
    read: rows.length,
    new: count('new'),
    change: count('change'),
    unchanged: count('unchanged'),
    errors: count('error'),
  };
}
