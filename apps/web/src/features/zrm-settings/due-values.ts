import type { ReminderAudience } from '#contracts/assessment/codes.js';

import type { DueSettings, LadderStep, Term } from '../../api/zrm-settings.js';

/** One step of the ladder in the form: so many days, before or after. */
export interface StepValues {
  readonly step: string;
  readonly days: string;
  readonly side: 'before' | 'after';
  readonly audience: readonly ReminderAudience[];
}

/** A term in the form. */
export interface TermValues {
  readonly months: string;
  readonly days: string;
}

/** The settings as they stand in the form: numbers may be half typed. */
export interface DueValues {
  readonly intervalMonths: string;
  readonly baselineTerm: TermValues;
  readonly targetTerm: TermValues;
  readonly longLeaveNights: string;
  readonly returnTerm: TermValues;
  readonly remindAt: string;
  readonly ladder: readonly StepValues[];
}

/** The form of the settings that hold. */
export function valuesOf(settings: DueSettings): DueValues {
  const term = ({ months = 0, days = 0 }: Term): TermValues => ({ months: String(months), days: String(days) });
  return {
    intervalMonths: String(settings.intervalMonths),
    baselineTerm: term(settings.baselineTerm),
    targetTerm: term(settings.targetTerm),
    longLeaveNights: String(settings.longLeaveNights),
    returnTerm: term(settings.returnTerm),
    remindAt: settings.remindAt,
    ladder: settings.ladder.map(({ step, days, audience }) => ({
      step,
      days: String(Math.abs(days)),
      side: days < 0 ? 'before' : 'after',
      audience,
    })),
  };
}

/** A step that was not there; reminders that were sent are known by its code, so that it is a new one. */
export function newStep(code: string): StepValues {
  return { step: `step-${code}`, days: '21', side: 'after', audience: ['clientmanager'] };
}

/** What is sent, the ladder in order of days. What is no number is sent as none, and refused at its field. */
export function settingsOf(values: DueValues): DueSettings {
  const term = ({ months, days }: TermValues): Term => ({ months: numberOf(months), days: numberOf(days) });
  const stepOf = ({ step, days, side, audience }: StepValues): LadderStep => {
    const number = numberOf(days);
    return { step, days: side === 'before' && number !== 0 ? -number : number, audience: [...audience] };
  };
  return {
    intervalMonths: numberOf(values.intervalMonths),
    baselineTerm: term(values.baselineTerm),
    targetTerm: term(values.targetTerm),
    longLeaveNights: numberOf(values.longLeaveNights),
    returnTerm: term(values.returnTerm),
    remindAt: values.remindAt.trim(),
    ladder: values.ladder.map(stepOf).sort((a, b) => a.days - b.days),
  };
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Whether every number can be reckoned with, so that an example can be shown. */
export function isReckonable({ intervalMonths, baselineTerm, targetTerm, ladder }: DueSettings): boolean {
  const numbers = [
    intervalMonths,
    ...[baselineTerm, targetTerm].flatMap(({ months = 0, days = 0 }) => [months, days]),
    ...ladder.map(({ days }) => days),
  ];
  return numbers.every((number) => Number.isInteger(number) && Math.abs(number) < 1_000);
}
