import type { MeasurementKind, ZrmWorklist } from '#contracts/assessment/codes.js';

import type { ZrmClient, ZrmDue } from '../../api/zrm-lists.js';
import { addDays, today } from '../../ui/dates.js';

/** A list with a page of its own. */
export type PageList = Extract<ZrmWorklist, 'late' | 'due' | 'changed' | 'incomplete' | 'all'>;

const LISTS: Readonly<Record<string, PageList>> = {
  '/zrm': 'late',
  '/zrm/binnenkort': 'due',
  '/zrm/veranderd': 'changed',
  '/zrm/zonder': 'incomplete',
  '/zrm/iedereen': 'all',
};

/** The list that stands at an address of the app. */
export function listAt(pathname: string): PageList {
  return LISTS[pathname.replace(/\/+$/, '')] ?? 'late';
}

/** How far ahead the list of what comes soon can look, in days; otherwise as far as the region begins to remind. */
export const DAYS_AHEAD = ['31', '92'] as const;

/** Until when, of what stands in the address. */
export function dueBeforeOf(binnen: string | undefined): string | undefined {
  return DAYS_AHEAD.some((days) => days === binnen) ? addDays(today(), Number(binnen) + 1) : undefined;
}

/** What is to be done about a client: go on with what was begun, or begin what is expected first. */
export type NextStep =
  | { readonly step: 'go-on'; readonly kind: MeasurementKind; readonly measurementId: string }
  | { readonly step: 'begin'; readonly kind: MeasurementKind };

type Expected = Pick<ZrmDue, 'kind' | 'held'>;
type Waiting = Pick<ZrmClient, 'drafts' | 'lacks'> & { readonly due: readonly Expected[] };

/**
 * What who fills in does next; undefined when nothing is waited for. A draft of what is expected goes first, then any other
 * draft: it was begun with a reason.
 */
export function nextStepOf({ due, drafts, lacks }: Waiting): NextStep | undefined {
  const expected = expectedOf(due)?.kind ?? lacks[0];
  const draft = drafts.find(({ kind }) => kind === expected) ?? drafts[0];
  if (draft !== undefined) return { step: 'go-on', kind: draft.kind, measurementId: draft.measurementId };
  return expected === undefined ? undefined : { step: 'begin', kind: expected };
}

/** What is expected first; nothing while the client is away. */
export function expectedOf<Due extends Expected>(due: readonly Due[]): Due | undefined {
  return due.find(({ held }) => !held);
}
