import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { ProgressRule } from '#contracts/assessment/progress.js';
import type { ProgressSettings } from '#contracts/assessment/progress-settings.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { DEFAULT_CORRECTION_TERM_DAYS } from '../measurement/measurement-decision.js';
import { defaultProgressRules } from './default-rules.js';

/** One version of the settings; never changed. */
export interface ProgressSettingsState extends ProgressSettings {
  version: number;
  changedBy: string;
  changedAt: Date | null;
}

interface ProgressSettingsDocument extends ProgressSettingsState {
  /** The version. */
  _id: number;
}

const settingsSchema = new Schema<ProgressSettingsDocument>(
  {
    _id: Number,
    rules: { type: Schema.Types.Mixed, required: true },
    correctionTermDays: { type: Number, required: true },
    version: { type: Number, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

/** The settings as long as nobody changed them (domain.md §4: numbers are defaults of settings). */
const initial: ProgressSettingsState = {
  rules: defaultProgressRules.map((rule): ProgressRule => rule),
  correctionTermDays: DEFAULT_CORRECTION_TERM_DAYS,
  version: 0,
  changedBy: 'system',
  changedAt: null,
};

/** What the region decides about findings and corrections; every version is kept. */
@Injectable()
export class ProgressSettingsRepository {
  private readonly model: Model<ProgressSettingsDocument>;

  constructor(database: Database) {
    this.model = database.model('progress_settings', settingsSchema);
  }

  async current(tx?: Tx): Promise<ProgressSettingsState> {
    const [newest] = await this.versions(1, tx);
    return newest ?? initial;
  }

  /** Every version, newest first; the one that came with the software last. */
  async history(): Promise<ProgressSettingsState[]> {
    return [...(await this.versions(1_000)), initial];
  }

  /** @throws WriteConflict when somebody else made this version first */
  async add(tx: Tx, settings: ProgressSettingsState): Promise<void> {
    const document = { _id: settings.version, ...settings };
    await insertFirst('the settings', () => this.model.insertOne(document, { session: tx.session }));
  }

  private versions(limit: number, tx?: Tx): Promise<ProgressSettingsState[]> {
    return this.model
      .find({}, { _id: 0 }, { session: tx?.session ?? null })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<ProgressSettingsState[]>();
  }
}
