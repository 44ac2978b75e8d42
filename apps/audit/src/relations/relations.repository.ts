import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Database } from '#persistence/database.js';
import type { RelationPart, RelationState, ToldOfClient } from './relation-rules.js';

interface RelationsDocument {
  /** The client. */
  _id: string;
  parts: RelationPart[];
  undone: string[];
  states: RelationState[];
  /** Records that were merged into this one: who saw those, saw this person. */
  mergedFrom: string[];
}

const texts = { type: [String], required: true } as const;

const relationsSchema = new Schema<RelationsDocument>(
  {
    _id: { type: String, required: true },
    parts: {
      type: [new Schema({ changeId: String, organisationIds: texts, clusterIds: texts }, { _id: false })],
      required: true,
    },
    undone: texts,
    states: {
      type: [new Schema({ version: Number, at: String, organisationIds: texts, clusterIds: texts }, { _id: false })],
      required: true,
    },
    mergedFrom: texts,
  },
  { versionKey: false, minimize: false },
);

interface ToldByChange {
  part?: RelationPart | undefined;
  undoes?: string | undefined;
  state?: RelationState | undefined;
}

/** What facts told of whom a client has to do with. Sets only: the order of the facts does not matter, nor how often. */
@Injectable()
export class RelationsRepository {
  private readonly model: Model<RelationsDocument>;

  constructor(database: Database) {
    this.model = database.model('client_relations', relationsSchema);
  }

  /** Adds what a change tells, and notes what it undoes. */
  async tell(clientId: string, { part, undoes, state }: ToldByChange): Promise<void> {
    const sets = {
      ...(part ? { parts: part } : {}),
      ...(undoes === undefined ? {} : { undone: undoes }),
      ...(state ? { states: state } : {}),
    };
    if (Object.keys(sets).length === 0) return;
    await this.model.updateOne({ _id: clientId }, { $addToSet: sets }, { upsert: true });
  }

  async merge(clientId: string, into: string): Promise<void> {
    await this.model.updateOne({ _id: into }, { $addToSet: { mergedFrom: clientId } }, { upsert: true });
  }

  async unmerge(clientId: string): Promise<void> {
    await this.model.updateMany({ mergedFrom: clientId }, { $pull: { mergedFrom: clientId } });
  }

  /** What was told of a client, and the records merged into it; undefined for an unknown client. */
  async of(clientId: string): Promise<(ToldOfClient & { mergedFrom: readonly string[] }) | undefined> {
    const found = await this.model.findById(clientId).lean<Partial<RelationsDocument>>();
    if (!found) return undefined;
    const { parts = [], undone = [], states = [], mergedFrom = [] } = found;
    return { clientId, parts, undone, states, mergedFrom };
  }
}
