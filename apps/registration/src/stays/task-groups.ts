import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs something in the request to which a task belongs: its trace and correlation. */
export type InContext = <T>(work: () => T) => T;

/** A task as it waits. */
export interface GroupedTask<T> {
  readonly task: T;
  readonly inContext: InContext;
}

interface Waiting<T, R> extends GroupedTask<T> {
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what arrives while a unit of work is being written waits, and is then written together in the next one.
 * A quiet service writes each task at once; a busy one pays for statements and durability once per group.
 */
export class TaskGroups<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private busy = false;

  /**
   * @param carryOut carries out a group as one unit of work: a result per task, rejected where only that task failed;
   * throws when nothing of the group was done
   * @param standsAlone whether each task is tried on its own after such an error: it may be the fault of one of them
   * @param limit largest group
   */
  constructor(
    private readonly carryOut: (tasks: readonly GroupedTask<T>[]) => Promise<PromiseSettledResult<R>[]>,
    private readonly standsAlone: (error: unknown) => boolean,
    private readonly limit: number,
  ) {}

  /** Carries out a task, with others or alone. */
  run(task: T): Promise<R> {
    const inContext = AsyncLocalStorage.snapshot();
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, inContext, resolve, reject });
      if (!this.busy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) await this.carry(this.waiting.splice(0, this.limit));
    this.busy = false;
  }

  private async carry(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.carryOut(group);
      group.forEach((member, index) => settle(member, results[index]));
    } catch (error) {
      if (group.length > 1 && this.standsAlone(error)) {
        await Promise.all(group.map((member) => this.carry([member])));
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }
}

function settle<R>(
  { resolve, reject }: Pick<Waiting<unknown, R>, 'resolve' | 'reject'>,
  result: PromiseSettledResult<R> | undefined,
): void {
  if (result?.status === 'fulfilled') resolve(result.value);
  else reject(result?.reason ?? new Error('a task without a result'));
}
