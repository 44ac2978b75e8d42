import type { CivilDate } from '#calendar/civil-date.js';
import type { DueKind, ReminderAudience, ReminderCancellation } from './codes.js';

/** A length of time in calendar months (clamped to the end of a shorter month) and days, in this order. */
export interface Term {
  readonly months?: number;
  readonly days?: number;
}

/** One step of the ladder of reminders: so many days after the due date; negative is before. */
export interface LadderStep {
  readonly step: string;
  readonly days: number;
  readonly audience: readonly ReminderAudience[];
}

/** When ZRMs are due and who is reminded when; a setting per region (domain.md §4, Reminders). */
export interface DueSettings {
  /** Calendar months from one ZRM to the next. */
  readonly intervalMonths: number;
  /** From the arrival. */
  readonly baselineTerm: Term;
  /** From the arrival. */
  readonly targetTerm: Term;
  /** A leave of this many nights or more puts off what fell due in it; a shorter one only the reminder. */
  readonly longLeaveNights: number;
  /** What was due in a long leave, or is due sooner than this after it, is due this long after the return. */
  readonly returnTerm: Term;
  /** Wall-clock time in Amsterdam at which reminders go out, `HH:MM`. */
  readonly remindAt: string;
  /** In order of days. */
  readonly ladder: readonly LadderStep[];
}

interface StepBase {
  /** The same whenever the plan is made anew, so that nothing is sent twice. */
  readonly stepId: string;
  readonly step: string;
  readonly audience: readonly ReminderAudience[];
}

/**
 * One reminder. `planned`: at this instant, which may have passed. `held`: the client is away and it is not known until
 * when; it gets its instant at the return.
 */
export type ReminderStep =
  | (StepBase & { readonly state: 'planned'; readonly at: Date })
  | (StepBase & { readonly state: 'held' })
  | (StepBase & { readonly state: 'cancelled'; readonly because: ReminderCancellation });

/**
 * A ZRM that has to be filled in. `postponed`: another one takes its place, that counts from the return of a leave. `ended`:
 * the client left the chain, or has a date on which to leave (`leftOn`), or had the final measurement.
 */
export interface DueZrm {
  readonly dueId: string;
  readonly kind: DueKind;
  readonly state: 'open' | 'on-leave' | 'met' | 'postponed' | 'ended';
  /** What it is counted from: the arrival, the previous ZRM, or the return from a leave. */
  readonly countedFrom: CivilDate;
  readonly dueOn: CivilDate;
  /** The day on which it was filled in. */
  readonly metOn?: CivilDate;
  /** The day of departure from the chain. */
  readonly leftOn?: CivilDate;
  readonly steps: readonly ReminderStep[];
}
