import { laterOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import type { DueKind } from '#contracts/assessment/codes.js';
import type { DueSettings, DueZrm } from '#contracts/assessment/due.js';
import { institutionOn, type KnownPresence, institutionsIn } from '../directory/known-client.js';
import { chainPeriods, type DueFacts, type MeasurementFact } from './due-facts.js';
import { planDue } from './due-plan.js';
import { instantOf } from './instants.js';

/** A ZRM that fell due, or will, with what became of it. It knows no "now": whoever reads it says as of which day. */
export interface DueMoment {
  readonly kind: DueKind;
  /** By the settings that held on that day. */
  readonly dueOn: CivilDate;
  /** Where the client stayed on that day. */
  readonly organisationId: string;
  /** The day on which it was filled in. */
  readonly metOn?: CivilDate;
  /** From this day on it is not waited for any more, though nobody filled it in. */
  readonly lapsedOn?: CivilDate;
}

/** A time of a client at one institution, with since when they have had a baseline and a target since their arrival. */
export interface InstitutionTime {
  readonly organisationId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly baselineOn?: CivilDate;
  readonly targetOn?: CivilDate;
}

/** What figures of timeliness follow from, of one client. */
export interface DueHistory {
  readonly moments: readonly DueMoment[];
  readonly times: readonly InstitutionTime[];
}

/** Settings with the day on which they began to hold. */
export interface SettingsSpan {
  readonly settings: DueSettings;
  readonly from: CivilDate;
}

/** When which settings held, oldest first, as far as dates follow from them: other reminders change no date. */
export function settingsSpans(
  versions: readonly { readonly settings: DueSettings; readonly changedAt: Date }[],
): readonly SettingsSpan[] {
  return versions
    .filter(({ settings }, index) => datesOf(settings) !== datesOf(versions[index - 1]?.settings))
    .map(({ settings, changedAt }) => ({ settings, from: civilDateInAmsterdam(changedAt) }));
}

function datesOf(settings: DueSettings | undefined): string {
  if (settings === undefined) return '';
  const { intervalMonths, baselineTerm, targetTerm, longLeaveNights, returnTerm } = settings;
  return JSON.stringify([intervalMonths, baselineTerm, targetTerm, longLeaveNights, returnTerm]);
}

/**
 * What fell due when, at which institution, and what became of it: a pure function of the facts and of all settings that
 * ever held. The definitions stand in docs/decisions/0032-zrm-worklists-and-timeliness.md:
 *
 * - The date is that of the settings that held on it. New settings that put it into the past make it due on the day on
 *   which they began to hold: nobody is late by a rule that was not there yet.
 * - It counts where the client stayed on that date. Who had left by then, or was away in a leave that put it off, owed
 *   nothing. One that fell due before such a leave began, counts as no longer waited for from the leave on.
 * - A ZRM from a file was filled in elsewhere, on the day that it is about; when it was imported says nothing.
 * @param spans oldest first
 */
export function dueHistory(
  given: DueFacts,
  presence: readonly KnownPresence[],
  spans: readonly SettingsSpan[],
): DueHistory {
  const facts = { ...given, measurements: given.measurements.map(asFilledIn) };
  const moments = new Map<string, DueMoment>();
  const decided = new Set<string>();
  for (const [index, { settings, from }] of spans.entries()) {
    const end = spans[index + 1]?.from;
    for (const due of planDue(facts, settings)) {
      const dueOn = laterOf(due.dueOn, from);
      if (decided.has(due.dutyId) || (end !== undefined && dueOn >= end)) continue;
      if (due.state !== 'postponed') decided.add(due.dutyId);
      const organisationId = institutionOn(presence, dueOn);
      if (moments.has(due.dueId) || organisationId === undefined || !fellDue(due, dueOn)) continue;
      moments.set(due.dueId, { kind: due.kind, dueOn, organisationId, ...endOf(due) });
    }
  }
  const inOrder = [...moments].sort(([a, { dueOn: on }], [b, { dueOn: other }]) => {
    return `${on} ${a}` < `${other} ${b}` ? -1 : 1;
  });
  return { moments: inOrder.map(([, moment]) => moment), times: timesOf(facts, presence) };
}

/** A ZRM with the instant that counts as that of filling it in. */
function asFilledIn(measurement: MeasurementFact): MeasurementFact {
  const { isImported = false, date } = measurement;
  return isImported ? { ...measurement, submittedAt: instantOf(date, '12:00') } : measurement;
}

/** Whether the client was there to fill it in for when its date came. */
function fellDue({ state, leftOn, closedOn, awayFrom }: DueZrm, dueOn: CivilDate): boolean {
  if (leftOn !== undefined && leftOn <= dueOn) return false;
  if (closedOn !== undefined && closedOn <= dueOn) return false;
  const isAway = (state === 'postponed' || state === 'on-leave') && awayFrom !== undefined;
  return !isAway || dueOn < awayFrom;
}

function endOf({ state, metOn, leftOn, closedOn, awayFrom }: DueZrm): Pick<DueMoment, 'metOn' | 'lapsedOn'> {
  if (metOn !== undefined) return { metOn };
  const ends = [leftOn, closedOn, ...(state === 'postponed' ? [awayFrom] : [])].filter((day) => day !== undefined);
  const [lapsedOn] = ends.sort();
  return lapsedOn === undefined ? {} : { lapsedOn };
}

function timesOf(facts: DueFacts, presence: readonly KnownPresence[]): readonly InstitutionTime[] {
  const periods = chainPeriods(facts);
  return presence.flatMap((stay) => {
    const period = periods.findLast(({ presence: { from } }) => from <= stay.from);
    const baselineOn = firstOf(period?.observations.filter(({ kind }) => kind === 'baseline'));
    const targetOn = firstOf(period?.targets);
    const known = {
      ...(baselineOn === undefined ? {} : { baselineOn }),
      ...(targetOn === undefined ? {} : { targetOn }),
    };
    return institutionsIn(stay).map((time) => ({ ...time, ...known }));
  });
}

/** The day on which the first of them was submitted. */
function firstOf(measurements: readonly MeasurementFact[] = []): CivilDate | undefined {
  const [first] = measurements.map(({ submittedAt }) => submittedAt.getTime()).sort((a, b) => a - b);
  return first === undefined ? undefined : civilDateInAmsterdam(new Date(first));
}
