import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { roles } from './codes.js';
import { IsCivilDateText, IsExpectedVersion } from './field-rules.js';
import { NoQuestion } from './no-question.js';
import { defineRequest } from './request.js';

/** Calendar months that the date of a demonstration moves at once, at most. */
export const MOST_MONTHS_AT_ONCE = 24;
const MOST_DAYS_AT_ONCE = 731;

/** The date of a demonstration, the same for everybody in it. */
export interface DemoClockState {
  /** What the system takes for now (ISO, UTC). */
  now: string;
  /** The civil date of that. */
  today: CivilDate;
  /** Milliseconds by which it was moved; 0 when nobody moved it. */
  offset: number;
  /** Whether it can go further: there is an end to it. */
  isMovable: boolean;
  /** Goes up with each move; for `If-Match`. */
  version: number;
}

/** How far the date goes: exactly one of the three. It goes forward only. */
export class MoveDemoClock {
  @IsOptional() @IsCivilDateText() to?: CivilDate;
  /** Calendar months; on the last day of a month that is too short. */
  @IsOptional() @IsInt() @Min(1) @Max(MOST_MONTHS_AT_ONCE) months?: number;
  @IsOptional() @IsInt() @Min(1) @Max(MOST_DAYS_AT_ONCE) days?: number;
  /** With it: refused with `stale-version` when somebody else moved the date since. Without: on from where it is. */
  @IsExpectedVersion() expectedVersion?: number;
}

/** Refuses `not-found` outside a demonstration whose date can be moved. */
export const getDemoClock = defineRequest<NoQuestion, DemoClockState>('registration.demo-clock.get', {
  payload: NoQuestion,
  allow: roles,
});

/** Refuses `not-found`, `demo-clock-unclear`, `demo-clock-forward-only`, `demo-clock-too-far`, `stale-version`. */
export const moveDemoClock = defineRequest<MoveDemoClock, DemoClockState>('registration.demo-clock.move', {
  payload: MoveDemoClock,
  allow: roles,
});
