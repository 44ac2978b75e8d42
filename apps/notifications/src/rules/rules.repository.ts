import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { Remembered } from '../remembered.js';
import { defaultRules } from './default-rules.js';

/** What only a rule of the region's own has to say; the others came with the software. */
type Own = Pick<NotificationRule, 'name' | 'eventType' | 'when' | 'withFallback'>;

type Changeable = Pick<NotificationRule, 'recipients' | 'urgency' | 'expectedAction' | 'notToWhoEnteredIt' | 'enabled'>;

/** What a region changed in a rule that came with the software, or a rule of its own. */
interface RuleChange extends Partial<Changeable> {
  _id: string;
  own?: Own | null;
  removed?: boolean;
  version: number;
  updatedBy: string;
  updatedAt: Date;
}

/** A version of a rule; never changed. */
export interface StoredRuleVersion {
  _id: string;
  ruleId: string;
  rule: NotificationRule;
  removed: boolean;
  by: string;
  at: Date;
}

/** One document that every change of the rule set writes: two changes that together leave a gap cannot both succeed. */
interface RuleGuard {
  _id: string;
  changes: number;
}

const changeSchema = new Schema<RuleChange>(
  {
    _id: String,
    recipients: { type: [String], default: undefined },
    urgency: String,
    expectedAction: String,
    notToWhoEnteredIt: Boolean,
    enabled: Boolean,
    own: { type: Schema.Types.Mixed, default: null },
    removed: { type: Boolean, default: false },
    version: { type: Number, required: true },
    updatedBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);

const versionSchema = new Schema<StoredRuleVersion>(
  {
    _id: String,
    ruleId: { type: String, required: true },
    rule: { type: Schema.Types.Mixed, required: true },
    removed: { type: Boolean, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
versionSchema.index({ ruleId: 1, at: -1 });

const guardSchema = new Schema<RuleGuard>(
  { _id: String, changes: { type: Number, required: true } },
  { versionKey: false },
);

/** The rules: those that came with the software with the region's changes on top, and the region's own. */
@Injectable()
export class RulesRepository {
  private readonly changes: Model<RuleChange>;
  private readonly versions: Model<StoredRuleVersion>;
  private readonly guard: Model<RuleGuard>;
  private readonly remembered: Remembered<NotificationRule[]>;

  constructor(database: Database) {
    this.changes = database.model('rule_changes', changeSchema);
    this.versions = database.model('rule_versions', versionSchema);
    this.guard = database.model('rule_guards', guardSchema);
    this.remembered = new Remembered(() => this.rules());
  }

  /** The rules as events need them: at most a second old. */
  current(): Promise<NotificationRule[]> {
    return this.remembered.get();
  }

  async rules(tx?: Tx): Promise<NotificationRule[]> {
    const changes = await this.changes.find({}, undefined, { session: tx?.session ?? null }).lean<RuleChange[]>();
    const byId = new Map(changes.map((change) => [change._id, change]));
    const came = defaultRules.flatMap((rule) => withChange(rule, byId.get(rule.ruleId)));
    const own = changes
      .filter((change) => change.own)
      .sort((a, b) => (a._id < b._id ? -1 : 1))
      .flatMap((change) => ownRule(change));
    return [...came, ...own];
  }

  /** The rules under the guard of the rule set, for a unit of work that changes one. */
  async guarded(tx: Tx): Promise<NotificationRule[]> {
    await this.guard.updateOne({ _id: 'rules' }, { $inc: { changes: 1 } }, { upsert: true, session: tx.session });
    return this.rules(tx);
  }

  /** Stores a rule and the version that it is. @param isOwn of the region, not of the software. @throws WriteConflict */
  async save(tx: Tx, rule: NotificationRule, isOwn: boolean, removed: boolean, by: string, at: Date): Promise<void> {
    tx.afterCommit(() => this.remembered.forget());
    const { ruleId, recipients, urgency, expectedAction, notToWhoEnteredIt, enabled, version } = rule;
    const { name, eventType, when, withFallback } = rule;
    const own = isOwn ? { name, eventType, when, withFallback } : null;
    const changed = { recipients, urgency, expectedAction, notToWhoEnteredIt, enabled };
    const fields = { ...changed, own, removed, version, updatedBy: by, updatedAt: at };
    if (version === 1) await this.changes.create([{ _id: ruleId, ...fields }], { session: tx.session });
    else {
      const filter = { _id: ruleId, version: version - 1 };
      const result = await this.changes.updateOne(filter, { $set: fields }, { session: tx.session });
      if (result.matchedCount !== 1) throw new WriteConflict('the rule');
    }
    await this.versions.create([{ _id: `${ruleId}-${version}`, ruleId, rule, removed, by, at }], {
      session: tx.session,
    });
  }

  /** Newest first. */
  history(ruleId: string): Promise<StoredRuleVersion[]> {
    return this.versions.find({ ruleId }).sort({ at: -1, _id: -1 }).limit(200).lean<StoredRuleVersion[]>();
  }
}

function withChange(rule: NotificationRule, change: RuleChange | undefined): NotificationRule[] {
  if (!change) return [rule];
  if (change.removed) return [];
  const { recipients, urgency, expectedAction, notToWhoEnteredIt, enabled, version } = change;
  return [
    {
      ...rule,
      ...(recipients ? { recipients } : {}),
      ...(urgency ? { urgency } : {}),
      ...(expectedAction ? { expectedAction } : {}),
      ...(notToWhoEnteredIt === undefined ? {} : { notToWhoEnteredIt }),
      ...(enabled === undefined ? {} : { enabled }),
      version,
    },
  ];
}

function ownRule(change: RuleChange): NotificationRule[] {
  const { _id: ruleId, own, recipients, urgency, expectedAction, version } = change;
  if (!own || change.removed || !recipients || !urgency || !expectedAction) return [];
  const { notToWhoEnteredIt = true, enabled = true } = change;
  return [
    {
      ruleId,
      ...own,
      recipients,
      urgency,
      expectedAction,
      notToWhoEnteredIt,
      enabled,
      required: false,
      own: true,
      version,
    },
  ];
}
