import { crashesInARow, restartDelay } from './backoff.ts';
import type { ManagedProcess } from './managed-process.ts';

interface Kept {
  readonly process: ManagedProcess;
  readonly stage: number;
  startedAt: number;
  crashes: number;
  timer: NodeJS.Timeout | undefined;
}

/** Keeps processes running until it is told to stop: restarts what crashes, with a growing pause. */
export class Supervisor {
  readonly #say: (line: string) => void;
  readonly #kept = new Map<ManagedProcess, Kept>();
  #stopping = false;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Whether it was told to stop; starting anything more is of no use then. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Looks after a process from now on. What stands in a later stage is stopped earlier. */
  keep(process: ManagedProcess, stage: number): void {
    this.#kept.set(process, { process, stage, startedAt: performance.now(), crashes: 0, timer: undefined });
  }

  /** To be called when a process ended unasked: starts it again after a pause. */
  readonly crashed = (process: ManagedProcess, how: string): void => {
    const kept = this.#kept.get(process);
    if (kept === undefined || this.#stopping) return;
    kept.crashes = crashesInARow(kept.crashes, performance.now() - kept.startedAt);
    const delay = restartDelay(kept.crashes);
    this.#say(`${process.name} ${how}; it starts again in ${delay / 1000} s`);
    kept.timer = setTimeout(() => void this.#startAgain(kept), delay);
  };

  /** Stops everything, the last stage first, each process within the time of its own. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    const kept = [...this.#kept.values()];
    for (const { timer } of kept) clearTimeout(timer);
    const stages = [...new Set(kept.map(({ stage }) => stage))].sort((one, other) => other - one);
    for (const stage of stages) {
      await Promise.all(kept.filter((each) => each.stage === stage).map((each) => each.process.stop()));
    }
  }

  async #startAgain(kept: Kept): Promise<void> {
    kept.startedAt = performance.now();
    try {
      await kept.process.start();
      this.#say(`${kept.process.name} runs again`);
    } catch (error) {
      this.crashed(kept.process, error instanceof Error ? error.message : String(error));
    }
  }
}
