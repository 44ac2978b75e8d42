import { addDays, addMonths, daysBetween } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import type { DueKind, DueStart } from '#contracts/assessment/codes.js';
import type { DueSettings, DueZrm, Term } from '#contracts/assessment/due.js';
import { chainPeriods } from './due-facts.js';
import type { ChainPeriod, DueFacts, LeaveFact } from './due-facts.js';
import { instantOf } from './instants.js';
import { ladderOf } from './ladder.js';

/** What has to be filled in, before leave is reckoned with. */
interface Duty {
  /** Stable: made of what it counts from. */
  readonly dueId: string;
  readonly kind: DueKind;
  readonly countedFrom: CivilDate;
  readonly countedBy: DueStart;
  readonly dueOn: CivilDate;
  /** When it became known that it is due; what would have been sent before is not sent any more. */
  readonly knownAt: Date;
  /** When it was filled in. */
  readonly metAt: Date | undefined;
  /** When the final measurement made it pointless. */
  readonly closedAt: Date | undefined;
}

/**
 * Every ZRM that was or is due for a client, each with its ladder of reminders (domain.md §4). A pure function of the
 * facts: it knows no "now", and the same facts in any order give the same plan.
 *
 * - Baseline and target: a term after the arrival, anew after each arrival in the chain.
 * - Periodic: so many calendar months after the date of the previous ZRM, clamped (31 Aug + 3 months = 30 Nov).
 * - Leave: a long one puts off what would be due in it, or too soon after it, to a term after the return. A short one
 *   leaves the due date as it is; what would have been sent in it is sent on the day of return.
 * - Nothing after a departure; nothing after the final measurement.
 *
 * What came from a file is reminded of from the next day on.
 *
 * A reminder stands in the plan until it is filled in *on the clock*: the instant of submitting counts, not the date
 * that the ZRM is about.
 */
export function planDue(facts: DueFacts, settings: DueSettings): readonly DueZrm[] {
  return chainPeriods(facts).flatMap((period) =>
    dutiesIn(period, settings).flatMap((duty) => withLeaves(duty, period, settings)),
  );
}

/** The date a term after another. */
export function afterTerm(date: CivilDate, { months = 0, days = 0 }: Term): CivilDate {
  return addDays(addMonths(date, months), days);
}

function dutiesIn({ presence, observations, targets }: ChainPeriod, settings: DueSettings): readonly Duty[] {
  const { id, from } = presence;
  const knownAt = reckonedFrom(presence.knownAt, presence.isImported, settings);
  const baselines = observations.filter(({ kind }) => kind === 'baseline');
  const closedAt = earliest(observations.filter(({ kind }) => kind === 'final'));
  const arrival = { countedFrom: from, countedBy: 'arrival' as const, knownAt, closedAt };
  return [
    {
      ...arrival,
      dueId: `baseline:${id}`,
      kind: 'baseline',
      dueOn: afterTerm(from, settings.baselineTerm),
      metAt: earliest(baselines),
    },
    {
      ...arrival,
      dueId: `target:${id}`,
      kind: 'target',
      dueOn: afterTerm(from, settings.targetTerm),
      metAt: earliest(targets),
    },
    ...observations
      .filter(({ kind }) => kind !== 'final')
      .map((previous): Duty => ({
        dueId: `periodic:${previous.id}`,
        kind: 'periodic',
        countedFrom: previous.date,
        countedBy: 'previous-zrm',
        dueOn: addMonths(previous.date, settings.intervalMonths),
        knownAt: reckonedFrom(previous.submittedAt, previous.isImported, settings),
        // Any that follows, the final one too.
        metAt: earliest(observations.filter(({ date }) => date > previous.date)),
        closedAt: undefined,
      })),
  ];
}

/**
 * From when on what is due is reminded of. What came from a file counts from the next day: history comes in many rows, and
 * often in more than one file; nobody is reminded of what the next one holds.
 */
function reckonedFrom(at: Date, isImported = false, { remindAt }: DueSettings): Date {
  return isImported ? instantOf(addDays(civilDateInAmsterdam(at), 1), remindAt) : at;
}

function earliest(measurements: readonly { readonly submittedAt: Date }[]): Date | undefined {
  return measurements
    .map(({ submittedAt }) => submittedAt)
    .reduce<Date | undefined>((first, next) => (first === undefined || next < first ? next : first), undefined);
}

/** The duty, and each that takes its place after a long leave. */
function withLeaves(duty: Duty, period: ChainPeriod, settings: DueSettings): readonly DueZrm[] {
  const dues: DueZrm[] = [];
  let current = duty;
  for (const leave of period.leaves) {
    const { until } = leave;
    const knownAt = reckonedFrom(leave.knownAt, leave.isImported, settings);
    if (until === undefined || !postpones(current, { ...leave, until }, settings)) continue;
    dues.push({ ...dueOf(duty.dueId, current, period, settings, { ...leave, until }), state: 'postponed' });
    current = {
      ...current,
      dueId: `${duty.dueId}:${leave.id}`,
      countedFrom: until,
      countedBy: 'return',
      dueOn: afterTerm(until, settings.returnTerm),
      knownAt: current.knownAt > knownAt ? current.knownAt : knownAt,
    };
  }
  return [...dues, dueOf(duty.dueId, current, period, settings)];
}

type EndedLeave = LeaveFact & { readonly until: CivilDate };

function postpones(duty: Duty, { from, until }: EndedLeave, settings: DueSettings): boolean {
  if (daysBetween(from, until) < settings.longLeaveNights || until <= duty.countedFrom) return false;
  const doneAt = doneAtOf(duty);
  if (doneAt !== undefined && doneAt < instantOf(until, '00:00')) return false;
  return duty.dueOn < afterTerm(until, settings.returnTerm);
}

function doneAtOf({ metAt, closedAt }: Duty): Date | undefined {
  return metAt !== undefined && closedAt !== undefined && closedAt < metAt ? closedAt : (metAt ?? closedAt);
}

function dueOf(dutyId: string, duty: Duty, period: ChainPeriod, settings: DueSettings, putOffBy?: EndedLeave): DueZrm {
  const { dueId, kind, countedFrom, countedBy, dueOn, metAt, knownAt } = duty;
  const { until: leftOn } = period.presence;
  const away = period.leaves.find(({ until }) => until === undefined);
  const awayFrom = (putOffBy ?? away)?.from;
  const doneAt = doneAtOf(duty);
  const steps = ladderOf({ dueId, dueOn, knownAt, doneAt, leftOn, leaves: period.leaves, putOffBy }, settings);
  const met = metAt !== undefined && metAt === doneAt;
  const state = met
    ? 'met'
    : doneAt !== undefined || leftOn !== undefined
      ? 'ended'
      : away === undefined
        ? 'open'
        : 'on-leave';
  return {
    dueId,
    dutyId,
    kind,
    state,
    countedFrom,
    countedBy,
    dueOn,
    ...(met ? { metOn: civilDateInAmsterdam(metAt) } : {}),
    ...(leftOn === undefined ? {} : { leftOn }),
    ...(doneAt === undefined || met ? {} : { closedOn: civilDateInAmsterdam(doneAt) }),
    ...(awayFrom === undefined ? {} : { awayFrom }),
    steps,
  };
}
