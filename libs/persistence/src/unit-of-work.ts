import { Injectable, Logger } from '@nestjs/common';
import mongoose, { type ClientSession } from 'mongoose';
import { Refusal } from '#contracts/refusal.js';
import { Database } from './database.js';
import { isStorageAway } from './storage-away.js';

/** Thrown inside a unit of work when a guarded document changed since it was read; the unit is tried again. */
export class WriteConflict extends Error {
  constructor(what: string) {
    super(`${what} changed while it was being written`);
  }
}

const logger = new Logger('UnitOfWork');

/** One attempt at a unit of work. Everything written with `session` is committed together or not at all. */
export class Tx {
  private readonly onCommit: (() => void)[] = [];
  private readonly onSave: (() => Promise<void>)[] = [];

  constructor(readonly session: ClientSession) {}

  /** Runs inside the transaction, after the work and before the commit (the outbox writes its entries here). */
  beforeCommit(write: () => Promise<void>): void {
    this.onSave.push(write);
  }

  /** Runs once after a successful commit. A failure of it is logged: the state is already saved. */
  afterCommit(notify: () => void): void {
    this.onCommit.push(notify);
  }

  async save(): Promise<void> {
    for (const write of this.onSave) await write();
  }

  committed(): void {
    for (const notify of this.onCommit) {
      try {
        notify();
      } catch (error) {
        // Whoever asked for the unit must not hear that it failed: it would be done twice.
        logger.error(error instanceof Error ? error : String(error));
      }
    }
  }
}

const { MongoServerError } = mongoose.mongo;

/** Attempts at one unit of work before its conflict is given to the caller. */
const MAX_ATTEMPTS = 40;
/** Nor is it tried for longer than this: who asked waits five seconds, and has to hear what is wrong. */
const PATIENCE_MS = 3_500;
const LONGEST_PAUSE_MS = 200;

/**
 * One MongoDB transaction: aggregate, guard documents and outbox entry together (design.md §4, Storage). Conflicts with
 * other units are retried with jitter; anything else reaches the caller, with nothing written.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in a transaction. `work` may run several times: it must only write through `tx.session`.
   * @throws Refusal `concurrent-change` when others were first at every attempt; otherwise whatever `work` throws
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isConflict(error)) throw error;
        // The one place where a conflict that stays becomes an answer, whatever was being written.
        const isLast = attempt >= MAX_ATTEMPTS || performance.now() > until;
        if (isLast) throw Object.assign(Refusal.of('concurrent-change'), { cause: error });
        await pause(Math.random() * Math.min(5 * 2 ** attempt, LONGEST_PAUSE_MS));
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const session = await this.database.sessions.acquire();
    const tx = new Tx(session);
    let isClean = true;
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
      const result = await work(tx);
      await tx.save();
      await commit(session);
      tx.committed();
      return result;
    } catch (error) {
      // Unless the database was away, it has ended the transaction, or will do so at the session's next one.
      isClean = !isStorageAway(error) && (await isAborted(session));
      throw error;
    } finally {
      await this.database.sessions.release(session, isClean);
    }
  }
}

/** Gives up what is open. @returns false when that could not be said to the database */
async function isAborted(session: ClientSession): Promise<boolean> {
  if (!session.inTransaction()) return true;
  return session.abortTransaction().then(
    () => true,
    () => false,
  );
}

/** A commit whose outcome is unknown may be sent again: the server knows whether it already took it. */
async function commit(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      const unknown =
        hasLabel(error, 'UnknownTransactionCommitResult') && !hasLabel(error, 'TransientTransactionError');
      if (!unknown || attempt >= 5) throw error;
      await pause(50 * attempt);
    }
  }
}

/**
 * True when a unit of work gave up because others wrote first at every attempt: nothing is wrong with the work itself, nothing
 * of it was written, and the same work may succeed later.
 */
export function isContention(error: unknown): boolean {
  return isConflict(error) || (error instanceof Error && isConflict(error.cause));
}

/** Errors after which the same unit may succeed: somebody else wrote first. */
function isConflict(error: unknown): boolean {
  if (error instanceof WriteConflict) return true;
  if (error instanceof MongoServerError && (error.code === 112 || error.code === 251)) return true;
  return hasLabel(error, 'TransientTransactionError') && error instanceof MongoServerError;
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof mongoose.mongo.MongoError && error.hasErrorLabel(label);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
