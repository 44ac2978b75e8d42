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
  /** Which process is mailing this person, until when nobody else does, and under which identity it sends. */
  mailing?: MailClaim | null;
}

/** One attempt at a mail to one person. */
export interface MailClaim {
  token: string;
  until: Date;
  /** Of the bundle; stays that of the attempt before, when nobody knows how that one ended. */
  identity: string;
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
    mailing: { type: Schema.Types.Mixed, default: null },
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

  /** Of several people, each of them in the answer. */
  async findMany(personIds: readonly string[]): Promise<Map<string, PreferencesState>> {
    const stored = await this.model.find({ _id: { $in: personIds } }).lean<PreferencesState[]>();
    const known = new Map(stored.map((one) => [one._id, one]));
    return new Map(personIds.map((personId) => [personId, known.get(personId) ?? defaultPreferences(personId)]));
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

  /**
   * Claims the mailing of a person: while the claim holds no other process mails them. A claim that ran out may have been
   * of a process that died after the mail server took the mail: the identity under which it sent is kept, so that a mail
   * server and a mail program see the next attempt as the same mail.
   * @returns the wishes at that moment, with the claim in them; or until when another attempt holds its claim
   */
  async claimMailing(personId: string, claim: MailClaim, now: Date): Promise<PreferencesState | { heldUntil: Date }> {
    const before = await this.find(personId);
    const { mailing = null } = before;
    if (mailing && mailing.until > now) return { heldUntil: mailing.until };
    const mine = { ...claim, identity: mailing?.identity ?? claim.identity };
    const claimed = await this.model
      .findOneAndUpdate(
        { _id: personId, ...(mailing ? { 'mailing.token': mailing.token } : { mailing: null }) },
        { $set: { mailing: mine } },
        { returnDocument: 'after' },
      )
      .lean<PreferencesState>();
    if (claimed) return claimed;
    // Nobody's wishes are stored who never gave an address: then there is nothing to mail, and nothing to claim.
    return before.version === 0 ? before : { heldUntil: claim.until };
  }

  /** Ends an attempt without a mail. */
  async releaseMailing(personId: string, token: string): Promise<void> {
    await this.model.updateOne({ _id: personId, 'mailing.token': token }, { $set: { mailing: null } });
  }

  /** Ends an attempt that failed. Not a change of the preferences: the version stays. @param since when it failed */
  async noteFailing(personId: string, token: string, since: Date): Promise<void> {
    await this.model.updateOne({ _id: personId, failingSince: null }, { $set: { failingSince: since } });
    await this.releaseMailing(personId, token);
  }

  /** Ends an attempt that succeeded: it works, and what was unread then was told. */
  async noteMailed(personId: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: personId }, { $set: { failingSince: null, mailedAt: at, mailing: null } });
  }

  countFailing(): Promise<number> {
    return this.model.countDocuments({ failingSince: { $ne: null } });
  }
}
