import type { Tx } from '#persistence/unit-of-work.js';
import type { DueItem } from './due-item.js';
import type { DueItemsRepository } from './due-items.repository.js';

/**
 * One firing of a due item, in the hands of its handler. A handler that writes ends the item in its own unit of work,
 * so that its effect happens once; one that only talks to the outside may just return, and happens at least once.
 */
export class Firing {
  private isSettled = false;

  constructor(
    readonly item: DueItem,
    /** The instant of firing by the time that all processes share; not before the due date. */
    readonly now: Date,
    private readonly token: string | null,
    private readonly items: DueItemsRepository,
    private readonly wakeAt: (at: Date) => void,
  ) {}

  /** True after a unit of work that settled the item was committed. */
  get settled(): boolean {
    return this.isSettled;
  }

  /** Ends the item together with the handler's own writes. @throws ClaimLost when it was cancelled or taken meanwhile */
  async done(tx: Tx): Promise<void> {
    await this.items.end(this.item, this.token, 'done', tx);
    this.settleAfter(tx);
  }

  /** Puts the item back for a later instant together with the handler's own writes; no failure is counted. @throws ClaimLost */
  async again(tx: Tx, at: Date): Promise<void> {
    await this.putBack(tx, at, false);
  }

  /**
   * As {@link again}, so many milliseconds from now: for what waits on another machine, which a demo that moves the date
   * does not shorten. @throws ClaimLost
   */
  async after(tx: Tx, waitMs: number): Promise<void> {
    await this.putBack(tx, new Date(this.now.getTime() + waitMs), true);
  }

  private async putBack(tx: Tx, at: Date, waits: boolean): Promise<void> {
    await this.items.postpone(this.item, this.token, { nextAt: at, dueAt: at, attempts: 0 }, waits, tx);
    this.settleAfter(tx);
    tx.afterCommit(() => this.wakeAt(at));
  }

  private settleAfter(tx: Tx): void {
    tx.afterCommit(() => {
      this.isSettled = true;
    });
  }
}

/** Does what is due. Throwing means: again later, by the kind's retry plan. */
export type DueHandler = (firing: Firing) => Promise<void>;
