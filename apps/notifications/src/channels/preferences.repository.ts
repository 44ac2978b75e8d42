import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { EmailMode } from '#contracts/notifications/codes.js';
import type { PersonLanguage } from '#contracts/registration/people.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import type { Quiet } from './quiet-hours-rules.js';

/** How one person wants to be told. */
export interface PreferencesState {
  /** The person. */
  _id: string;
  address: string | null;
  mode: EmailMode;
  digestAt: string;
  quietHours: Quiet | null;
  language: PersonLanguage;
  version: number;
  /** Since when mail to the address fails; null when the last one was taken. */
  failingSince: Date | null;
  /** When the mail server last took a mail for this person. */
  mailedAt?: Date | null;
}

const preferencesSchema = new Schema<PreferencesState>(
  {
    _id: String,
    address: { type: String, default: null },
    mode: { type: String, required: true },
    digestAt: { type: String, required: true },
    quietHours: { type: Schema.Types.Mixed, default: null },
    language: { type: String, required: true },
    version: { type: Number, required: true },
    failingSince: { type: Date, default: null },
    mailedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

/** Nobody is mailed before they asked for it: the address is theirs to give. */
export function defaultPreferences(personId: string): PreferencesState {
  return {
    _id: personId,
    address: null,
    mode: 'off',
    digestAt: '08:00',
    quietHours: null,
    language: 'nl',
    version: 0,
    failingSince: null,
  };
}

@Injectable()
export class PreferencesRepository {
  private readonly model: Model<PreferencesState>;

  constructor(database: Database) {
    this.model = database.model('preferences', preferencesSchema);
  }

  async find(personId: string, tx?: Tx): Promise<PreferencesState> {
    const stored = await this.model
      .findById(personId, undefined, { session: tx?.session ?? null })
      .lean<PreferencesState>();
    return stored ?? defaultPreferences(personId);
  }

  /** @throws WriteConflict */
  async save(tx: Tx, before: PreferencesState, after: PreferencesState): Promise<void> {
    const { _id, ...fields } = after;
    if (before.version === 0) {
      await this.model.create([after], { session: tx.session });
      return;
    }
    const filter = { _id, version: before.version };
    const result = await this.model.updateOne(filter, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the preferences');
  }

  /** Notes that mail fails since an instant. Not a change of the preferences: the version stays. */
  async noteFailing(personId: string, since: Date): Promise<void> {
    await this.model.updateOne({ _id: personId, failingSince: null }, { $set: { failingSince: since } });
  }

  /** Notes that a mail was taken: it works, and what was unread then was told. */
  async noteMailed(personId: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: personId }, { $set: { failingSince: null, mailedAt: at } });
  }

  countFailing(): Promise<number> {
    return this.model.countDocuments({ failingSince: { $ne: null } });
  }
}
