import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { EscalationTarget } from '#contracts/notifications/codes.js';
import type { EscalationByUrgency, NotificationRule } from '#contracts/notifications/rules.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { Remembered } from '../remembered.js';
import { RulesRepository } from './rules.repository.js';

/** The settings of the region. */
export interface SettingsState {
  _id: 'settings';
  fallbackPersonId: string | null;
  coordinatorPersonId: string | null;
  groupingMinutes: number;
  escalation: EscalationByUrgency;
  escalateTo: EscalationTarget[];
  mailBundleSeconds: number;
  longestSnoozeDays: number;
  version: number;
  updatedBy: string;
  updatedAt: Date | null;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** Settings as long as nobody changed them (domain.md: numbers are defaults of settings). */
export const defaultSettings: SettingsState = {
  _id: 'settings',
  fallbackPersonId: null,
  coordinatorPersonId: null,
  groupingMinutes: 10,
  escalation: {
    low: { reminderAfter: 5 * DAY, escalateAfter: 5 * DAY },
    normal: { reminderAfter: 2 * DAY, escalateAfter: 2 * DAY },
    high: { reminderAfter: 4 * HOUR, escalateAfter: 4 * HOUR },
  },
  escalateTo: ['colleague', 'coordinator', 'fallback'],
  mailBundleSeconds: 60,
  longestSnoozeDays: 14,
  version: 0,
  updatedBy: 'system',
  updatedAt: null,
};

const settingsSchema = new Schema<SettingsState>(
  {
    _id: String,
    fallbackPersonId: { type: String, default: null },
    coordinatorPersonId: { type: String, default: null },
    groupingMinutes: { type: Number, required: true },
    escalation: { type: Schema.Types.Mixed, required: true },
    escalateTo: { type: [String], required: true },
    mailBundleSeconds: { type: Number, required: true },
    longestSnoozeDays: { type: Number, required: true },
    version: { type: Number, required: true },
    updatedBy: { type: String, required: true },
    updatedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

/** The settings of the region, and with them the rules as events need both. */
@Injectable()
export class SettingsRepository {
  private readonly settingsModel: Model<SettingsState>;
  private readonly remembered: Remembered<SettingsState>;

  constructor(
    database: Database,
    private readonly rules: RulesRepository,
  ) {
    this.settingsModel = database.model('settings', settingsSchema);
    this.remembered = new Remembered(() => this.settings());
  }

  /** Settings and rules as events need them: at most a second old. */
  async current(): Promise<{ settings: SettingsState; rules: NotificationRule[] }> {
    const [settings, rules] = await Promise.all([this.remembered.get(), this.rules.current()]);
    return { settings, rules };
  }

  async settings(tx?: Tx): Promise<SettingsState> {
    const stored = await this.settingsModel
      .findById('settings', undefined, { session: tx?.session ?? null })
      .lean<SettingsState>();
    return { ...defaultSettings, ...stored };
  }

  /** @throws WriteConflict */
  async saveSettings(tx: Tx, before: SettingsState, after: SettingsState): Promise<void> {
    tx.afterCommit(() => this.remembered.forget());
    if (before.version === 0) {
      await this.settingsModel.create([after], { session: tx.session });
      return;
    }
    const { _id, ...fields } = after;
    const filter = { _id, version: before.version };
    const result = await this.settingsModel.updateOne(filter, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the settings');
  }
}
