import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { DueSettings } from '#contracts/assessment/due.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { defaultDueSettings } from './default-settings.js';

/** A version of the settings of the region; never changed. */
export interface DueSettingsState {
  /** Counts the changes; 0 for what came with the software. */
  readonly version: number;
  readonly settings: DueSettings;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface DueSettingsDocument extends DueSettingsState {
  _id: number;
}

/** How far the plans of all clients follow the newest settings. */
export interface ReplanningState {
  readonly settingsVersion: number;
  readonly total: number;
  readonly done: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** The last client that was looked at. */
  readonly after: string | null;
}

interface ReplanningDocument extends ReplanningState {
  _id: 'replanning';
}

const settingsSchema = new Schema<DueSettingsDocument>(
  {
    _id: Number,
    version: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);

const replanningSchema = new Schema<ReplanningDocument>(
  {
    _id: String,
    settingsVersion: { type: Number, required: true },
    total: { type: Number, required: true },
    done: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    after: { type: String, default: null },
  },
  { versionKey: false },
);

const AT_FIRST: DueSettingsState = {
  version: 0,
  settings: defaultDueSettings,
  changedBy: 'system',
  changedAt: new Date(0),
};

/** When ZRMs are due and who is reminded when, in all versions that ever held. */
@Injectable()
export class DueSettingsRepository {
  private readonly versions: Model<DueSettingsDocument>;
  private readonly replannings: Model<ReplanningDocument>;

  constructor(database: Database) {
    this.versions = database.model('due_settings', settingsSchema);
    this.replannings = database.model('due_replanning', replanningSchema);
  }

  /** Those that hold. */
  async current(tx?: Tx): Promise<DueSettingsState> {
    const [newest] = await this.versions
      .find({}, undefined, { session: tx?.session ?? null })
      .sort({ _id: -1 })
      .limit(1)
      .lean<DueSettingsState[]>();
    return newest ?? AT_FIRST;
  }

  /** All that ever held, oldest first; those that came with the software are the first. */
  async all(tx: Tx): Promise<DueSettingsState[]> {
    const changed = await this.versions
      .find({}, undefined, { session: tx.session })
      .sort({ _id: 1 })
      .lean<DueSettingsState[]>();
    return [AT_FIRST, ...changed];
  }

  /** Newest first, without those that came with the software. */
  history(): Promise<DueSettingsState[]> {
    return this.versions.find({}).sort({ _id: -1 }).limit(200).lean<DueSettingsState[]>();
  }

  /** Adds a version. @throws WriteConflict when another unit of work was first */
  async add(tx: Tx, state: DueSettingsState): Promise<void> {
    await insertFirst('the due settings', () =>
      this.versions.create([{ _id: state.version, ...state }], { session: tx.session }),
    );
  }

  async replanning(tx?: Tx): Promise<ReplanningState | undefined> {
    const found = await this.replannings
      .findById('replanning', undefined, { session: tx?.session ?? null })
      .lean<ReplanningState>();
    return found ?? undefined;
  }

  async saveReplanning(tx: Tx, state: ReplanningState): Promise<void> {
    const { settingsVersion, total, done, startedAt, finishedAt, after } = state;
    const fields = { settingsVersion, total, done, startedAt, finishedAt, after };
    await this.replannings.updateOne({ _id: 'replanning' }, { $set: fields }, { upsert: true, session: tx.session });
  }
}
