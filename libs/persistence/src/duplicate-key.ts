import mongoose from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** Whether a write failed because a value that must be unique is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY;
}
