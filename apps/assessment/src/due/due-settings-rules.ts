import type { DueSettings, LadderStep, Term, UpdateDueSettings } from '#contracts/assessment/due.js';
import { Refusal } from '#contracts/refusal.js';

const TERMS = ['baselineTerm', 'targetTerm', 'returnTerm'] as const;

/**
 * The settings after a change; what it does not name stays.
 * @throws Refusal `due-term-empty`, `due-ladder-order`, `due-step-twice`, each at its field; `due-settings-same`
 */
export function changedSettings(before: DueSettings, change: UpdateDueSettings): DueSettings {
  const { expectedVersion: _version, ...fields } = change;
  const after: DueSettings = { ...before, ...given(fields) };
  for (const field of TERMS) if (isEmpty(after[field])) throw Refusal.of('due-term-empty', { fields: [field] });
  mustBeLadder(after.ladder);
  if (saying(after) === saying(before)) throw Refusal.of('due-settings-same');
  return after;
}

function mustBeLadder(ladder: readonly LadderStep[]): void {
  const twice = ladder.find(({ step }, index) => ladder.findIndex((one) => one.step === step) !== index);
  if (twice) throw Refusal.of('due-step-twice', { params: { step: twice.step }, fields: ['ladder'] });
  const isOrdered = ladder.every(({ days }, index) => days > (ladder[index - 1]?.days ?? -Infinity));
  if (!isOrdered) throw Refusal.of('due-ladder-order', { fields: ['ladder'] });
}

function isEmpty({ months = 0, days = 0 }: Term): boolean {
  return months + days === 0;
}

/** The fields that were given; class instances become plain objects, as they are stored. */
function given(fields: Omit<UpdateDueSettings, 'expectedVersion'>): Partial<DueSettings> {
  const ladder = fields.ladder?.map(({ step, days, audience }) => ({ step, days, audience }));
  const plain = { ...fields, ladder };
  return Object.fromEntries(Object.entries(plain).filter((entry: [string, unknown]) => entry[1] !== undefined));
}

function saying(settings: DueSettings): string {
  const term = ({ months = 0, days = 0 }: Term) => [months, days];
  const { intervalMonths, longLeaveNights, remindAt, ladder } = settings;
  const steps = ladder.map(({ step, days, audience }) => [step, days, [...audience].sort()]);
  return JSON.stringify([
    intervalMonths,
    longLeaveNights,
    remindAt,
    TERMS.map((field) => term(settings[field])),
    steps,
  ]);
}
