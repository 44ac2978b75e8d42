import { fundingFrames, organisationKinds, placeKinds, zwaartes } from '#contracts/codes.js';

import type { StructureInput } from '../../api/places.js';
import { oneOf } from '../../ui/use-filters.js';
import type { StructureTask } from './structure-panel.js';

/** Fields of all parts of the structure; each part uses its own. */
export type StructureValues = Record<
  | 'name'
  | 'kind'
  | 'zwaarte'
  | 'fundingFrame'
  | 'representativePersonId'
  | 'address.street'
  | 'address.houseNumber'
  | 'address.postcode'
  | 'address.city'
  | 'openFrom'
  | 'closedFrom',
  string
>;

const ADDRESS = ['street', 'houseNumber', 'postcode', 'city'] as const;

/** The part that is changed; undefined when one is added. */
function partOf(task: StructureTask) {
  switch (task.of) {
    case 'organisation':
      return task.organisation;
    case 'location':
      return task.location;
    case 'cluster':
      return task.cluster;
    case 'place':
      return task.place;
  }
}

/** Where the request goes; without a version it is an addition. */
export function pathOf(task: StructureTask): { path: string; version: number | undefined } {
  const version = partOf(task)?.version;
  switch (task.of) {
    case 'organisation': {
      const own = task.organisation === undefined ? '' : `/${task.organisation.organisationId}`;
      return { path: `/v1/organisations${own}`, version };
    }
    case 'location':
      return task.location === undefined
        ? { path: `/v1/organisations/${task.organisation.organisationId}/locations`, version }
        : { path: `/v1/locations/${task.location.locationId}`, version };
    case 'cluster':
      return task.cluster === undefined
        ? { path: `/v1/locations/${task.location.locationId}/clusters`, version }
        : { path: `/v1/clusters/${task.cluster.clusterId}`, version };
    case 'place':
      return task.place === undefined
        ? { path: `/v1/clusters/${task.cluster.clusterId}/places`, version }
        : { path: `/v1/places/${task.place.placeId}`, version };
  }
}

export function requiredOf(task: StructureTask): (keyof StructureValues)[] {
  if (task.of === 'place') return ['name', 'kind', 'zwaarte', 'fundingFrame'];
  return task.of === 'organisation' && task.organisation === undefined ? ['name', 'kind'] : ['name'];
}

export function valuesOf(task: StructureTask): StructureValues {
  const part = partOf(task);
  const address = task.of === 'location' ? task.location?.address : undefined;
  const place = task.of === 'place' ? task.place : undefined;
  return {
    name: part?.name ?? '',
    kind: part !== undefined && 'kind' in part ? part.kind : '',
    zwaarte: place?.zwaarte ?? '',
    fundingFrame: place?.fundingFrame ?? '',
    representativePersonId: (task.of === 'cluster' ? task.cluster?.representativePersonId : undefined) ?? '',
    'address.street': address?.street ?? '',
    'address.houseNumber': address?.houseNumber ?? '',
    'address.postcode': address?.postcode ?? '',
    'address.city': address?.city ?? '',
    openFrom: place?.openFrom ?? '',
    closedFrom: part?.closedFrom ?? '',
  };
}

/** What is sent: for an addition what was filled in, for a change only what differs; null takes a value away. */
export function bodyOf(task: StructureTask, values: StructureValues): StructureInput {
  const before = valuesOf(task);
  const isNew = pathOf(task).version === undefined;
  const differs = (name: keyof StructureValues): boolean =>
    isNew ? values[name] !== '' : values[name] !== before[name];
  const orNull = (name: keyof StructureValues): string | null => (values[name] === '' ? null : values[name]);
  const body: StructureInput = {};
  if (differs('name')) body.name = values.name.trim();
  const kind = task.of === 'organisation' ? oneOf(organisationKinds, values.kind) : oneOf(placeKinds, values.kind);
  if (differs('kind') && kind !== undefined) body.kind = kind;
  const zwaarte = oneOf(zwaartes, values.zwaarte);
  if (differs('zwaarte') && zwaarte !== undefined) body.zwaarte = zwaarte;
  const fundingFrame = oneOf(fundingFrames, values.fundingFrame);
  if (differs('fundingFrame') && fundingFrame !== undefined) body.fundingFrame = fundingFrame;
  if (differs('representativePersonId')) body.representativePersonId = orNull('representativePersonId');
  if (ADDRESS.some((field) => differs(`address.${field}`))) body.address = addressOf(values);
  if (differs('openFrom')) body.openFrom = orNull('openFrom');
  if (differs('closedFrom')) body.closedFrom = orNull('closedFrom');
  return body;
}

function addressOf(values: StructureValues): StructureInput['address'] {
  const filled = ADDRESS.map((field) => [field, values[`address.${field}`].trim()] as const).filter(
    ([, text]) => text !== '',
  );
  return filled.length === 0 ? null : Object.fromEntries(filled);
}
