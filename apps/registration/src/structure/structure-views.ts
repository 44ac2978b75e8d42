import type {
  ClusterSummary,
  LocationSummary,
  OrganisationSummary,
  PlaceSummary,
} from '#contracts/registration/structure-shapes.js';
import type { PlaceDocument } from './place.schema.js';
import type { ClusterDocument, LocationDocument, OrganisationDocument } from './structure.schema.js';

/** Documents of the structure as they are shown. */

export function organisationView(document: OrganisationDocument): OrganisationSummary {
  const { _id, name, kind, closedFrom, version } = document;
  return { organisationId: _id, name, kind, ...(closedFrom ? { closedFrom } : {}), version };
}

export function locationView(document: LocationDocument): LocationSummary {
  const { _id, organisationId, name, address, closedFrom, version } = document;
  return {
    locationId: _id,
    organisationId,
    name,
    ...(address ? { address } : {}),
    ...(closedFrom ? { closedFrom } : {}),
    version,
  };
}

/** @param representativeName absent when nobody represents it */
export function clusterView(document: ClusterDocument, representativeName: string | undefined): ClusterSummary {
  const { _id, locationId, organisationId, name, representativePersonId, closedFrom, version } = document;
  return {
    clusterId: _id,
    locationId,
    organisationId,
    name,
    ...(representativePersonId ? { representativePersonId } : {}),
    ...(representativeName ? { representativeName } : {}),
    ...(closedFrom ? { closedFrom } : {}),
    version,
  };
}

export function placeView(document: Omit<PlaceDocument, 'ledger'>): PlaceSummary {
  const { _id, clusterId, locationId, organisationId, label, kind, zwaarte, fundingFrame, version } = document;
  const { openFrom, closedFrom } = document;
  return {
    placeId: _id,
    clusterId,
    locationId,
    organisationId,
    name: label,
    kind,
    zwaarte,
    fundingFrame,
    ...(openFrom ? { openFrom } : {}),
    ...(closedFrom ? { closedFrom } : {}),
    version,
  };
}
