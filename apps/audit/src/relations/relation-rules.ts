import type { ClientRelations } from '#access/client-access-rules.js';
import type { ClientChanged, HousingSituationChanged } from '#contracts/registration/facts.js';

/** What one change tells of whom a client has to do with. */
export interface RelationPart {
  /** The change, or `registered`. */
  changeId: string;
  organisationIds: string[];
  clusterIds: string[];
}

/** Everything that was told of one client. */
export interface ToldOfClient {
  clientId: string;
  parts: readonly RelationPart[];
  /** Changes that were undone, in whatever order that was told. */
  undone: readonly string[];
}

/** What a change of the housing situation tells; undefined for one that only undoes another. */
export function partOfHousing(change: HousingSituationChanged): RelationPart | undefined {
  if (change.kind === 'cancellation') return undefined;
  return {
    changeId: change.changeId,
    organisationIds: present([change.organisationId, change.previousOrganisationId]),
    clusterIds: present([change.clusterId, change.previousClusterId]),
  };
}

/** What the registration of a client tells; undefined when no organisation registered the client. */
export function partOfRegistration({ organisationId }: ClientChanged): RelationPart | undefined {
  return organisationId === undefined
    ? undefined
    : { changeId: `registered-by-${organisationId}`, organisationIds: [organisationId], clusterIds: [] };
}

/** Whom the client has to do with, after what was undone is left out. */
export function relationsOf({ clientId, parts, undone }: ToldOfClient): ClientRelations {
  const valid = parts.filter(({ changeId }) => !undone.includes(changeId));
  return {
    clientId,
    relatedOrganisationIds: [...new Set(valid.flatMap(({ organisationIds }) => organisationIds))],
    relatedClusterIds: [...new Set(valid.flatMap(({ clusterIds }) => clusterIds))],
  };
}

function present(values: (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}
