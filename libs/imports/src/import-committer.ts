import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { type FieldProblem, Refusal } from '#contracts/refusal.js';
import { currentTrace } from '#messaging/trace.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { type Hold, WorkStopped } from './hold.js';
import type { ImportDocument, ImportRowDocument } from './import.schema.js';
import { ImportCipher } from './import-cipher.js';
import { ImportKinds, type ImportScene, type RowResult } from './import-kind.js';
import { ImportsRepository } from './imports.repository.js';
import { OrderedWork } from './ordered-work.js';
import { persistently } from './persistently.js';
import { openRow, type RowContent, sealRow } from './sealed-row.js';

/** Rows that are in memory together. */
const BATCH = 200;
/** Rows that are carried out at the same time, when they touch nothing in common. */
const WIDTH = 4;
const PROGRESS_MS = 500;

/** Carries out a previewed file, row by row; goes on where an earlier process stopped. */
@Injectable()
export class ImportCommitter {
  private readonly logger = new Logger(ImportCommitter.name);

  constructor(
    private readonly repository: ImportsRepository,
    private readonly kinds: ImportKinds,
    private readonly cipher: ImportCipher,
    private readonly clock: Clock,
  ) {}

  /** @returns what becomes of the import; @throws WorkStopped, or the error of a storage that is away */
  async commit(document: ImportDocument, hold: Hold): Promise<Partial<ImportDocument>> {
    const scene = { document, caller: document.committedBy ?? document.createdBy };
    const { _id } = document;
    const counts = {
      ...document.rows,
      done: await this.repository.count(_id, 'done'),
      refused: await this.repository.count(_id, 'refused'),
    };
    let shownAt = this.clock.now().getTime();
    const tell = async () => {
      const now = this.clock.now().getTime();
      if (now - shownAt < PROGRESS_MS) return;
      shownAt = now;
      await hold.progress({ rows: { ...counts } });
    };
    const work = new OrderedWork(WIDTH);
    for (let from = 0; from < document.rows.total; from += BATCH) {
      hold.check();
      const pieces = (await this.repository.inOrder(_id, from, from + BATCH)).flatMap((row) => {
        const content = openRow(row, this.cipher);
        const { plan } = content;
        if (plan === undefined || row.outcome === 'done' || row.outcome === 'refused') return [];
        const carryOut = async () => {
          hold.check();
          const outcome = await this.settle(row, content, plan, scene, hold);
          if (outcome !== undefined) counts[outcome] += 1;
          await tell();
        };
        return [work.run(this.kinds.of(document.kind).touches(plan, document), carryOut)];
      });
      await allOrFirstError(pieces);
    }
    return { state: 'completed', rows: counts, finishedAt: this.clock.now().toISOString() };
  }

  /** @returns what became of a row that was to do something */
  private async settle(
    row: ImportRowDocument,
    content: RowContent,
    plan: unknown,
    scene: ImportScene,
    hold: Hold,
  ): Promise<'done' | 'refused' | undefined> {
    const result = await this.attempt(plan, scene, hold);
    if ('problems' in result) {
      const sealed = sealRow(
        row.importId,
        { ...row, ...content, problems: result.problems, outcome: 'refused' },
        this.cipher,
      );
      await this.repository.settleRow(sealed);
      return 'refused';
    }
    const known = {
      ...(result.clientId ? { clientId: result.clientId } : {}),
      ...(result.targetId ? { targetId: result.targetId } : {}),
    };
    if (row.outcome === 'unchanged') return undefined;
    await this.repository.settleRow({ _id: row._id, outcome: 'done', ...known });
    return 'done';
  }

  private async attempt(
    plan: unknown,
    scene: ImportScene,
    hold: Hold,
  ): Promise<RowResult | { problems: FieldProblem[] }> {
    try {
      return await persistently(() => {
        hold.check();
        return this.kinds.of(scene.document.kind).carryOut(plan, scene);
      });
    } catch (error) {
      if (error instanceof WorkStopped) throw error;
      if (error instanceof Refusal) {
        // The storage or a part of the system is away: that says nothing about the row.
        if (error.status === 503) throw error;
        return { problems: problemsOf(error) };
      }
      if (isStorageAway(error) || isDriverTrouble(error)) throw error;
      // A row that cannot be carried out for an unknown reason must not hold up the others for ever.
      this.logger.error(error instanceof Error ? error : String(error));
      const correlationId = currentTrace()?.correlationId ?? scene.document._id;
      return { problems: problemsOf(Refusal.of('unexpected', { params: { correlationId } })) };
    }
  }
}

/** The database did not answer at all; an answer that says what is wrong with the row is a `MongoServerError`. */
function isDriverTrouble(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('Mongo') && error.name !== 'MongoServerError';
}

function problemsOf({ code, messages, fields }: Refusal): FieldProblem[] {
  return fields.length > 0 ? [...fields] : [{ path: '', code, ...messages }];
}

/** Waits for all, so that nothing runs on unseen; then throws what the first that failed threw. */
async function allOrFirstError(pieces: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(pieces)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
