import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CalibrationMinimums } from '#contracts/assessment/calibration.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { defaultCalibrationMinimums } from './agreement.js';

/** One version of the settings; never changed. */
export interface CalibrationSettingsState {
  readonly minimums: CalibrationMinimums;
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date | null;
}

interface CalibrationSettingsDocument extends CalibrationSettingsState {
  /** The version. */
  readonly _id: number;
}

const settingsSchema = new Schema<CalibrationSettingsDocument>(
  {
    _id: Number,
    minimums: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

/** Versions that are shown; the region changes them some times a year. */
const MOST_VERSIONS = 1_000;

const initial: CalibrationSettingsState = {
  minimums: defaultCalibrationMinimums,
  version: 0,
  changedBy: 'system',
  changedAt: null,
};

/** What the region decides about figures of calibration; every version is kept. */
@Injectable()
export class CalibrationSettingsRepository {
  private readonly model: Model<CalibrationSettingsDocument>;

  constructor(database: Database) {
    this.model = database.model('calibration_settings', settingsSchema);
  }

  async current(tx?: Tx): Promise<CalibrationSettingsState> {
    const [newest] = await this.versions(1, tx);
    return newest ?? initial;
  }

  /** Every version, newest first; the one that came with the software last. */
  async history(): Promise<CalibrationSettingsState[]> {
    return [...(await this.versions(MOST_VERSIONS)), initial];
  }

  /** @throws WriteConflict when somebody else made this version first */
  async add(tx: Tx, settings: CalibrationSettingsState): Promise<void> {
    const document = { _id: settings.version, ...settings };
    await insertFirst('the settings', () => this.model.insertOne(document, { session: tx.session }));
  }

  private versions(limit: number, tx?: Tx): Promise<CalibrationSettingsState[]> {
    return this.model
      .find({}, { _id: 0 }, { session: tx?.session ?? null })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<CalibrationSettingsState[]>();
  }
}
