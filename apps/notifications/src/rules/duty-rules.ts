import type { MeldingDuty, RecipientRelation } from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';

/** The clusters that an event or part names. */
export type NamedClusters = Pick<MeldingPart, 'clusterId' | 'previousClusterId' | 'otherClusterIds'>;

/** Every cluster that an event or part names, once. */
export function clustersOf({ clusterId, previousClusterId, otherClusterIds = [] }: NamedClusters): string[] {
  const all = [clusterId, previousClusterId, ...otherClusterIds];
  return [...new Set(all.filter((id) => id !== undefined))];
}

/** The clusters that an event touches beside the one where the client is now. */
export function clustersOfBefore({ clusterId, previousClusterId, otherClusterIds = [] }: NamedClusters): string[] {
  return clustersOf({ otherClusterIds, ...(previousClusterId === undefined ? {} : { previousClusterId }) }).filter(
    (id) => id !== clusterId,
  );
}

/** What somebody who is reached by a relation answers for; without `of` everything that the relation stands for. */
export function dutiesBy(relation: RecipientRelation, about: NamedClusters, of?: string): MeldingDuty[] {
  const before = of === undefined ? clustersOfBefore(about) : [of];
  switch (relation) {
    case 'regisseur-of-cluster':
    case 'regisseur-of-client':
      return ['guard'];
    case 'regisseur-of-previous-cluster':
      return before.map((clusterId) => `guard-before:${clusterId}` as const);
    case 'representative-of-place':
      return about.clusterId === undefined ? [] : [`represent:${about.clusterId}`];
    case 'representative-of-previous-place':
      return before.map((clusterId) => `represent:${clusterId}` as const);
    case 'coordinator':
      return ['coordinate'];
  }
}

/** What the recipient answers for in a part; of parts of before duties were noted only what the relation says. */
export function dutiesOf(part: NamedClusters & Pick<MeldingPart, 'duties' | 'because'>): readonly MeldingDuty[] {
  if (part.duties) return part.duties;
  const { because } = part;
  switch (because) {
    case 'replacement':
    case 'absence-over':
    case 'fallback':
    case 'unassigned':
    case 'handed-over':
    case 'escalation':
      return [];
    default:
      return dutiesBy(because, part);
  }
}
