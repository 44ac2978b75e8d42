import { civilDateInAmsterdam } from './time-zone.js';
import type { CivilDate } from './civil-date.js';

/**
 * The only source of "now" (design.md §4, Time). Injected everywhere, so that tests and the demo can move it.
 * It is an abstract class rather than an interface because Nest injects by class.
 */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;

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
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Replaces the offset, in milliseconds. */
  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  /** Moves the clock by a number of milliseconds; negative goes back. */
  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Moves the clock to an instant; it runs on from there. */
  moveTo(instant: Date): void {
    this.#offsetMs = instant.getTime() - this.#base().getTime();
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
