import { Injectable } from '@nestjs/common';
import { type ClientSession, type Model, Schema } from 'mongoose';
import { Database } from './database.js';
import { isDuplicateKey } from './duplicate-key.js';

/** A value that at most one holder has. */
interface ClaimDocument {
  /** Kind and value. */
  _id: string;
  /** Identifier of the document that has the value. */
  holder: string;
}

const claimSchema = new Schema<ClaimDocument>(
  { _id: String, holder: { type: String, required: true } },
  { versionKey: false },
);

/** What a holder claims: `value` is unique within `kind`; nothing is claimed without it. */
export interface Claim {
  /** What it is a value of, e.g. `bsn`. */
  readonly kind: string;
  readonly value?: string | undefined;
  readonly holder: string;
}

/** A value that somebody else has already. It does not say which value: that may be a secret. */
export class ValueTaken extends Error {
  constructor(readonly kind: string) {
    super(`a value of ${kind} is taken`);
  }
}

/**
 * Values that are unique among documents that live on, and become free when they change or go (docs/decisions/0010). A
 * claim is a document of its own, made and deleted in the unit of work that writes its holder: not every engine frees a
 * value of a unique index upon an update. Two units that claim one value write one document, so one of them wins.
 */
@Injectable()
export class Claims {
  private readonly model: Model<ClaimDocument>;

  constructor(database: Database) {
    this.model = database.model('claims', claimSchema);
  }

  /** Claims a value for a new holder. @throws ValueTaken */
  async take({ kind, value, holder }: Claim, session: ClientSession): Promise<void> {
    if (value === undefined) return;
    try {
      await this.model.insertOne({ _id: idOf(kind, value), holder }, { session });
    } catch (error) {
      throw isDuplicateKey(error) ? new ValueTaken(kind) : error;
    }
  }

  /** Gives the value of a holder free. */
  async release({ kind, value, holder }: Claim, session: ClientSession): Promise<void> {
    if (value === undefined) return;
    await this.model.deleteOne({ _id: idOf(kind, value), holder }, { session });
  }

  /** Claims what a holder has from now on, and gives free what it had. @throws ValueTaken */
  async move(claim: Claim, next: string | undefined, session: ClientSession): Promise<void> {
    if (claim.value === next) return;
    await this.take({ ...claim, value: next }, session);
    await this.release(claim, session);
  }

  /** Notes claims of documents that were there before their values were claimed; what is taken stays so. */
  async fill(claims: readonly Claim[]): Promise<void> {
    const documents = claims.flatMap(({ kind, value, holder }) =>
      value === undefined ? [] : [{ _id: idOf(kind, value), holder }],
    );
    try {
      await this.model.insertMany(documents, { ordered: false });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Who has a value. */
  async holderOf(kind: string, value: string, session?: ClientSession): Promise<string | undefined> {
    const found = await this.model.findById(idOf(kind, value), {}, session ? { session } : {}).lean<ClaimDocument>();
    return found?.holder;
  }
}

function idOf(kind: string, value: string): string {
  return `${kind}:${value}`;
}
