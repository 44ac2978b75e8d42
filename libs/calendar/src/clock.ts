import { civilDateInAmsterdam } from './time-zone.js';
import type { CivilDate } from './civil-date.js';

/**
 * The only source of "now" (design.md §4, Time). Injected everywhere, so that tests and the demo can move it.
 * It is an abstract class rather than an interface because Nest injects by class.
 */
export abstract class Clock {
  readonly #listeners = new Set<() => void>();

  /** The present instant. */
  abstract now(): Date;

  /** Milliseconds by which it was moved on purpose; 0 for a clock that nobody moves. */
  get offsetMs(): number {
    return 0;
  }

  /** Calls back each time it was moved on purpose, for what has to happen because of it. */
  onMoved(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Tells that it was moved. */
  protected tellMoved(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The present civil date in Europe/Amsterdam. */
  today(): CivilDate {
    return civilDateInAmsterdam(this.now());
  }
}

/** The clock of the machine. */
export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/**
 * The clock of the machine where a moved one would do harm: proofs of callers, sessions, leases and waiting for other
 * machines (docs/decisions/0034). What people see, and what a rule reckons with, goes by {@link Clock}.
 */
export class WallClock extends SystemClock {}

/**
 * A clock that runs ahead of (or behind) another by a movable offset. With a base that stands still it is the clock of
 * tests; with the system clock as base it is the clock of the demo.
 */
export class AdjustableClock extends Clock {
  #offsetMs: number;
  readonly #base: () => Date;

  /** @param base the underlying clock; @param offsetMs milliseconds to add to it */
  constructor(base: Clock = new SystemClock(), offsetMs = 0) {
    super();
    this.#base = () => base.now();
    this.#offsetMs = offsetMs;
  }

  /** A clock that stands still at an instant (ISO, e.g. `2026-03-01T09:00:00Z`) until it is moved. */
  static at(instant: string): AdjustableClock {
    return new AdjustableClock(new StandingClock(new Date(instant)));
  }

  override now(): Date {
    return new Date(this.#base().getTime() + this.#offsetMs);
  }

  /** Milliseconds by which this clock differs from its base. */
  override get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Replaces the offset, in milliseconds. */
  setOffset(offsetMs: number): void {
    if (offsetMs === this.#offsetMs) return;
    this.#offsetMs = offsetMs;
    this.tellMoved();
  }

  /** Takes over a greater offset; a smaller one was told late and changes nothing. */
  raiseOffset(offsetMs: number): void {
    if (offsetMs > this.#offsetMs) this.setOffset(offsetMs);
  }

  /** Moves the clock by a number of milliseconds; negative goes back. */
  advance(ms: number): void {
    this.setOffset(this.#offsetMs + ms);
  }

  /** Moves the clock to an instant; it runs on from there. */
  moveTo(instant: Date): void {
    this.setOffset(instant.getTime() - this.#base().getTime());
  }
}

/** A clock that does not run. */
class StandingClock extends Clock {
  readonly #instant: number;

  constructor(instant: Date) {
    super();
    if (Number.isNaN(instant.getTime())) throw new RangeError('a standing clock needs a valid instant');
    this.#instant = instant.getTime();
  }

  override now(): Date {
    return new Date(this.#instant);
  }
}
