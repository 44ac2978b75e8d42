import type { Caller } from '#contracts/caller.js';
import type { AccessGround } from './protected.js';

/** What a client has to do with organisations and clusters, as kept with the client. */
export interface ClientRelations {
  clientId: string;
  /** Organisations that registered or housed the client, or have a place reserved. */
  relatedOrganisationIds: readonly string[];
  /** Clusters of places where the client stays, stayed or is expected. */
  relatedClusterIds: readonly string[];
}

/**
 * On which ground a caller may see and change a client (domain.md §2, Sees), or undefined: then the client does not exist
 * for the caller. Roles that are not named here have no ground; an operator (`beheerder`) never has one, and `beleid`
 * gets aggregates only.
 *
 * Clients of a replaced colleague are in the caller's own `clusterIds` and `clientIds`; they count as own caseload.
 */
export function groundFor(caller: Caller, client: ClientRelations): AccessGround | undefined {
  const ofOwnOrganisation =
    caller.organisationId !== undefined && client.relatedOrganisationIds.includes(caller.organisationId);
  switch (caller.kind) {
    case 'system':
      return ofOwnOrganisation ? 'system-delivery' : undefined;
    case 'person':
      if (caller.roles.includes('clientmanager') && ofOwnOrganisation) return 'own-institution';
      return caller.roles.includes('trajectregisseur') && isInCaseload(caller, client) ? 'own-caseload' : undefined;
    case 'service':
      return undefined;
  }
}

function isInCaseload(caller: Caller, client: ClientRelations): boolean {
  return (
    caller.clientIds.includes(client.clientId) ||
    client.relatedClusterIds.some((clusterId) => caller.clusterIds.includes(clusterId))
  );
}

/** The same rule as a question to a database: a client matches when one of the parts does; nobody when all are empty. */
export interface VisibleClients {
  organisationId?: string;
  clusterIds: readonly string[];
  clientIds: readonly string[];
}

/** Which clients a caller sees at all; `groundFor` gives a ground exactly for these. */
export function visibleClients(caller: Caller): VisibleClients {
  const nobody: VisibleClients = { clusterIds: [], clientIds: [] };
  const organisation = caller.organisationId === undefined ? {} : { organisationId: caller.organisationId };
  switch (caller.kind) {
    case 'system':
      return { ...nobody, ...organisation };
    case 'person': {
      const regisseur = caller.roles.includes('trajectregisseur');
      return {
        ...(caller.roles.includes('clientmanager') ? organisation : {}),
        clusterIds: regisseur ? caller.clusterIds : [],
        clientIds: regisseur ? caller.clientIds : [],
      };
    }
    case 'service':
      return nobody;
  }
}
