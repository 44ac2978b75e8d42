import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { organisationQuery } from '../../api/places.js';
import { useInstitutions } from '../../app/use-institutions.js';
import { FilterSelect } from '../../ui/filter-select.js';

interface PlaceFiltersProps {
  organisationId: string | undefined;
  clusterId: string | undefined;
  onChoose: (place: { organisationId: string | undefined; clusterId: string | undefined }) => void;
}

/** Narrows a list to an institution, and to a cluster within one; who sees only one institution begins there. */
export function PlaceFilters({ organisationId, clusterId, onChoose }: PlaceFiltersProps) {
  const { t } = useTranslation('zrm-lists');
  const { institutions } = useInstitutions();
  const [only, ...others] = institutions;
  const within = organisationId ?? (others.length === 0 ? only?.organisationId : undefined);
  return (
    <>
      {institutions.length < 2 ? null : (
        <FilterSelect
          label={t('filter.organisation')}
          value={organisationId}
          options={institutions.map(({ organisationId: id, name }) => [id, name])}
          onChoose={(chosen) => onChoose({ organisationId: chosen, clusterId: undefined })}
        />
      )}
      {within === undefined ? null : (
        <ClusterFilter
          organisationId={within}
          value={clusterId}
          onChoose={(chosen) => onChoose({ organisationId, clusterId: chosen })}
        />
      )}
    </>
  );
}

interface ClusterFilterProps {
  organisationId: string;
  value: string | undefined;
  onChoose: (clusterId: string) => void;
}

function ClusterFilter({ organisationId, value, onChoose }: ClusterFilterProps) {
  const { t } = useTranslation('zrm-lists');
  const { data } = useQuery(organisationQuery(organisationId));
  const clusters = data?.locations.flatMap((location) =>
    location.clusters.map(({ clusterId, name }) => [clusterId, `${name} (${location.name})`] as const),
  );
  if (clusters === undefined || clusters.length < 2) return null;
  return <FilterSelect label={t('filter.cluster')} value={value} options={clusters} onChoose={onChoose} />;
}
