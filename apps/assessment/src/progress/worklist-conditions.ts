import type { VisibleClients } from '#access/client-access-rules.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { ProgressFindingKind, ZrmWorklist } from '#contracts/assessment/codes.js';
import type { ClientRecord } from '../directory/clients.repository.js';

/** A condition in MongoDB's query language. */
type Condition = Record<string, unknown>;

/** Late is what was due before today; due is what comes from today on, before a day. */
export interface DueWindow {
  readonly today: CivilDate;
  readonly dueBefore: CivilDate;
}

/** A list, narrowed as somebody asks. */
export interface ListChoice {
  readonly list: ZrmWorklist;
  readonly finding?: ProgressFindingKind | undefined;
  readonly organisationId?: string | undefined;
  readonly clusterId?: string | undefined;
}

/** Which clients of a list the caller sees, or undefined when it is nobody. */
export function conditionsFor(
  query: ListChoice,
  visible: VisibleClients,
  window: DueWindow,
): readonly Condition[] | undefined {
  const relations = [
    ...(visible.organisationId === undefined ? [] : [{ 'known.relatedOrganisationIds': visible.organisationId }]),
    ...(visible.clusterIds.length === 0 ? [] : [{ 'known.relatedClusterIds': { $in: visible.clusterIds } }]),
    ...(visible.clientIds.length === 0 ? [] : [{ _id: { $in: visible.clientIds } }]),
  ];
  if (relations.length === 0) return undefined;
  const { organisationId, clusterId } = query;
  return [
    { $or: relations },
    ...(organisationId === undefined ? [] : [{ 'standing.place.organisationId': organisationId }]),
    ...(clusterId === undefined ? [] : [{ 'standing.place.clusterId': clusterId }]),
    ...listed(query, window),
  ];
}

function listed({ list, finding }: Pick<ListChoice, 'list' | 'finding'>, { today, dueBefore }: DueWindow): Condition[] {
  switch (list) {
    case 'late':
      // `null` is no text: who is expected nothing of does not come before every day.
      return [{ 'due.firstOn': { $gt: '', $lt: today } }];
    case 'due':
      return [{ 'due.firstOn': { $gte: today, $lt: dueBefore } }];
    case 'changed':
      return [{ 'standing.findings.kind': finding ?? { $exists: true } }];
    case 'incomplete':
      return [{ 'standing.lacks': { $in: ['baseline', 'target'] } }];
    case 'no-baseline':
      return [{ 'standing.lacks': 'baseline' }];
    case 'no-target':
      return [{ 'standing.lacks': 'target' }];
    case 'all':
      return [];
  }
}

type ListOf = Pick<ListChoice, 'list'>;

/** The order of a list: the earliest date first, the newest ZRM first where it is about those, else who is in the chain longest. */
export function orderOf({ list }: ListOf): { readonly field: string; readonly direction: 1 | -1 } {
  switch (list) {
    case 'late':
    case 'due':
      return { field: 'due.firstOn', direction: 1 };
    case 'changed':
      return { field: 'standing.latest.date', direction: -1 };
    case 'incomplete':
    case 'no-baseline':
    case 'no-target':
    case 'all':
      return { field: 'standing.place.since', direction: 1 };
  }
}

/** Where a client stands in a list, by its order. */
export function positionOf({ known, standing, due }: ClientRecord, { list }: ListOf): { id: string; value?: string } {
  const id = known.clientId;
  const value = valueIn();
  return value === undefined ? { id } : { id, value };

  function valueIn(): string | undefined {
    switch (list) {
      case 'late':
      case 'due':
        return due?.firstOn ?? undefined;
      case 'changed':
        return standing.latest?.date;
      case 'incomplete':
      case 'no-baseline':
      case 'no-target':
      case 'all':
        return standing.place?.since;
    }
  }
}
