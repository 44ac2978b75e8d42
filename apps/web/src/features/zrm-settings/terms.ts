import type { DueSettings, LadderStep, Term } from '../../api/zrm-settings.js';
import { addDays } from '../../ui/dates.js';

/** A day so many calendar months later; in a shorter month its last day (31 August + 3 months = 30 November, domain.md §4). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Months first, then days, as the service counts. */
export function addTerm(date: string, { months = 0, days = 0 }: Term): string {
  return addDays(addMonths(date, months), days);
}

/** What the settings would do for one client who arrives on a day and has every ZRM filled in too late. */
export interface Example {
  readonly arrival: string;
  readonly dues: readonly {
    readonly kind: 'baseline' | 'target' | 'periodic';
    readonly dueOn: string;
    readonly steps: readonly { readonly step: LadderStep; readonly on: string }[];
  }[];
}

/** The dates of one arrival by the settings; of a ladder that is still being typed in order of its days. */
export function exampleOf(
  {
    intervalMonths,
    baselineTerm,
    targetTerm,
    ladder,
  }: Pick<DueSettings, 'intervalMonths' | 'baselineTerm' | 'targetTerm' | 'ladder'>,
  arrival: string,
): Example {
  const baseline = addTerm(arrival, baselineTerm);
  const steps = ladder.toSorted((a, b) => a.days - b.days);
  const due = (kind: Example['dues'][number]['kind'], dueOn: string): Example['dues'][number] => ({
    kind,
    dueOn,
    steps: steps.map((step) => ({ step, on: addDays(dueOn, step.days) })),
  });
  return {
    arrival,
    dues: [
      due('baseline', baseline),
      due('target', addTerm(arrival, targetTerm)),
      // Counted from the day of the ZRM before it.
      due('periodic', addMonths(baseline, intervalMonths)),
    ],
  };
}
