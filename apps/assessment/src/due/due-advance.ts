import { startOfDayInAmsterdam } from '#calendar/time-zone.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DueKind, DueSettlement } from '#contracts/assessment/codes.js';
import type { DueZrm } from '#contracts/assessment/due.js';
import { dueNow, type PlannedStep } from './due-now.js';

/** A ZRM of which somebody was reminded. */
export interface Reminded {
  readonly dueId: string;
  readonly kind: DueKind;
  readonly dueOn: CivilDate;
  /** The reminders that went out. */
  readonly stepIds: readonly string[];
  /** Told that it is no longer waited for. */
  readonly settled?: DueSettlement;
}

/** What went out for a client, and what never will. */
export interface DueMemory {
  readonly reminded: readonly Reminded[];
  /** Reminders in whose place a later one went out, or that lie before a change of the settings. */
  readonly passed: readonly string[];
}

export const nothingTold: DueMemory = { reminded: [], passed: [] };

const LATER = new Date(8_640_000_000_000_000);

/** What there is to tell at an instant, and when to look again. */
export interface DueAdvance {
  readonly send: readonly { readonly due: DueZrm; readonly step: PlannedStep }[];
  readonly settle: readonly (Reminded & { readonly settled: DueSettlement })[];
  readonly memory: DueMemory;
  /** The next instant at which something may have to be told. */
  readonly next: Date | undefined;
}

/** What a plan demands at an instant, given what was told before. Asked again with the memory that it gives: nothing. */
export function advance(plan: readonly DueZrm[], memory: DueMemory, now: Date): DueAdvance {
  const isOver = (due: DueZrm): boolean => (settlementOf(due)?.at ?? LATER) <= now;
  const { send: steps, overtaken } = dueNow(
    plan.filter((due) => !isOver(due)),
    now,
    goneIn(memory),
  );
  const send = plan.flatMap((due) => steps.flatMap((step) => (due.steps.includes(step) ? [{ due, step }] : [])));
  const told = send.reduce((list, { due, step }) => noteSent(list, due, step), memory.reminded);
  const byId = new Map(plan.map((due) => [due.dueId, due]));
  const reminded = told.map((one) => settledBy(one, byId.get(one.dueId), now));
  const before = new Map(memory.reminded.map(({ dueId, settled }) => [dueId, settled]));
  const settle = reminded.flatMap((one) =>
    one.settled !== undefined && before.get(one.dueId) === undefined ? [{ ...one, settled: one.settled }] : [],
  );
  // After an outage: nobody is reminded of what was done or lapsed meanwhile.
  const lapsed = passOver(plan.filter(isOver), memory, now).passed;
  const after = { reminded, passed: [...lapsed, ...overtaken.map(({ stepId }) => stepId)] };
  return { send, settle, memory: after, next: nextInstant(plan, after, now) };
}

/** When something has to be told for the first time, or what was passed by meanwhile. */
export function nextInstant(plan: readonly DueZrm[], memory: DueMemory, now: Date): Date | undefined {
  const gone = goneIn(memory);
  const steps = plan
    .flatMap((due) => due.steps)
    .flatMap((step) => {
      return step.state === 'planned' && !gone.has(step.stepId) ? [step.at] : [];
    });
  const open = new Set(memory.reminded.flatMap(({ dueId, settled }) => (settled === undefined ? [dueId] : [])));
  const ends = plan.flatMap((due) => {
    const end = open.has(due.dueId) ? settlementOf(due) : undefined;
    return end !== undefined && end.at > now ? [end.at] : [];
  });
  return [...steps, ...ends].reduce<Date | undefined>((first, at) => (!first || at < first ? at : first), undefined);
}

/** The memory in which what a plan has before an instant is never sent any more: after a change of the settings. */
export function passOver(plan: readonly DueZrm[], memory: DueMemory, now: Date): DueMemory {
  const gone = goneIn(memory);
  const before = plan
    .flatMap((due) => due.steps)
    .flatMap((step) => {
      return step.state === 'planned' && step.at <= now && !gone.has(step.stepId) ? [step.stepId] : [];
    });
  return { ...memory, passed: [...memory.passed, ...before] };
}

function goneIn({ reminded, passed }: DueMemory): ReadonlySet<string> {
  return new Set([...reminded.flatMap(({ stepIds }) => stepIds), ...passed]);
}

function noteSent(reminded: readonly Reminded[], due: DueZrm, { stepId }: PlannedStep): readonly Reminded[] {
  const { dueId, kind, dueOn } = due;
  const known = reminded.find((one) => one.dueId === dueId);
  if (!known) return [...reminded, { dueId, kind, dueOn, stepIds: [stepId] }];
  return reminded.map((one) => (one === known ? { ...one, dueOn, stepIds: [...one.stepIds, stepId] } : one));
}

/** Settled, or, when it is waited for again after all, no longer so. */
function settledBy(one: Reminded, due: DueZrm | undefined, now: Date): Reminded {
  const { settled: before, ...open } = one;
  const end = due === undefined ? { because: 'withdrawn' as const, at: now } : settlementOf(due);
  if (end === undefined || end.at > now) return open;
  return { ...open, settled: before ?? end.because };
}

/** When and why it is no longer waited for; undefined while nobody knows. */
function settlementOf({ state, leftOn, closedOn }: DueZrm): { because: DueSettlement; at: Date } | undefined {
  const known = new Date(0);
  switch (state) {
    case 'open':
    case 'on-leave':
      return undefined;
    case 'met':
      return { because: 'filled-in', at: known };
    case 'postponed':
      return { because: 'postponed', at: known };
    case 'ended':
      if (closedOn !== undefined) return { because: 'final', at: known };
      return leftOn === undefined ? undefined : { because: 'left', at: startOfDayInAmsterdam(leftOn) };
  }
}
