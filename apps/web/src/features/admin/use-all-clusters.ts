import { useQueries } from '@tanstack/react-query';

import { organisationQuery } from '../../api/places.js';
import { useInstitutions } from '../../app/use-institutions.js';

/** A cluster to choose, with where it is. */
export interface ClusterChoice {
  clusterId: string;
  name: string;
  where: string;
}

/** The clusters of all institutions that the person may see. */
export function useAllClusters(): { clusters: ClusterChoice[]; isPending: boolean } {
  const { institutions, isPending } = useInstitutions();
  return useQueries({
    queries: institutions.map(({ organisationId }) => organisationQuery(organisationId)),
    combine: (results) => ({
      isPending: isPending || results.some((result) => result.isPending),
      clusters: results.flatMap(
        ({ data }) =>
          data?.locations.flatMap((location) =>
            location.clusters.map(({ clusterId, name }) => ({
              clusterId,
              name,
              where: `${data.name}, ${location.name}`,
            })),
          ) ?? [],
      ),
    }),
  });
}
