import { Schema } from 'mongoose';

/** Where a due item stands. `failed`: given up after its last attempt; an operator sees it on the metrics. */
export const dueStates = ['waiting', 'done', 'cancelled', 'failed'] as const;
export type DueState = (typeof dueStates)[number];

/** Something that must happen at an instant. MongoDB owns it; Redis only wakes somebody up for it (design.md §1). */
export interface DueItem {
  /** Deterministic: the same thing is never due twice. */
  _id: string;
  /** Which handler takes it. */
  kind: string;
  /** When it is due, as it was asked. */
  dueAt: Date;
  /** When it is tried next: `dueAt`, or later after a failed attempt. */
  nextAt: Date;
  /** Identifiers only. */
  payload: Record<string, string>;
  state: DueState;
  /** Failed attempts so far. */
  attempts: number;
  /** Goes up when it is scheduled anew or cancelled; a wake-up for an older version does nothing. */
  version: number;
  /** Who works on it now; null when nobody does. */
  claimToken: string | null;
  /**
   * Nobody else begins with it before: somebody works on it, or it waits for another attempt. By the time that no demo
   * moves; null when anybody may.
   */
  claimedUntil: Date | null;
  lastError?: string;
  endedAt?: Date;
  /** Who had it tried again, and when. */
  retried?: { by: string; at: Date };
}

export const dueItemSchema = new Schema<DueItem>(
  {
    _id: String,
    kind: { type: String, required: true },
    dueAt: { type: Date, required: true },
    nextAt: { type: Date, required: true },
    payload: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true, enum: dueStates },
    attempts: { type: Number, required: true },
    version: { type: Number, required: true },
    claimToken: { type: String, default: null },
    claimedUntil: { type: Date, default: null },
    lastError: String,
    endedAt: Date,
    retried: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
dueItemSchema.index({ state: 1, nextAt: 1 });
dueItemSchema.index({ endedAt: 1 }, { sparse: true });

/**
 * What is asked of `Deadlines.schedule`. `dueAt`: an instant that people or rules reckon with. `waitMs`: so many milliseconds
 * from now, for what waits on machines, which a demo that moves the date does not shorten.
 */
export type DueRequest = {
  id: string;
  kind: string;
  payload: Record<string, string>;
} & ({ dueAt: Date } | { waitMs: number });
