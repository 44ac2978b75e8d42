import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional } from 'class-validator';
import { IsCursor, IsPageLimit } from '../field-rules.js';
import type { Page } from '../paging.js';
import type { FieldProblem } from '../refusal.js';
import { defineRequest } from '../request.js';

/** Events per batch; a longer one is refused as a whole with `batch-too-long`. */
export const MAX_OUTSIDE_EVENTS = 200;

/** Events from outside that the system understands (domain.md §3: e-Vita-like systems feed housing changes). */
export const outsideEventTypes = [
  'nl.doorstroom.housing.arrival-reported.v1',
  'nl.doorstroom.housing.move-reported.v1',
  'nl.doorstroom.housing.reservation-reported.v1',
  'nl.doorstroom.housing.leave-reported.v1',
  'nl.doorstroom.housing.return-reported.v1',
  'nl.doorstroom.housing.departure-reported.v1',
  'nl.doorstroom.housing.report-withdrawn.v1',
] as const;
export type OutsideEventType = (typeof outsideEventTypes)[number];

/**
 * What became of an event. `accepted`: recorded now. `already-accepted`: recorded before, nothing was done. `waiting`:
 * something it builds on has not been reported yet; it is tried again by itself. `refused`: it cannot be recorded.
 */
export const outsideEventOutcomes = ['accepted', 'already-accepted', 'waiting', 'refused'] as const;
export type OutsideEventOutcome = (typeof outsideEventOutcomes)[number];

/** CloudEvents 1.0 as they came, one or many: each gets its own answer, so each is checked by itself. */
export class ReceiveOutsideEvents {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MAX_OUTSIDE_EVENTS) events: unknown[];
}

/** The answer to one event; `id` and `source` are those of the event, as far as they could be read. */
export interface OutsideEventAnswer {
  id?: string;
  source?: string;
  outcome: OutsideEventOutcome;
  /** The change that it became. */
  changeId?: string;
  /** Why it waits or was refused. */
  code?: string;
  detail?: { nl: string; en: string };
  errors?: FieldProblem[];
}

export interface OutsideEventAnswers {
  /** In the order of the events. */
  answers: OutsideEventAnswer[];
}

export class ListOutsideEvents {
  @IsOptional() @IsIn(['accepted', 'waiting', 'refused']) outcome?: 'accepted' | 'waiting' | 'refused';
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** One event as it stands now, without its content. */
export interface OutsideEventStatus extends OutsideEventAnswer {
  type: string;
  time: string;
  receivedAt: string;
  /** Until when a waiting event is tried again. */
  waitsUntil?: string;
}

/** Refuses only the batch as a whole (`batch-too-long`, `not-permitted`); each event is refused in its answer. */
export const receiveOutsideEvents = defineRequest<ReceiveOutsideEvents, OutsideEventAnswers>(
  'registration.outside-events.receive',
  { payload: ReceiveOutsideEvents, allow: ['system'], deadlineMs: 30_000 },
);

/** What became of the events of the asker's organisation, newest first. */
export const listOutsideEvents = defineRequest<ListOutsideEvents, Page<OutsideEventStatus>>(
  'registration.outside-events.list',
  { payload: ListOutsideEvents, allow: ['system', 'clientmanager'] },
);
