import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '#contracts/caller.js';
import type { ImportRequests } from '#contracts/imports/import-requests.js';
import {
  IMPORT_CHUNK_BYTES,
  type ImportKind,
  type ImportRow,
  type ImportState,
  type ImportSummary,
} from '#contracts/imports/imports.js';
import type { RequestDefinition } from '#contracts/request.js';

/** Asks the running service as a caller. */
type Ask = <P extends object, R>(caller: Caller, request: RequestDefinition<P, R>, payload: P) => Promise<R>;

/** What a test does with files, through the requests that the gateway sends. */
export class FileDesk {
  constructor(
    private readonly ask: Ask,
    private readonly caller: Caller,
    private readonly requests: ImportRequests,
  ) {}

  /** Sends a file in parts. */
  async upload(kind: ImportKind, content: Buffer | string, fileName = `${kind}.csv`, key = uuidv7()): Promise<string> {
    const bytes = Buffer.from(content);
    const { importId } = await this.ask(this.caller, this.requests.start, { kind, fileName, idempotencyKey: key });
    for (let index = 0; index * IMPORT_CHUNK_BYTES < bytes.length; index += 1) {
      const part = bytes.subarray(index * IMPORT_CHUNK_BYTES, (index + 1) * IMPORT_CHUNK_BYTES);
      await this.ask(this.caller, this.requests.append, { importId, index, data: part.toString('base64') });
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.ask(this.caller, this.requests.finish, { importId, size: bytes.length, sha256 });
    return importId;
  }

  /** Sends a file and waits for its preview. */
  async preview(kind: ImportKind, content: Buffer | string): Promise<ImportSummary> {
    return this.until(await this.upload(kind, content), ['previewed', 'failed']);
  }

  /** Sends a file, waits for its preview, has it carried out and waits for the end. */
  async import(kind: ImportKind, content: Buffer | string): Promise<ImportSummary> {
    const { importId } = await this.preview(kind, content);
    await this.commit(importId);
    return this.until(importId, ['completed', 'failed']);
  }

  commit(importId: string): Promise<ImportSummary> {
    return this.ask(this.caller, this.requests.commit, { importId });
  }

  get(importId: string): Promise<ImportSummary> {
    return this.ask(this.caller, this.requests.get, { importId });
  }

  async until(importId: string, states: readonly ImportState[], timeoutMs = 60_000): Promise<ImportSummary> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const summary = await this.get(importId);
      if (states.includes(summary.state)) return summary;
      if (Date.now() > end) throw new Error(`the import stays ${summary.state}: ${JSON.stringify(summary.rows)}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async rows(importId: string): Promise<ImportRow[]> {
    const all: ImportRow[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.ask(this.caller, this.requests.rows, {
        importId,
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      all.push(...page.items);
      if (page.nextCursor === undefined) return all;
      cursor = page.nextCursor;
    }
  }

  /** What is wrong, as `row column code`, in the order of the file. */
  async problems(importId: string): Promise<string[]> {
    const rows = await this.rows(importId);
    return rows.flatMap(({ row, problems }) => problems.map(({ path, code }) => `${String(row)} ${path} ${code}`));
  }
}
