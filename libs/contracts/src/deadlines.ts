import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsCursor, IsPageLimit } from './field-rules.js';
import { NoQuestion } from './no-question.js';
import type { Page } from './paging.js';
import { defineRequest, type RequestDefinition } from './request.js';

/**
 * Where a due date stands for an operator. `due`: its time has not come. `late`: its time has passed, and it did not happen
 * yet or failed and is tried again. `failed`: given up.
 */
export const DEADLINE_STATES = ['due', 'late', 'failed'] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];

/** Something that has to happen at an instant, as an operator sees it: what kind and when, of nobody in particular. */
export interface DeadlineItem {
  /** Identity within its service; names no client. */
  id: string;
  /** What has to happen, e.g. `melding` or `zrm-reminder`. */
  kind: string;
  state: DeadlineState;
  dueAt: string;
  /** When it is tried; later than `dueAt` after a failure. Absent when it was given up. */
  nextAt?: string;
  /** Failed attempts. */
  attempts: number;
  /** Last failure, as the service reported it; no personal data. */
  error?: string;
  /** Who had it tried again last. */
  retried?: { by: string; at: string };
}

/** How much there is of one kind. */
export interface DeadlineCount {
  kind: string;
  due: number;
  late: number;
  failed: number;
  /** Whether a process of the service knows what to do with it. */
  handled: boolean;
}

export interface DeadlineOverview {
  kinds: DeadlineCount[];
  /** When the oldest that is late was due. */
  oldestLate?: string;
  /** Whether Redis wakes the service; without it everything happens too, some seconds later. */
  wakingUp: boolean;
  /** Seconds by which the clock of the answering machine is ahead of the database's. */
  clockAheadSeconds: number;
}

/** Which due dates to list; what is tried first comes first. */
export class ListDeadlines {
  @IsIn(DEADLINE_STATES) state: DeadlineState;
  /** Of one kind only. */
  @IsOptional() @IsString() @Length(1, 60) kind?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

export class RetryDeadline {
  @IsString() @Length(1, 300) id: string;
}

/** The requests about due dates that one service answers. */
export interface DeadlineRequests {
  list: RequestDefinition<ListDeadlines, Page<DeadlineItem>>;
  overview: RequestDefinition<NoQuestion, DeadlineOverview>;
  retry: RequestDefinition<RetryDeadline, DeadlineItem>;
}

const made = new Map<string, DeadlineRequests>();

/** Services in which things happen at their time. */
export const DEADLINE_SERVICES = ['assessment', 'notifications'] as const;

/** The requests about due dates of a service; the same objects at every call. Only an operator may ask. */
export function deadlineRequests(service: string): DeadlineRequests {
  const known = made.get(service);
  if (known) return known;
  const allow = ['beheerder'] as const;
  const requests: DeadlineRequests = {
    list: defineRequest(`${service}.deadlines.list`, { payload: ListDeadlines, allow }),
    overview: defineRequest(`${service}.deadlines.overview`, { payload: NoQuestion, allow }),
    /** Refuses `deadline-not-failed` for one that did not fail. */
    retry: defineRequest(`${service}.deadlines.retry`, { payload: RetryDeadline, allow }),
  };
  made.set(service, requests);
  return requests;
}
