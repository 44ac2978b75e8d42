import mongoose from 'mongoose';
import { WriteConflict } from './unit-of-work.js';

const DUPLICATE_KEY = 11_000;

/** Whether a write failed because a value that must be unique is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/** Writes a document with a new identity. @throws WriteConflict when another unit of work made the same one first */
export async function insertFirst(what: string, insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    throw isDuplicateKey(error) ? new WriteConflict(what) : error;
  }
}
