import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { CloudEvent } from './fact.js';
import type { Page } from './paging.js';
import { defineRequest, type RequestDefinition } from './request.js';

/** Where a fact stands that could not be handled. */
export const DEAD_LETTER_STATES = ['failing', 'dead', 'replayed', 'dropped'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** A fact that a service could not handle, kept until an operator mended, replayed or dropped it. */
export interface DeadLetter {
  /** The event's id. */
  id: string;
  service: string;
  state: DeadLetterState;
  event: CloudEvent;
  attempts: number;
  /** Last failure, as the service reported it; no personal data. */
  error: string;
  firstFailedAt: string;
  lastFailedAt: string;
  /** Who decided, and why, when it was replayed or dropped. */
  decision?: { by: string; at: string; reason?: string };
}

/** Which dead letters to list; newest first. */
export class ListDeadLetters {
  @IsOptional() @IsIn(DEAD_LETTER_STATES) state?: DeadLetterState;
  /** Of all services together it holds the cursor of each. */
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  @IsOptional() @IsInt() @Min(1) @Max(200) limit?: number;
}

/** One dead letter by its event id. */
export class DeadLetterById {
  @IsString() @Length(1, 100) id: string;
}

/** Handles the fact again, with the data as they were or as the operator mended them. */
export class ReplayDeadLetter extends DeadLetterById {
  @IsOptional() @IsObject() data?: object;
}

/** Gives the fact up for good. */
export class DropDeadLetter extends DeadLetterById {
  @IsString() @Length(3, 500) reason: string;
}

/** The dead-letter requests that one service answers. */
export interface DeadLetterRequests {
  list: RequestDefinition<ListDeadLetters, Page<DeadLetter>>;
  get: RequestDefinition<DeadLetterById, DeadLetter>;
  replay: RequestDefinition<ReplayDeadLetter, DeadLetter>;
  drop: RequestDefinition<DropDeadLetter, DeadLetter>;
}

const made = new Map<string, DeadLetterRequests>();

/** Services that consume facts, and so can have dead letters. */
export const CONSUMING_SERVICES = ['registration', 'assessment', 'notifications', 'audit'] as const;

/** The dead-letter requests of a service; the same objects at every call. */
export function deadLetterRequests(service: string): DeadLetterRequests {
  const known = made.get(service);
  if (known) return known;
  const allow = ['beheerder'] as const;
  const requests: DeadLetterRequests = {
    list: defineRequest(`${service}.dead-letters.list`, { payload: ListDeadLetters, allow }),
    get: defineRequest(`${service}.dead-letters.get`, { payload: DeadLetterById, allow }),
    replay: defineRequest(`${service}.dead-letters.replay`, { payload: ReplayDeadLetter, allow, deadlineMs: 15_000 }),
    drop: defineRequest(`${service}.dead-letters.drop`, { payload: DropDeadLetter, allow }),
  };
  made.set(service, requests);
  return requests;
}
