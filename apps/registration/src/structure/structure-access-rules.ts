import type { Caller } from '#contracts/caller.js';

/** Who sees what of organisations and places (domain.md §2): no client data, so without a log. */

/** Identifiers, or everything. */
export type Sight = 'all' | readonly string[];

/** Organisations whose name and kind a caller sees: an institution and its systems only the own one. */
export function seesOrganisation(caller: Caller): Sight {
  if (caller.roles.some((role) => role === 'beheerder' || role === 'trajectregisseur' || role === 'beleid'))
    return 'all';
  return caller.organisationId === undefined ? [] : [caller.organisationId];
}

/** Clusters of an organisation that a caller sees: a regisseur those of the caseload. */
export function clustersInSight(caller: Caller, organisationId: string): Sight {
  if (caller.roles.some((role) => role === 'beheerder' || role === 'beleid')) return 'all';
  const own = caller.organisationId === organisationId;
  if (own && (caller.kind === 'system' || caller.roles.includes('clientmanager'))) return 'all';
  return caller.roles.includes('trajectregisseur') ? caller.clusterIds : [];
}
