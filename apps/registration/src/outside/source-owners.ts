import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Refusal } from '#contracts/refusal.js';
import { Database } from '#persistence/database.js';
import { PersonModel } from '../people/person.schema.js';

interface SourceDocument {
  /** Organisation and source together. */
  _id: string;
  organisationId: string;
  source: string;
  systemId: string;
}

const sourceSchema = new Schema<SourceDocument>(
  {
    _id: String,
    organisationId: { type: String, required: true },
    source: { type: String, required: true },
    systemId: { type: String, required: true },
  },
  { versionKey: false },
);

/**
 * Which system speaks for which source: the first of an institution that does. Another system of the institution could
 * else take the identity of events before they come, or withdraw what it did not report.
 */
@Injectable()
export class SourceOwners {
  private readonly model: Model<SourceDocument>;

  constructor(
    database: Database,
    private readonly people: PersonModel,
  ) {
    this.model = database.model('outside_sources', sourceSchema);
  }

  /**
   * Lets a system speak for a source, when nobody else does. A source goes to the next who speaks for it once its system
   * was closed out, so that a system can be replaced.
   * @throws Refusal `not-permitted` at `source` when it is another system's
   */
  async need(organisationId: string, source: string, systemId: string): Promise<void> {
    const _id = JSON.stringify([organisationId, source]);
    const owner = (await this.ownerOf(_id)) ?? (await this.claim({ _id, organisationId, source, systemId }));
    if (owner === systemId) return;
    if (!(await this.isOpen(owner))) {
      const passed = await this.model.updateOne({ _id, systemId: owner }, { $set: { systemId } });
      if (passed.matchedCount === 1) return;
    }
    throw Refusal.of('not-permitted', { fields: ['source'] });
  }

  private async ownerOf(_id: string): Promise<string | undefined> {
    return (await this.model.findById(_id).lean<SourceDocument | null>())?.systemId;
  }

  /** @returns who has it: this one, or another who was first */
  private async claim(document: SourceDocument): Promise<string> {
    const { _id, ...claimed } = document;
    try {
      await this.model.updateOne({ _id }, { $setOnInsert: claimed }, { upsert: true });
    } catch (error) {
      // Of two that insert at the same moment, one may be told that the other did.
      const owner = await this.ownerOf(_id);
      if (owner === undefined) throw error;
      return owner;
    }
    return (await this.ownerOf(_id)) ?? document.systemId;
  }

  private async isOpen(systemId: string): Promise<boolean> {
    const found = await this.people.model.findById(systemId, { active: 1 }).lean<{ active: boolean } | null>();
    return found?.active === true;
  }
}
