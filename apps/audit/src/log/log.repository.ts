import { Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { type ChainEntry, type ChainLink, type FoundEntry, GENESIS } from '../chain/chain.js';
import type { Readable } from '../relations/relation-rules.js';
import {
  type CheckpointDocument,
  checkpointSchema,
  type EntryDocument,
  entrySchema,
  type HeadDocument,
  headSchema,
} from './log.schema.js';

const ENTRIES = 'access_entries';
/** What two writers may both want to move. */
const HEAD = 'the head of the log';

/** Whose entries, and from when until when; `before` is the last entry of the page before. */
export interface EntryQuery {
  clientIds?: readonly string[];
  actorId?: string;
  /** Only what was done in one of these periods, by this organisation, or by this person. */
  only?: Readable['only'];
  from: Date;
  until: Date;
  before?: { at: Date; sequence: number };
}

/**
 * The log in the database. Entries and checkpoints can be added and read; there is no way to change or remove one
 * (kept at least 5 years, domain.md §10; nothing deletes).
 */
@Injectable()
export class LogRepository {
  private readonly entries: Model<EntryDocument>;
  private readonly heads: Model<HeadDocument>;
  private readonly checkpoints: Model<CheckpointDocument>;

  constructor(private readonly database: Database) {
    this.entries = database.model(ENTRIES, entrySchema);
    this.heads = database.model('access_head', headSchema);
    this.checkpoints = database.model('access_checkpoints', checkpointSchema);
  }

  /** The end of the chain with its seal; without a seal before the first entry. */
  async head(tx?: Tx): Promise<ChainLink & { seal?: string }> {
    const head = await this.heads.findById('head', undefined, sessionOf(tx)).lean<HeadDocument>();
    return head ? { sequence: head.sequence, hash: head.hash, seal: head.seal } : GENESIS;
  }

  /** Which of these facts the log has already. */
  async known(tx: Tx, eventIds: string[]): Promise<Set<string>> {
    const found = await this.entries
      .find({ eventId: { $in: eventIds } }, { eventId: 1 }, { session: tx.session })
      .lean<{ eventId: string }[]>();
    return new Set(found.map(({ eventId }) => eventId));
  }

  /** Moves the head, and so decides the order among processes. @throws WriteConflict when another was first. */
  async moveHead(tx: Tx, from: ChainLink, to: ChainLink, seal: string): Promise<void> {
    const moved = { sequence: to.sequence, hash: to.hash, seal };
    if (from.sequence === GENESIS.sequence) {
      await insertFirst(HEAD, () => this.heads.create([{ _id: 'head', ...moved }], { session: tx.session }));
      return;
    }
    const result = await this.heads.updateOne(
      { _id: 'head', sequence: from.sequence, hash: from.hash },
      { $set: moved },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict(HEAD);
  }

  /** Adds entries behind the head that was moved in the same unit of work. */
  async add(tx: Tx, entries: ChainEntry[]): Promise<void> {
    const documents = entries.map(({ sequence, at, ...rest }) => ({ _id: sequence, at: new Date(at), ...rest }));
    // As they are: they were made here, and making mongoose documents of them costs more than storing them.
    await this.entries.insertMany(documents, { session: tx.session, ordered: true, lean: true });
  }

  async addCheckpoint(tx: Tx, link: ChainLink, seal: string, at: Date): Promise<void> {
    await this.checkpoints.create([{ _id: link.sequence, hash: link.hash, seal, at }], { session: tx.session });
  }

  /**
   * Entries with `first` ≤ sequence < `end`, as they are found: straight from the driver, so that a field that somebody
   * put in is seen too.
   */
  async found(first: number, end: number): Promise<(FoundEntry & { at: unknown })[]> {
    const documents = await this.database.connection
      .collection<{ _id: number; at?: unknown; previousHash?: unknown; hash?: unknown }>(ENTRIES)
      .find({ _id: { $gte: first, $lt: end } })
      .sort({ _id: 1 })
      .toArray();
    return documents.map(({ _id, at, ...rest }) => ({
      ...rest,
      sequence: _id,
      at: at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : at,
    }));
  }

  /** The first entry after a sequence, if any. */
  async anyAfter(sequence: number): Promise<number | undefined> {
    const last = await this.entries
      .findOne({ _id: { $gt: sequence } }, { _id: 1 })
      .sort({ _id: 1 })
      .lean<{ _id: number }>();
    return last?._id;
  }

  /** Checkpoints with `first` ≤ sequence < `end`. */
  async checkpointsIn(first: number, end: number): Promise<CheckpointDocument[]> {
    return this.checkpoints
      .find({ _id: { $gte: first, $lt: end } })
      .sort({ _id: 1 })
      .lean<CheckpointDocument[]>();
  }

  /** When the first entry was made; undefined while the log is empty. */
  async beginning(): Promise<Date | undefined> {
    const first = await this.entries.findById(1, { at: 1 }).lean<{ at: Date }>();
    return first?.at;
  }

  /** Entries of a period, newest first. The period bounds the work: the index is read from `until` down to `from`. */
  async list({ clientIds, actorId, only, from, until, before }: EntryQuery, limit: number): Promise<EntryDocument[]> {
    const whose = clientIds ? { 'subjects.clientId': { $in: clientIds } } : { actorId };
    const parts = [
      ...(before ? [{ $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.sequence } }] }] : []),
      ...(only ? [{ $or: readableParts(only) }] : []),
    ];
    return this.entries
      .find({ ...whose, at: { $gte: from, $lt: until }, ...(parts.length > 0 && { $and: parts }) })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean<EntryDocument[]>();
  }
}

function readableParts({ periods, organisationId, personId }: NonNullable<Readable['only']>) {
  return [
    { actorId: personId },
    ...(organisationId === undefined ? [] : [{ actorOrganisationId: organisationId }]),
    ...periods.map(({ from, until }) => ({
      at: { ...(from && { $gte: new Date(from) }), ...(until && { $lt: new Date(until) }) },
    })),
  ];
}

function sessionOf(tx: Tx | undefined): { session: Tx['session'] } | Record<string, never> {
  return tx ? { session: tx.session } : {};
}
