import { parseCivilDate } from '#calendar/civil-date.js';
import type { MeasurementKind } from '#contracts/assessment/codes.js';
import type { DueSettings, DueZrm } from '#contracts/assessment/due.js';
import { defaultDueSettings } from './default-settings.js';
import type { DueFacts, LeaveFact, MeasurementFact, PresenceFact } from './due-facts.js';
import { planDue } from './due-plan.js';

export const d = parseCivilDate;
export const instant = (text: string): Date => new Date(text.includes('T') ? text : `${text}T06:00:00Z`);

/** A time in the chain; known on the morning of the arrival, if nothing else is said. */
export function stay(from: string, until?: string, knownAt = from): PresenceFact {
  const end = until === undefined ? {} : { until: d(until) };
  return { id: `stay ${from}`, version: 1, from: d(from), ...end, knownAt: instant(knownAt) };
}

export function leave(from: string, until?: string, knownAt = until ?? from): LeaveFact {
  const end = until === undefined ? {} : { until: d(until) };
  return {
    id: `leave ${from}`,
    version: until === undefined ? 1 : 2,
    from: d(from),
    ...end,
    knownAt: instant(knownAt),
  };
}

export function zrm(kind: MeasurementKind, date: string, submittedAt = `${date}T12:00:00Z`): MeasurementFact {
  return { id: `${kind} ${date}`, version: 1, kind, date: d(date), submittedAt: instant(submittedAt) };
}

type Fact = PresenceFact | LeaveFact | MeasurementFact;

/** Facts of one client, told apart by their names. */
export function facts(...all: readonly Fact[]): DueFacts {
  return {
    presence: all.filter((fact): fact is PresenceFact => fact.id.startsWith('stay ')),
    leaves: all.filter((fact): fact is LeaveFact => fact.id.startsWith('leave ')),
    measurements: all.filter((fact): fact is MeasurementFact => 'kind' in fact),
  };
}

export function plan(all: DueFacts, settings: DueSettings = defaultDueSettings): readonly DueZrm[] {
  return planDue(all, settings);
}

/** The plan as lines: what is due when, and each step with its instant or why it is not sent. */
export function lines(dues: readonly DueZrm[], kind?: DueZrm['kind']): readonly string[] {
  return dues
    .filter((due) => kind === undefined || due.kind === kind)
    .map(({ kind: what, state, dueOn, steps }) => {
      const told = steps.map((step) => {
        const when = step.state === 'planned' ? step.at.toISOString().slice(0, 16) : step.state;
        return `${step.step} ${step.state === 'cancelled' ? step.because : when}`;
      });
      return [`${what} ${dueOn} ${state}`, ...told].join('; ');
    });
}
