import { Logger } from '@nestjs/common';
import { Clock, SystemClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';

/** A machine clock that differs from the database's by more than this is told of. */
const NOTICED_MS = 2_000;

/** By so much two clocks can differ that are read one after the other. */
const HAIR_MS = 5;

/** When the database said which time it was, on the clock of this process that nobody can set. */
interface Reading {
  readonly databaseMs: number;
  readonly monotonicMs: number;
}

/**
 * "Now" for due dates: the time of the database, which all processes share, so that a machine whose clock is wrong fires
 * nothing early and takes no item from another. Between two readings the process counts on by its monotonic clock. What
 * moved the service's clock on purpose (the demo, a test) counts as well.
 */
export class DueClock extends Clock {
  private readonly logger = new Logger(DueClock.name);
  private reading: Reading | undefined;
  private isNoticed = false;

  /** @param machine what the service's clock shows when nobody moved it */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly machine: Clock = new SystemClock(),
  ) {
    super();
  }

  /** Before the first reading nothing is due yet. */
  override now(): Date {
    if (!this.reading) return new Date(0);
    return new Date(this.unmoved().getTime() + this.movedMs());
  }

  /**
   * The time of the database itself, which no demo moves: for leases, for waiting until something is tried again, and for
   * how long it is remembered what happened.
   */
  unmoved(): Date {
    if (!this.reading) return new Date(0);
    const { databaseMs, monotonicMs } = this.reading;
    return new Date(databaseMs + performance.now() - monotonicMs);
  }

  /** The instant on the database's clock at which this clock shows `at`, as long as nobody moves it; a hair before it. */
  unmovedAt(at: Date): Date {
    return new Date(at.getTime() - this.movedMs() - HAIR_MS);
  }

  private movedMs(): number {
    return this.clock.now().getTime() - this.machine.now().getTime();
  }

  override onMoved(listener: () => void): void {
    this.clock.onMoved(listener);
  }

  /** Milliseconds by which the machine is ahead of the database; 0 before the first reading. */
  get machineAheadMs(): number {
    return this.reading ? this.machine.now().getTime() - this.unmoved().getTime() : 0;
  }

  /** Asks the database for its time. @throws when it does not answer */
  async read(): Promise<void> {
    const answer: { localTime?: unknown } | undefined = await this.database.connection.db
      ?.admin()
      .command({ hello: 1 });
    if (!(answer?.localTime instanceof Date)) throw new Error('the database did not say which time it is');
    // Taken after the answer: the database is later by now, never earlier.
    this.reading = { databaseMs: answer.localTime.getTime(), monotonicMs: performance.now() };
    const isWrong = Math.abs(this.machineAheadMs) > NOTICED_MS;
    if (isWrong && !this.isNoticed) {
      const seconds = (this.machineAheadMs / 1_000).toFixed(0);
      this.logger.warn(`the clock of this machine is ${seconds} s ahead of the database's; due dates go by the latter`);
    }
    this.isNoticed = isWrong;
  }
}
