import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';

/** What an outside number can stand for. */
export type ExternalKind = 'client' | 'place' | 'stay';

interface ExternalIdDocument {
  /** Organisation, kind and number: an outside number means one thing within one organisation. */
  _id: string;
  organisationId: string;
  kind: ExternalKind;
  number: string;
  targetId: string;
}

const externalIdSchema = new Schema<ExternalIdDocument>(
  {
    _id: String,
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    number: { type: String, required: true },
    targetId: { type: String, required: true },
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
}
