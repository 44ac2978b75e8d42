import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';

import { PLACES_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';
import { Page } from '../../ui/page.js';
import { useFilters } from '../../ui/use-filters.js';
import { BoardView } from './board-view.js';
import { OccupancyOverview } from './occupancy-overview.js';
import { PlacesTabs } from './places-tabs.js';

const FILTERS = ['cluster', 'op', 'instelling', 'vanaf', 'beeld'] as const;

/** Occupancy: of all clusters on one day, and of one cluster through time. */
export function Component() {
  const { t } = useTranslation('places');
  const can = useCan();
  const [filters, setFilters] = useFilters(FILTERS);
  const first = PLACES_PAGES.find((page) => page.needs.some(can));
  if (!can('occupancy:read') && first !== undefined) return <Navigate to={first.to} replace />;
  if (filters.cluster === undefined) {
    return (
      <Page title={t('occupancy.title')}>
        <PlacesTabs />
        <OccupancyOverview
          on={filters.op}
          organisationId={filters.instelling}
          onFilter={({ on, organisationId }) => setFilters({ op: on, instelling: organisationId })}
        />
      </Page>
    );
  }
  return (
    <BoardView
      clusterId={filters.cluster}
      from={filters.vanaf}
      asTable={filters.beeld === 'tabel'}
      onFrom={(vanaf) => setFilters({ vanaf })}
      onTable={(asTable) => setFilters({ beeld: asTable ? 'tabel' : undefined })}
    />
  );
}
