import type { DueZrm, ReminderStep } from '#contracts/assessment/due.js';

/** A reminder with an instant. */
export type PlannedStep = Extract<ReminderStep, { readonly state: 'planned' }>;

/** The reminders of which the time has come. */
export interface DueNow {
  /** To be sent now. */
  readonly send: readonly PlannedStep[];
  /** Never to be sent: a later step of the same ladder was sent already, or is sent now. */
  readonly overtaken: readonly PlannedStep[];
}

/**
 * The reminders that go out at an instant, given which ones went out before. Asked again with those marked as sent, it
 * gives nothing; after an outage it gives of each ladder the last step only.
 */
export function dueNow(plan: readonly DueZrm[], now: Date, sent: ReadonlySet<string>): DueNow {
  const send: PlannedStep[] = [];
  const overtaken: PlannedStep[] = [];
  for (const { steps } of plan) {
    const lastSent = steps.findLastIndex(({ stepId }) => sent.has(stepId));
    const passed = steps.flatMap((step, index) =>
      step.state === 'planned' && step.at <= now && !sent.has(step.stepId) ? [{ step, index }] : [],
    );
    const last = passed.at(-1);
    for (const { step, index } of passed) {
      if (index === last?.index && index > lastSent) send.push(step);
      else overtaken.push(step);
    }
  }
  return { send, overtaken };
}
