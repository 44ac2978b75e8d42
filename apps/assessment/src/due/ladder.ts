import { addDays } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { contains } from '#calendar/date-interval.js';
import type { DateInterval } from '#calendar/date-interval.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import type { ReminderCancellation } from '#contracts/assessment/codes.js';
import type { DueSettings, LadderStep, ReminderStep } from '#contracts/assessment/due.js';
import { instantOf } from './instants.js';

/** What decides on the reminders of one ZRM that is due. */
export interface LadderFacts {
  readonly dueId: string;
  readonly dueOn: CivilDate;
  /** When it became known that it is due. */
  readonly knownAt: Date;
  /** When it was filled in, or became pointless. */
  readonly doneAt: Date | undefined;
  readonly leftOn: CivilDate | undefined;
  readonly leaves: readonly DateInterval[];
  /** The leave after which another due date takes the place of this one. */
  readonly putOffBy: DateInterval | undefined;
}

/** A step before it is known which others there are. */
type Sketch = { readonly step: LadderStep } & (
  { readonly date: CivilDate; readonly at: Date } | { readonly held: true } | { readonly because: ReminderCancellation }
);

/**
 * The reminders of one ZRM that is due. A step that would fall in a leave is sent on the day of return instead; of several
 * that then fall together only the last is sent. Of what lay in the past when it became known that a ZRM is due, nothing
 * is sent as long as a step is still to come; when none is, the last is sent at once, so that nobody is forgotten.
 */
export function ladderOf(facts: LadderFacts, { ladder, remindAt }: DueSettings): readonly ReminderStep[] {
  const sketches = ladder.map((step) => sketch(step, facts, remindAt));
  const caughtUp = catchUp(sketches, facts, remindAt);
  return caughtUp.map((one): ReminderStep => {
    const { step, audience } = one.step;
    const base = { stepId: `${facts.dueId}:${step}`, step, audience };
    if ('because' in one) return { ...base, state: 'cancelled', because: one.because };
    if ('held' in one) {
      // Filled in or left while away: it is not waited for any more.
      const because = facts.doneAt !== undefined ? 'filled-in' : facts.leftOn !== undefined ? 'left' : undefined;
      return because === undefined ? { ...base, state: 'held' } : { ...base, state: 'cancelled', because };
    }
    const { at, date } = one;
    if (facts.doneAt !== undefined && at >= facts.doneAt) return { ...base, state: 'cancelled', because: 'filled-in' };
    if (facts.leftOn !== undefined && date >= facts.leftOn) return { ...base, state: 'cancelled', because: 'left' };
    return { ...base, state: 'planned', at };
  });
}

function sketch(step: LadderStep, { dueOn, leaves, putOffBy }: LadderFacts, remindAt: string): Sketch {
  const date = addDays(dueOn, step.days);
  if (putOffBy !== undefined && date >= putOffBy.from) {
    return { step, because: contains(putOffBy, date) ? 'on-leave' : 'postponed' };
  }
  const home = homeAgain(date, leaves);
  if (home === undefined) return { step, held: true };
  if (putOffBy !== undefined && home >= putOffBy.from) return { step, because: 'on-leave' };
  return { step, date: home, at: instantOf(home, remindAt) };
}

/** The date, or when the client is away then the day of return; undefined when nobody knows that day. */
function homeAgain(date: CivilDate, leaves: readonly DateInterval[]): CivilDate | undefined {
  // They are in order of date, so that a return into the next leave is seen too.
  return leaves.reduce<CivilDate | undefined>(
    (home, leave) => (home !== undefined && contains(leave, home) ? leave.until : home),
    date,
  );
}

function catchUp(
  sketches: readonly Sketch[],
  { knownAt, leaves, putOffBy }: LadderFacts,
  remindAt: string,
): readonly Sketch[] {
  const lastAlive = sketches.findLastIndex((one) => !('because' in one));
  return sketches.map((one, index): Sketch => {
    const { step } = one;
    if (!('at' in one)) return one;
    const together = sketches.some((other, place) => place > index && 'at' in other && other.at <= one.at);
    if (together || (one.at < knownAt && index !== lastAlive)) return { step, because: 'overtaken' };
    if (one.at >= knownAt) return one;
    const today = civilDateInAmsterdam(knownAt);
    const home = homeAgain(today, leaves);
    if (home === undefined) return { step, held: true };
    // The ladder of what took its place has begun by then.
    if (putOffBy !== undefined && home >= putOffBy.from) return { step, because: 'postponed' };
    return { step, date: home, at: home === today ? knownAt : instantOf(home, remindAt) };
  });
}
