import { Injectable } from '@nestjs/common';
import type { CivilDate } from '#calendar/civil-date.js';
import type { ImportKind, ImportRowOutcome, ImportState } from '#contracts/imports/imports.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';
import { afterPosition, positionIn, readLimit, sortOf } from '#persistence/list-position.js';
import {
  type ImportChunkDocument,
  type ImportDocument,
  ImportModels,
  type ImportRowDocument,
} from './import.schema.js';

/** Rows per statement: far below the largest message of the database. */
const BATCH = 200;
const NEWEST_FIRST = { field: 'createdAt', direction: -1 } as const;

/** Reads and writes imports, their parts and their rows. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly models: ImportModels) {}

  find(importId: string): Promise<ImportDocument | null> {
    return this.models.imports.findById(importId).lean<ImportDocument>().exec();
  }

  /** @returns false when it was there already */
  async insert(document: ImportDocument): Promise<boolean> {
    try {
      await this.models.imports.insertOne(document);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Changes an import that is in one of these states. @returns false when it is in another by now */
  async change(importId: string, from: readonly ImportState[], change: Partial<ImportDocument>): Promise<boolean> {
    const result = await this.models.imports.updateOne({ _id: importId, state: { $in: [...from] } }, { $set: change });
    return result.matchedCount === 1;
  }

  /** Imports of these owners, newest first. */
  list(
    owners: readonly string[],
    kind: ImportKind | undefined,
    cursor: string | undefined,
    limit: number | undefined,
  ): Promise<ImportDocument[]> {
    const position = positionIn(cursor);
    const conditions = [
      { owner: { $in: [...owners] }, ...(kind ? { kind } : {}) },
      ...(position ? [afterPosition(NEWEST_FIRST, position)] : []),
    ];
    return this.models.imports
      .find({ $and: conditions })
      .sort(sortOf(NEWEST_FIRST))
      .limit(readLimit(limit))
      .lean<ImportDocument[]>()
      .exec();
  }

  /** Imports in a state, for the workers. */
  inStates(states: readonly ImportState[]): Promise<ImportDocument[]> {
    return this.models.imports
      .find({ state: { $in: [...states] } })
      .lean<ImportDocument[]>()
      .exec();
  }

  /** Takes the work on an import when nobody has it. @returns false when somebody has */
  async takeLease(importId: string, state: ImportState, holder: string, now: Date, until: Date): Promise<boolean> {
    const free = { $or: [{ lease: { $exists: false } }, { 'lease.until': { $lt: now } }] };
    const result = await this.models.imports.updateOne(
      { _id: importId, state, ...free },
      { $set: { lease: { holder, until } }, $inc: { attempts: 1 } },
    );
    return result.matchedCount === 1;
  }

  /** Writes progress as the holder of the lease, and keeps it. @returns false when the lease went to another */
  async progress(
    importId: string,
    holder: string,
    until: Date,
    change: Partial<Omit<ImportDocument, 'lease'>>,
  ): Promise<boolean> {
    const filter = { _id: importId, 'lease.holder': holder };
    const result = await this.models.imports.updateOne(filter, { $set: { ...change, lease: { holder, until } } });
    return result.matchedCount === 1;
  }

  /** Ends the work of the holder. @returns false when the lease went to another */
  async release(importId: string, holder: string, change: Partial<Omit<ImportDocument, 'lease'>>): Promise<boolean> {
    const filter = { _id: importId, 'lease.holder': holder };
    const set = Object.keys(change).length === 0 ? {} : { $set: change };
    const result = await this.models.imports.updateOne(filter, { ...set, $unset: { lease: 1 } });
    return result.matchedCount === 1;
  }

  async putChunk({ _id, ...chunk }: ImportChunkDocument): Promise<void> {
    await this.models.chunks.updateOne({ _id }, { $set: chunk }, { upsert: true });
  }

  /** Parts of a file in order, one at a time. */
  async *chunks(importId: string, count: number): AsyncGenerator<ImportChunkDocument> {
    for (let index = 0; index < count; index += 1) {
      const chunk = await this.models.chunks.findById(chunkId(importId, index)).lean<ImportChunkDocument>();
      if (chunk === null) return;
      yield chunk;
    }
  }

  async deleteChunks(importId: string): Promise<void> {
    await this.models.chunks.deleteMany({ importId });
  }

  /** Replaces what an earlier attempt at reading left. Rows are taken as they are needed. */
  async replaceRows(importId: string, rows: Iterable<ImportRowDocument>): Promise<void> {
    await this.deleteRows(importId);
    let batch: ImportRowDocument[] = [];
    for (const row of rows) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      await this.models.rows.insertMany(batch);
      batch = [];
    }
    if (batch.length > 0) await this.models.rows.insertMany(batch);
  }

  async deleteRows(importId: string): Promise<void> {
    await this.models.rows.deleteMany({ importId });
  }

  /** Notes what became of a row. */
  async settleRow(row: Pick<ImportRowDocument, '_id'> & Partial<ImportRowDocument>): Promise<void> {
    const { _id, ...change } = row;
    await this.models.rows.updateOne({ _id }, { $set: change });
  }

  /** Rows of an import after a row number. */
  rows(
    importId: string,
    outcome: ImportRowOutcome | undefined,
    after: number,
    limit: number,
  ): Promise<ImportRowDocument[]> {
    return this.models.rows
      .find({ importId, ...(outcome ? { outcome } : {}), row: { $gt: after } })
      .sort({ row: 1 })
      .limit(limit)
      .lean<ImportRowDocument[]>()
      .exec();
  }

  /** Rows in the order in which they are carried out, `from` included, `until` not. */
  inOrder(importId: string, from: number, until: number): Promise<ImportRowDocument[]> {
    return this.models.rows
      .find({ importId, order: { $gte: from, $lt: until } })
      .sort({ order: 1 })
      .lean<ImportRowDocument[]>()
      .exec();
  }

  /** How many rows there are of an outcome. */
  count(importId: string, outcome: ImportRowOutcome): Promise<number> {
    return this.models.rows.countDocuments({ importId, outcome });
  }

  /** Imports whose content is kept too long. */
  withExpiredContent(today: CivilDate): Promise<ImportDocument[]> {
    return this.models.imports
      .find({ contentDeleted: false, contentUntil: { $lte: today } })
      .lean<ImportDocument[]>()
      .exec();
  }
}

/** Identity of one part of a file. */
export function chunkId(importId: string, index: number): string {
  return `${importId}:${String(index)}`;
}
