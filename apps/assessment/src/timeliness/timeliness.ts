import { addDays, daysBetween, earlierOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { contains } from '#calendar/date-interval.js';
import type { TimelinessFigures } from '#contracts/assessment/timeliness.js';
import type { DueHistory, DueMoment } from '../due/due-history.js';
import type { Period } from '../quarters/quarters.js';

/** What became of a ZRM that fell due. */
export const outcomes = ['onTime', 'late', 'open', 'lapsed'] as const;
export type Outcome = (typeof outcomes)[number];

/** What is counted of an institution, or of all together. */
export interface TimelinessCount extends Record<Outcome, number> {
  /** How many were filled in so many days after their date; 0 is on time. */
  days: Map<number, number>;
  /** In the chain on the last day, and those of them with a baseline and a target since their arrival. */
  clients: number;
  complete: number;
}

/** What became of it by a day; undefined as long as its date has not passed. */
export function outcomeOf({ dueOn, metOn, lapsedOn }: DueMoment, asOf: CivilDate): Outcome | undefined {
  if (dueOn >= asOf) return undefined;
  if (metOn !== undefined) return metOn <= dueOn ? 'onTime' : 'late';
  return lapsedOn !== undefined && lapsedOn <= asOf ? 'lapsed' : 'open';
}

/**
 * Counts, client by client, what fell due in a period and what became of it, per institution. What is kept does not grow
 * with the clients: some counts per institution, and one per number of days.
 */
export class TimelinessCollector {
  private readonly institutions = new Map<string, TimelinessCount>();
  private readonly lastDay: CivilDate;

  /** @param asOf the day of asking: what is due on it has not passed */
  constructor(
    private readonly period: Period,
    private readonly asOf: CivilDate,
  ) {
    this.lastDay = earlierOf(addDays(period.until, -1), asOf);
  }

  add({ moments, times }: DueHistory): void {
    for (const moment of moments) this.addMoment(moment);
    const time = times.findLast((one) => contains(one, this.lastDay));
    if (time === undefined) return;
    const count = this.of(time.organisationId);
    count.clients += 1;
    const has = (day: CivilDate | undefined): boolean => day !== undefined && day <= this.lastDay;
    if (has(time.baselineOn) && has(time.targetOn)) count.complete += 1;
  }

  /** Per institution, in order of identifier. */
  result(): ReadonlyMap<string, TimelinessCount> {
    return new Map([...this.institutions].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private addMoment(moment: DueMoment): void {
    const { dueOn, metOn, organisationId } = moment;
    const outcome = contains(this.period, dueOn) ? outcomeOf(moment, this.asOf) : undefined;
    if (outcome === undefined) return;
    const count = this.of(organisationId);
    count[outcome] += 1;
    if (metOn === undefined) return;
    const days = Math.max(0, daysBetween(dueOn, metOn));
    count.days.set(days, (count.days.get(days) ?? 0) + 1);
  }

  private of(organisationId: string): TimelinessCount {
    const known = this.institutions.get(organisationId) ?? nothingCounted();
    this.institutions.set(organisationId, known);
    return known;
  }
}

function nothingCounted(): TimelinessCount {
  return { onTime: 0, late: 0, open: 0, lapsed: 0, days: new Map(), clients: 0, complete: 0 };
}

/** All of them together; in any order the same. */
export function together(counts: Iterable<TimelinessCount>): TimelinessCount {
  const all = nothingCounted();
  for (const count of counts) {
    for (const outcome of outcomes) all[outcome] += count[outcome];
    for (const [days, times] of count.days) all.days.set(days, (all.days.get(days) ?? 0) + times);
    all.clients += count.clients;
    all.complete += count.complete;
  }
  return all;
}

/** How many fell due. */
export function fellDueOf(count: TimelinessCount): number {
  return outcomes.reduce((sum, outcome) => sum + count[outcome], 0);
}

/** The figures with every count in them. */
export function figuresOf(count: TimelinessCount): TimelinessFigures {
  const { onTime, late, open, lapsed, days, clients, complete } = count;
  const fellDue = fellDueOf(count);
  const medianDaysLate = medianOf(new Map([...days].filter(([number]) => number > 0)));
  const medianDays = medianOf(days);
  return {
    fellDue,
    onTime,
    late,
    open,
    lapsed,
    ...(fellDue === 0 ? {} : { shareOnTime: onTime / fellDue }),
    ...(medianDaysLate === undefined ? {} : { medianDaysLate }),
    ...(medianDays === undefined ? {} : { medianDays }),
    clients,
    complete,
  };
}

/**
 * The middle one of numbers that are given with how often each occurs; of two middle ones their mean. Undefined when there
 * are none.
 */
export function medianOf(occurrences: ReadonlyMap<number, number>): number | undefined {
  const inOrder = [...occurrences].sort(([a], [b]) => a - b);
  const count = inOrder.reduce((sum, [, times]) => sum + times, 0);
  if (count === 0) return undefined;
  const at = (index: number): number => {
    let passed = 0;
    const found = inOrder.find(([, times]) => {
      passed += times;
      return passed > index;
    });
    return found?.[0] ?? Number.NaN;
  };
  return (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2;
}
