import { AdjustableClock, type Clock, SystemClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import type { DeadlinesOptions } from '../deadlines-options.js';
import { Deadlines, type HandlerOptions } from '../deadlines.service.js';
import { DueClock } from '../due-clock.js';
import { DueItemsRepository } from '../due-items.repository.js';
import type { DueHandler } from '../firing.js';
import { WakeUps } from '../wake-ups.js';

/** One process's worth of deadlines: several of these on one database are several processes. */
export interface DeadlinesProcess {
  deadlines: Deadlines;
  items: DueItemsRepository;
  wakeUps: WakeUps;
  unitOfWork: UnitOfWork;
  store: Database;
  /** Moves on purpose what this process takes for now, as the demo does. */
  clock: AdjustableClock;
  /** As in a crash: whatever it had claimed stays claimed. */
  stop: () => Promise<void>;
}

/** Where a process works, and what is odd about it. */
export interface ProcessSetup {
  mongoUrl: string;
  database: string;
  redisUrl: string;
  options?: Partial<DeadlinesOptions>;
  handling?: HandlerOptions;
  /** What the machine takes for now. */
  machine?: Clock;
}

/** Starts one that handles the kind `test`, tried three times. */
export async function startDeadlines(handler: DueHandler, setup: ProcessSetup): Promise<DeadlinesProcess> {
  const { mongoUrl, database, redisUrl, machine = new SystemClock() } = setup;
  const settings = { redisUrl, prefix: database, sweepMs: 300, leaseMs: 2_000, ...setup.options };
  const clock = new AdjustableClock(machine);
  const store = new Database({ url: mongoUrl, name: database });
  const dueClock = new DueClock(store, clock, machine);
  const items = new DueItemsRepository(store, dueClock, settings);
  const unitOfWork = new UnitOfWork(store);
  const wakeUps = new WakeUps(settings, dueClock);
  const deadlines = new Deadlines(items, wakeUps, dueClock, settings);
  deadlines.handle('test', handler, { retries: { waits: [50, 50] }, ...setup.handling });
  await store.onModuleInit();
  await dueClock.read();
  deadlines.onApplicationBootstrap();
  const stop = async (): Promise<void> => {
    await deadlines.beforeApplicationShutdown();
    await wakeUps.beforeApplicationShutdown();
    await store.onApplicationShutdown();
  };
  return { deadlines, items, wakeUps, unitOfWork, store, clock, stop };
}

/** An instant so many milliseconds from what the process takes for now. */
export function later(process: DeadlinesProcess, ms: number): Date {
  return new Date(process.clock.now().getTime() + ms);
}

/** Makes something due of the kind `test`. */
export function schedule(process: DeadlinesProcess, id: string, dueAt: Date, kind = 'test'): Promise<void> {
  return process.unitOfWork.run((tx) => process.deadlines.schedule(tx, { id, kind, dueAt, payload: { id } }));
}
