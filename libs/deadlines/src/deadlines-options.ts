/** How due items are woken and watched. The defaults suit production; tests shorten them. */
export interface DeadlinesOptions {
  /** Redis that wakes; without it everything still happens, up to one sweep later. */
  redisUrl: string;
  /** Keeps services and test systems apart on one Redis, e.g. `test1_notifications`. */
  prefix: string;
  /** How often overdue items are looked for, milliseconds. */
  sweepMs?: number;
  /** Only items due within this time are put into Redis, milliseconds; later ones follow in time. */
  horizonMs?: number;
  /** How long a process has an item for itself, milliseconds; longer than any handler takes. */
  leaseMs?: number;
  /** Items handled at the same time by one process. */
  concurrency?: number;
}

export const DEADLINES_OPTIONS = Symbol('DEADLINES_OPTIONS');

/** The options with every default filled in. */
export function withDefaults(options: DeadlinesOptions): Required<DeadlinesOptions> {
  return { sweepMs: 5_000, horizonMs: 900_000, leaseMs: 60_000, concurrency: 8, ...options };
}
