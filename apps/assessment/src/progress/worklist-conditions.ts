import type { VisibleClients } from '#access/client-access-rules.js';
import type { ListZrmClients } from '#contracts/assessment/clients.js';

/** A condition in MongoDB's query language. */
type Condition = Record<string, unknown>;

/** Which clients of a list the caller sees, or undefined when it is nobody. */
export function conditionsFor(query: ListZrmClients, visible: VisibleClients): readonly Condition[] | undefined {
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
    ...listed(query),
  ];
}

function listed({ list, finding }: ListZrmClients): Condition[] {
  switch (list) {
    case 'changed':
      return [{ 'standing.findings.kind': finding ?? { $exists: true } }];
    case 'no-baseline':
      return [{ 'standing.lacks': 'baseline' }];
    case 'no-target':
      return [{ 'standing.lacks': 'target' }];
    case 'all':
      return [];
  }
}

/** The order of a list: the newest ZRM first where it is about those, else who is in the chain longest. */
export function orderOf({ list }: ListZrmClients): { readonly field: string; readonly direction: 1 | -1 } {
  return list === 'changed'
    ? { field: 'standing.latest.date', direction: -1 }
    : { field: 'standing.place.since', direction: 1 };
}
