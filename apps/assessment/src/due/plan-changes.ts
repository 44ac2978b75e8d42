import type { DueZrm, ReminderStep } from '#contracts/assessment/due.js';

/** A reminder with an instant. */
export type PlannedStep = Extract<ReminderStep, { readonly state: 'planned' }>;

/** What differs between two plans of one client, for whoever wakes up for the reminders. */
export interface PlanChanges {
  readonly added: readonly PlannedStep[];
  readonly moved: readonly { readonly from: Date; readonly step: PlannedStep }[];
  readonly cancelled: readonly PlannedStep[];
}

/** What has to change when facts changed; nothing when they gave the same plan again. */
export function planChanges(before: readonly DueZrm[], after: readonly DueZrm[]): PlanChanges {
  const [old, now] = [plannedIn(before), plannedIn(after)];
  const moved = [...now.values()].flatMap((step) => {
    const from = old.get(step.stepId)?.at;
    return from === undefined || from.getTime() === step.at.getTime() ? [] : [{ from, step }];
  });
  return {
    added: [...now.values()].filter(({ stepId }) => !old.has(stepId)),
    moved,
    cancelled: [...old.values()].filter(({ stepId }) => !now.has(stepId)),
  };
}

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

function plannedIn(plan: readonly DueZrm[]): ReadonlyMap<string, PlannedStep> {
  const planned = plan.flatMap(({ steps }) => steps).filter((step) => step.state === 'planned');
  return new Map(planned.map((step) => [step.stepId, step]));
}
