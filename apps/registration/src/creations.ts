import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Refusal } from '#contracts/refusal.js';
import { ValueTaken } from '#persistence/claims.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { contentHash, creationId, requestContent } from './identity.js';

/** Something that was made by a request. */
interface Created {
  _id: string;
  requestHash: string;
}

/** What a creation gets: the identifier to use, and the hash to keep. */
export interface Making {
  id: string;
  requestHash: string;
}

/** How one kind of thing is found and made. */
interface Recipe<T extends Created> {
  find: (id: string, session?: ClientSession) => Promise<T | null>;
  /** Runs inside the unit of work, only when it is not there yet. */
  make: (tx: Tx, making: Making) => Promise<T>;
  /** Hash of the request's content; keyed when there is a secret in it. */
  hash?: (content: string) => string;
  /** The refusal when a value that must be unique is taken; by default that of the name. */
  taken?: () => Refusal;
}

/** Creations that may be repeated: by the same key the same thing, never a second one (design.md §4, API). */
@Injectable()
export class Creations {
  constructor(private readonly units: UnitOfWork) {}

  /**
   * Makes something once.
   * @param scope whose key it is, e.g. the person's id: keys of two people never meet
   * @throws Refusal `idempotency-key-reused` when the key was used for another content; `already-exists` when a value
   * that must be unique is taken
   */
  async once<T extends Created>(
    kind: string,
    scope: string,
    command: { idempotencyKey?: string },
    recipe: Recipe<T>,
  ): Promise<T> {
    const id = creationId(kind, scope, command.idempotencyKey);
    const requestHash = (recipe.hash ?? contentHash)(requestContent(command));
    const known = (found: T): T => {
      if (found.requestHash !== requestHash) throw Refusal.of('idempotency-key-reused');
      return found;
    };
    try {
      return await this.units.run(async (tx) => {
        const found = await recipe.find(id, tx.session);
        return found ? known(found) : recipe.make(tx, { id, requestHash });
      });
    } catch (error) {
      if (!(error instanceof ValueTaken) && !isDuplicateKey(error)) throw error;
      // The same request in another process was first, or somebody else has the value.
      const found = await recipe.find(id);
      if (found) return known(found);
      throw error instanceof ValueTaken ? (recipe.taken?.() ?? nameTaken()) : error;
    }
  }

  /** Runs a unit of work that claims a value which may turn out to be taken. @throws Refusal `taken` */
  async unique<T>(work: (tx: Tx) => Promise<T>, taken: () => Refusal = nameTaken): Promise<T> {
    try {
      return await this.units.run(work);
    } catch (error) {
      throw error instanceof ValueTaken ? taken() : error;
    }
  }
}

function nameTaken(): Refusal {
  return Refusal.of('already-exists', { fields: ['name'] });
}
