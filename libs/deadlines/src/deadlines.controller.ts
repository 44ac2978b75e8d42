import type { Type } from '@nestjs/common';
import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import {
  type DeadlineItem,
  type DeadlineOverview,
  deadlineRequests,
  type DeadlineState,
  ListDeadlines,
  RetryDeadline,
} from '#contracts/deadlines.js';
import type { NoQuestion } from '#contracts/no-question.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { Handles } from '#platform/handles.js';
import { Deadlines } from './deadlines.service.js';
import { DueClock } from './due-clock.js';
import type { DueItem } from './due-item.js';
import { DueItemsRepository, type ItemsFilter } from './due-items.repository.js';
import { WakeUps } from './wake-ups.js';

/** What should have happened so long ago is late; sooner it may be on its way. */
const LATE_MS = 60_000;

/** Makes the controller through which an operator sees what one service has due, late and failed, and tries it again. */
export function deadlinesController(service: string): Type {
  const requests = deadlineRequests(service);

  @Controller()
  class DeadlinesController {
    constructor(
      private readonly deadlines: Deadlines,
      private readonly items: DueItemsRepository,
      private readonly wakeUps: WakeUps,
      private readonly clock: DueClock,
      private readonly unitOfWork: UnitOfWork,
    ) {}

    @Handles(requests.list)
    async list({ state, kind, cursor, limit = DEFAULT_PAGE_SIZE }: ListDeadlines): Promise<Page<DeadlineItem>> {
      const position = decodeCursor(cursor);
      const after = position && { at: new Date(Number(position['at'])), id: String(position['id']) };
      const filter = { ...this.filterOf(state), ...(kind === undefined ? {} : { kind }) };
      const found = await this.items.list(filter, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map((item) => this.view(item)),
        ...(last ? { nextCursor: encodeCursor({ at: last.nextAt.getTime(), id: last._id }) } : {}),
      };
    }

    @Handles(requests.overview)
    async overview(_query: NoQuestion): Promise<DeadlineOverview> {
      const counts = await this.items.counts(this.lateBefore());
      const [oldest] = counts.flatMap(({ oldestLate }) => oldestLate ?? []).sort((a, b) => a.getTime() - b.getTime());
      return {
        kinds: counts.map(({ kind, due, late, failed }) => {
          return { kind, due, late, failed, handled: this.deadlines.handles(kind) };
        }),
        ...(oldest ? { oldestLate: oldest.toISOString() } : {}),
        wakingUp: this.wakeUps.isReachable(),
        clockAheadSeconds: Math.round(this.clock.machineAheadMs / 1_000),
      };
    }

    @Handles(requests.retry)
    async retry({ id }: RetryDeadline, caller: Caller): Promise<DeadlineItem> {
      const isRetried = await this.unitOfWork.run((tx) => this.deadlines.retry(tx, id, caller.personId));
      const item = await this.items.find(id);
      if (!item) throw Refusal.of('not-found');
      if (!isRetried) throw Refusal.of('deadline-not-failed');
      return this.view(item);
    }

    private filterOf(state: DeadlineState): ItemsFilter {
      switch (state) {
        case 'due':
          return { state: 'waiting', dueAfter: this.lateBefore() };
        case 'late':
          return { state: 'waiting', dueUntil: this.lateBefore() };
        case 'failed':
          return { state: 'failed' };
      }
    }

    private lateBefore(): Date {
      return new Date(this.clock.now().getTime() - LATE_MS);
    }

    private view({ _id: id, kind, state, dueAt, nextAt, attempts, lastError, retried }: DueItem): DeadlineItem {
      const shown = state === 'failed' ? 'failed' : dueAt <= this.lateBefore() ? 'late' : 'due';
      return {
        id,
        kind,
        state: shown,
        dueAt: dueAt.toISOString(),
        ...(shown === 'failed' ? {} : { nextAt: nextAt.toISOString() }),
        attempts,
        ...(lastError === undefined ? {} : { error: lastError }),
        ...(retried ? { retried: { by: retried.by, at: retried.at.toISOString() } } : {}),
      };
    }
  }
  return DeadlinesController;
}
