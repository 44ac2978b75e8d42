import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { EscalationTarget } from '#contracts/notifications/codes.js';
import type { EscalationByUrgency, NotificationRule } from '#contracts/notifications/rules.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { Remembered } from '../remembered.js';
import { defaultRules } from './default-rules.js';

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

/** What a region changed in a rule; everything else is as the rule came. */
interface RuleChange extends Partial<
  Pick<NotificationRule, 'recipients' | 'urgency' | 'expectedAction' | 'notToWhoEnteredIt' | 'enabled'>
> {
  _id: string;
  version: number;
  updatedBy: string;
  updatedAt: Date;
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

const ruleChangeSchema = new Schema<RuleChange>(
  {
    _id: String,
    recipients: { type: [String], default: undefined },
    urgency: String,
    expectedAction: String,
    notToWhoEnteredIt: Boolean,
    enabled: Boolean,
    version: { type: Number, required: true },
    updatedBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false },
);

/** Rules and settings: what came with the software, with the changes of the region on top. */
@Injectable()
export class SettingsRepository {
  private readonly settingsModel: Model<SettingsState>;
  private readonly ruleModel: Model<RuleChange>;
  private readonly remembered: Remembered<{ settings: SettingsState; rules: NotificationRule[] }>;

  constructor(database: Database) {
    this.settingsModel = database.model('settings', settingsSchema);
    this.ruleModel = database.model('rule_changes', ruleChangeSchema);
    this.remembered = new Remembered(async () => {
      const [settings, rules] = await Promise.all([this.settings(), this.rules()]);
      return { settings, rules };
    });
  }

  /** Settings and rules as events need them: at most a second old. */
  current(): Promise<{ settings: SettingsState; rules: NotificationRule[] }> {
    return this.remembered.get();
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

  async rules(tx?: Tx): Promise<NotificationRule[]> {
    const changes = await this.ruleModel.find({}, undefined, { session: tx?.session ?? null }).lean<RuleChange[]>();
    return defaultRules.map((rule) => {
      const change = changes.find(({ _id }) => _id === rule.ruleId);
      if (!change) return rule;
      const { recipients, urgency, expectedAction, notToWhoEnteredIt, enabled, version } = change;
      return {
        ...rule,
        ...(recipients ? { recipients } : {}),
        ...(urgency ? { urgency } : {}),
        ...(expectedAction ? { expectedAction } : {}),
        ...(notToWhoEnteredIt === undefined ? {} : { notToWhoEnteredIt }),
        ...(enabled === undefined ? {} : { enabled }),
        version,
      };
    });
  }

  /** @throws WriteConflict */
  async saveRule(tx: Tx, rule: NotificationRule, by: string, at: Date): Promise<void> {
    tx.afterCommit(() => this.remembered.forget());
    const { ruleId, recipients, urgency, expectedAction, notToWhoEnteredIt, enabled, version } = rule;
    const fields = {
      recipients,
      urgency,
      expectedAction,
      notToWhoEnteredIt,
      enabled,
      version,
      updatedBy: by,
      updatedAt: at,
    };
    if (version === 1) {
      await this.ruleModel.create([{ _id: ruleId, ...fields }], { session: tx.session });
      return;
    }
    const filter = { _id: ruleId, version: version - 1 };
    const result = await this.ruleModel.updateOne(filter, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the rule');
  }
}
