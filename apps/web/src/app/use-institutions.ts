import { useQuery } from '@tanstack/react-query';

import { organisationsQuery } from '../api/places.js';

/** The institutions that the person may see; none while they are fetched. */
export function useInstitutions() {
  const { data, isPending } = useQuery(organisationsQuery);
  return { institutions: data?.items.filter(({ kind }) => kind === 'institution') ?? [], isPending };
}
