import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { type Claim, Claims } from '#persistence/claims.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { afterPosition, type Condition, type Position, sortOf } from '#persistence/list-position.js';
import { type PersonDocument, PersonModel } from './person.schema.js';

const byName = { field: 'nameKey', direction: 1 } as const;

/** Reads and writes the people directory. */
@Injectable()
export class PeopleRepository {
  constructor(
    private readonly people: PersonModel,
    private readonly claims: Claims,
  ) {}

  find(id: string, session?: ClientSession): Promise<PersonDocument | null> {
    return this.people.model
      .findById(id)
      .session(session ?? null)
      .lean<PersonDocument>()
      .exec();
  }

  async findBySubject(subject: string): Promise<PersonDocument | null> {
    const id = await this.claims.holderOf(SUBJECT, subject);
    return id === undefined ? null : this.find(id);
  }

  /** In order of name, after a position. */
  list(condition: Condition, after: Position | undefined, limit: number): Promise<PersonDocument[]> {
    const all = after ? [condition, afterPosition(byName, after)] : [condition];
    return this.people.model.find({ $and: all }).sort(sortOf(byName)).limit(limit).lean<PersonDocument[]>().exec();
  }

  count(condition: Condition): Promise<number> {
    return this.people.model.countDocuments(condition).exec();
  }

  /** @throws ValueTaken when somebody has the subject */
  async insert(tx: Tx, person: PersonDocument): Promise<void> {
    await this.claims.take(subjectClaimOf(person), tx.session);
    await this.people.model.insertOne(person, { session: tx.session });
  }

  /** @throws ValueTaken when somebody else has the subject */
  async replace(tx: Tx, previous: PersonDocument, next: PersonDocument): Promise<void> {
    const filter = { _id: previous._id, version: previous.version, named: previous.named };
    const { matchedCount } = await this.people.model.replaceOne(filter, next, { session: tx.session });
    if (matchedCount !== 1) throw new WriteConflict('the person');
    await this.claims.move(subjectClaimOf(previous), next.subject, tx.session);
  }

  /** Marks that somebody is named as representative, so that leaving at the same moment conflicts. */
  async touch(tx: Tx, id: string): Promise<void> {
    await this.people.model.updateOne({ _id: id }, { $inc: { named: 1 } }, { session: tx.session });
  }
}

const SUBJECT = 'subject';

/** A subject of the issuer is one person. */
export function subjectClaimOf({ _id, subject }: Pick<PersonDocument, '_id' | 'subject'>): Claim {
  return { kind: SUBJECT, value: subject, holder: _id };
}
