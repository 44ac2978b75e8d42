import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { insertFirst, isDuplicateKey } from '#persistence/duplicate-key.js';

/** What an outside number can stand for. */
export type ExternalKind = 'client' | 'place' | 'stay';

interface ExternalIdDocument {
  /** Organisation, kind and number: an outside number means one thing within one organisation. */
  _id: string;
  organisationId: string;
  kind: ExternalKind;
  number: string;
  targetId: string;
  /** Of a client: how often it came to stand for one; 1 where it is not noted. */
  version?: number;
}

/** A client's number as it is told: what it stands for, and how often that was set. */
export interface LinkedNumber {
  readonly organisationId: string;
  readonly number: string;
  readonly targetId: string;
  readonly version: number;
}

const externalIdSchema = new Schema<ExternalIdDocument>(
  {
    _id: String,
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    number: { type: String, required: true },
    targetId: { type: String, required: true },
    version: Number,
  },
  { versionKey: false },
);
externalIdSchema.index({ targetId: 1 });

/** Numbers that look alike to people are the same number: no case, no spaces around. */
function normal(number: string): string {
  return number.trim().toUpperCase();
}

function keyOf(organisationId: string, kind: ExternalKind, number: string): string {
  return `${organisationId}:${kind}:${normal(number)}`;
}

/** The numbers and codes under which other systems know our clients, places and stays, per institution. */
@Injectable()
export class ExternalIds {
  private readonly model: Model<ExternalIdDocument>;

  constructor(database: Database) {
    this.model = database.model('external_ids', externalIdSchema);
  }

  /** What a number stands for, or undefined. */
  async find(organisationId: string, kind: ExternalKind, number: string): Promise<string | undefined> {
    const found = await this.model.findById(keyOf(organisationId, kind, number)).lean<ExternalIdDocument>();
    return found?.targetId;
  }

  /** What many numbers stand for, by the number as it was given. */
  async findMany(organisationId: string, kind: ExternalKind, numbers: Iterable<string>): Promise<Map<string, string>> {
    const asked = [...new Set(numbers)];
    const found = await this.model
      .find({ _id: { $in: asked.map((number) => keyOf(organisationId, kind, number)) } })
      .lean<ExternalIdDocument[]>();
    const byKey = new Map(found.map((document) => [document._id, document.targetId]));
    return new Map(
      asked.flatMap((number) => {
        const target = byKey.get(keyOf(organisationId, kind, number));
        return target === undefined ? [] : [[number, target]];
      }),
    );
  }

  /**
   * Ties a number to something of ours, once: a number that has a meaning keeps it.
   * @returns what the number stands for now, which is another target when it was taken before.
   */
  async link(organisationId: string, kind: ExternalKind, number: string, targetId: string, tx?: Tx): Promise<string> {
    const document = {
      _id: keyOf(organisationId, kind, number),
      organisationId,
      kind,
      number: number.trim(),
      targetId,
    };
    try {
      await this.model.create([document], tx ? { session: tx.session } : {});
      return targetId;
    } catch (error) {
      if (tx || !isDuplicateKey(error)) throw error;
      return (await this.find(organisationId, kind, number)) ?? targetId;
    }
  }

  /** Lets a number stand for something, whatever it stood for before. */
  async point(organisationId: string, kind: ExternalKind, number: string, targetId: string, tx?: Tx): Promise<void> {
    await this.model.updateOne(
      { _id: keyOf(organisationId, kind, number) },
      { $set: { organisationId, kind, number: number.trim(), targetId } },
      { upsert: true, ...(tx ? { session: tx.session } : {}) },
    );
  }

  /** Lets a number stand for a client. @returns what is to be told, or undefined when it did so before; @throws WriteConflict */
  async pointClient(
    tx: Tx,
    organisationId: string,
    number: string,
    targetId: string,
  ): Promise<LinkedNumber | undefined> {
    const { session } = tx;
    const _id = keyOf(organisationId, 'client', number);
    const before = await this.model.findById(_id, undefined, { session }).lean<ExternalIdDocument>();
    if (before?.targetId === targetId) return undefined;
    const version = before === null ? 1 : (before.version ?? 1) + 1;
    const fields = { organisationId, kind: 'client' as const, number: number.trim(), targetId, version };
    if (before === null) {
      await insertFirst('the number', () => this.model.insertOne({ _id, ...fields }, { session }));
    } else {
      const same = { _id, targetId: before.targetId };
      const result = await this.model.updateOne(same, { $set: fields }, { session });
      if (result.matchedCount !== 1) throw new WriteConflict('the number');
    }
    return { organisationId, number: number.trim(), targetId, version };
  }

  /** Some numbers of clients in the order of their keys, after one. */
  async clientNumbersAfter(last: string, limit: number, tx: Tx): Promise<(LinkedNumber & { key: string })[]> {
    const found = await this.model
      .find({ _id: { $gt: last }, kind: 'client' }, undefined, { session: tx.session })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ExternalIdDocument[]>();
    return found.map(({ _id, organisationId, number, targetId, version = 1 }) => {
      return { key: _id, organisationId, number, targetId, version };
    });
  }
}
