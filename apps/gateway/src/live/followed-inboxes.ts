import type { Caller } from '#contracts/caller.js';
import type { Replacing } from '#contracts/notifications/caseloads.js';

/** Who somebody is to clients and colleagues now. */
export interface Relations {
  readonly caller: Pick<Caller, 'clusterIds' | 'clientIds'>;
  readonly replacing: readonly Pick<Replacing, 'personId'>[];
}

/**
 * The inboxes of colleagues that an open page follows: of whom the person replaces now, and of nobody else any more. The
 * page hears that a list changed, never what is in it: it asks, and is refused what it may no longer see.
 */
export class FollowedInboxes {
  private readonly followed = new Map<string, () => void>();
  private seen: string | undefined;
  private isOver = false;

  /**
   * @param listen how to hear that an inbox changed; answers how to stop
   * @param notice tells the page
   */
  constructor(
    private readonly listen: (personId: string, listener: () => void) => () => void,
    private readonly notice: (name: 'inbox' | 'relations', data: object) => void,
  ) {}

  /** Brings it in line with the relations of now; the page hears it when they differ from those of before. */
  update(relations: Relations): void {
    if (this.isOver) return;
    const replaced = new Set(relations.replacing.map(({ personId }) => personId));
    for (const [personId, stop] of this.followed) {
      if (replaced.has(personId)) continue;
      stop();
      this.followed.delete(personId);
    }
    for (const personId of replaced) {
      if (this.followed.has(personId)) continue;
      this.followed.set(
        personId,
        this.listen(personId, () => this.notice('inbox', { personId })),
      );
    }
    const { clusterIds, clientIds } = relations.caller;
    const now = JSON.stringify([clusterIds, clientIds, [...replaced]].map((ids) => [...ids].sort()));
    if (this.seen !== undefined && this.seen !== now) this.notice('relations', {});
    this.seen = now;
  }

  /** Stops hearing anything. */
  end(): void {
    this.isOver = true;
    for (const stop of this.followed.values()) stop();
    this.followed.clear();
  }
}
