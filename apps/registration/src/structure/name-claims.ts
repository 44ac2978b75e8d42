import type { Claim } from '#persistence/claims.js';
import type { PlaceDocument } from './place.schema.js';
import type { ClusterDocument, LocationDocument, OrganisationDocument } from './structure.schema.js';

/** Names and labels that are unique within what they are a part of, as they are compared. */

export function organisationClaim({ _id, nameKey }: Pick<OrganisationDocument, '_id' | 'nameKey'>): Claim {
  return { kind: 'organisation-name', value: nameKey, holder: _id };
}

export function locationClaim(location: Pick<LocationDocument, '_id' | 'nameKey' | 'organisationId'>): Claim {
  return { kind: 'location-name', value: within(location.organisationId, location.nameKey), holder: location._id };
}

export function clusterClaim(cluster: Pick<ClusterDocument, '_id' | 'nameKey' | 'locationId'>): Claim {
  return { kind: 'cluster-name', value: within(cluster.locationId, cluster.nameKey), holder: cluster._id };
}

export function placeClaim(place: Pick<PlaceDocument, '_id' | 'labelKey' | 'clusterId'>): Claim {
  return { kind: 'place-label', value: within(place.clusterId, place.labelKey), holder: place._id };
}

function within(parentId: string, key: string): string {
  return `${parentId}:${key}`;
}
