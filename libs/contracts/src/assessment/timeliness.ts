import { IsOptional } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText, IsId } from '../field-rules.js';
import { defineRequest } from '../request.js';

/** Were ZRMs filled in on time? Over a period of due dates: `from` ≤ date < `until`. */
export class GetZrmTimeliness {
  @IsCivilDateText() from: CivilDate;
  @IsCivilDateText() until: CivilDate;
  /** Only this institution; the figures of the region stay those of all. */
  @IsOptional() @IsId() organisationId?: string;
}

/**
 * Of ZRMs whose date fell in the period and has passed (docs/decisions/0032-zrm-worklists-and-timeliness.md). A count that
 * is absent may not be told: it, or one that it could be reckoned from, is under five.
 */
export interface TimelinessFigures {
  /** How many; the sum of the next four. */
  fellDue?: number;
  /** Filled in on the date or before it. */
  onTime?: number;
  /** Filled in after the date. */
  late?: number;
  /** Not filled in yet. */
  open?: number;
  /** Not filled in, and no longer waited for: the client left, went on a long leave, or had the final measurement. */
  lapsed?: number;
  /** `onTime` ÷ `fellDue`, from 0 to 1; absent when nothing fell due. */
  shareOnTime?: number;
  /** The middle number of days after the date, of those that were filled in late. */
  medianDaysLate?: number;
  /** The same of all that were filled in; one on time counts as 0 days. */
  medianDays?: number;
  /** Clients in the chain on the last day of the period, or today when that is earlier. */
  clients?: number;
  /** Those of them with a baseline and a target since their arrival, on that day. */
  complete?: number;
}

export interface InstitutionTimeliness extends TimelinessFigures {
  /** Where the client stayed on the date. */
  organisationId: string;
}

export interface ZrmTimeliness {
  from: CivilDate;
  until: CivilDate;
  /** The day as of which it is told: dates before it have passed, and what is known on it counts. */
  asOf: CivilDate;
  /** When it was reckoned; at most a minute ago, unless they are fixed. */
  reckonedAt: string;
  /** Nothing that is recorded later changes them: for who sees aggregates only, so that none of them tells of one client. */
  fixed?: true;
  /** In order of identifier: for a clientmanager only the own institution. */
  items: InstitutionTimeliness[];
  /** All institutions together; absent for a clientmanager who could reckon those of another institution from it. */
  region?: TimelinessFigures;
}

/**
 * Aggregates without any client. `beleid` gets no count under five, nor one from which it could be reckoned, and asks for
 * one calendar quarter at a time, from a calendar month after its end on, as it was known then. Refuses: `date-order`,
 * `zrm-quarter-only`, `zrm-quarter-not-yet` (`params.date`: from when on).
 */
export const getZrmTimeliness = defineRequest<GetZrmTimeliness, ZrmTimeliness>('assessment.timeliness.get', {
  payload: GetZrmTimeliness,
  allow: ['clientmanager', 'trajectregisseur', 'beleid'],
  deadlineMs: 30_000,
});
