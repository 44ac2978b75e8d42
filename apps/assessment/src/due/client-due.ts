import type { CivilDate } from '#calendar/civil-date.js';
import { daysBetween } from '#calendar/civil-date.js';
import { contains, type DateInterval } from '#calendar/date-interval.js';
import type { ZrmDue } from '#contracts/assessment/clients.js';
import type { DueZrm } from '#contracts/assessment/due.js';

/** A ZRM that is waited for. */
export type OpenDue = Pick<DueZrm, 'dueId' | 'kind' | 'dueOn' | 'countedBy' | 'countedFrom'>;

/**
 * What is waited for of a client: kept with the client, so that a list of who is late reads one document per client. It
 * knows no "now": what lies before a day is late on that day.
 */
export interface ClientDue {
  /** Soonest first. */
  readonly open: readonly OpenDue[];
  /** The client is away, and nobody knows until when (decision 24). */
  readonly held: boolean;
  /** The first date; null when nothing is expected: by this lists choose. */
  readonly firstOn: CivilDate | null;
}

/** Of a client of whom nothing is waited for. */
export const nothingDue: ClientDue = { open: [], held: false, firstOn: null };

/**
 * What a plan leaves to be filled in. Until a planned departure the client is there, and what falls due before it is
 * waited for.
 * @param last the last time in the chain
 */
export function clientDueOf(
  plan: readonly DueZrm[],
  last: DateInterval | undefined,
  leaves: readonly DateInterval[],
): ClientDue {
  const open = plan
    .filter((due) => isWaitedFor(due, last?.until))
    .map(({ dueId, kind, dueOn, countedBy, countedFrom }) => ({ dueId, kind, dueOn, countedBy, countedFrom }))
    .sort((a, b) => (`${a.dueOn} ${a.dueId}` < `${b.dueOn} ${b.dueId}` ? -1 : 1));
  const held = open.length > 0 && leaves.some(({ until }) => until === undefined || until === last?.until);
  return { open, held, firstOn: held ? null : (open[0]?.dueOn ?? null) };
}

function isWaitedFor({ state, dueOn, leftOn, closedOn }: DueZrm, departure: CivilDate | undefined): boolean {
  if (state === 'open' || state === 'on-leave') return true;
  return state === 'ended' && closedOn === undefined && leftOn === departure && leftOn !== undefined && dueOn < leftOn;
}

/** What is waited for on a day; nothing of who is not in the chain then. @param stays the last time in the chain */
export function dueOnDay(due: ClientDue | undefined, stays: DateInterval | undefined, today: CivilDate): ZrmDue[] {
  if (due === undefined || stays === undefined || !contains(stays, today)) return [];
  const { open, held } = due;
  return open.map(({ kind, dueOn, countedBy, countedFrom }) => {
    const daysLate = held ? 0 : Math.max(0, daysBetween(dueOn, today));
    return { kind, dueOn, countedBy, countedFrom, daysLate, held };
  });
}
