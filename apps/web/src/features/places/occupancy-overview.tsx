import { Select } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { occupancyQuery, type Occupancy } from '../../api/places.js';
import { useInstitutions } from '../../app/use-institutions.js';
import { useMe } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatNumber, today } from '../../ui/dates.js';
import { FilterDate } from '../../ui/filter-date.js';
import { Empty, Loading, Ready } from '../../ui/states.js';

interface OverviewFilter {
  on?: string | undefined;
  organisationId?: string | undefined;
}

interface OccupancyOverviewProps extends OverviewFilter {
  onFilter: (filter: OverviewFilter) => void;
}

/** Counts of one cluster on one day. */
interface ClusterLine {
  clusterId: string;
  clusterName: string;
  locationName: string;
  organisationName: string;
  places: number;
  occupied: number;
  onLeave: number;
  reserved: number;
  free: number;
}

function linesOf({ items, names }: Occupancy): ClusterLine[] {
  const lines = new Map<string, ClusterLine>();
  for (const place of items) {
    const cluster = names?.clusters[place.clusterId];
    const line = lines.get(place.clusterId) ?? {
      clusterId: place.clusterId,
      clusterName: cluster?.clusterName ?? place.clusterId,
      locationName: cluster?.locationName ?? '',
      organisationName: cluster?.organisationName ?? '',
      places: 0,
      occupied: 0,
      onLeave: 0,
      reserved: 0,
      free: 0,
    };
    if (place.state !== 'closed') line.places += 1;
    if (place.state === 'occupied' || place.state === 'on-leave') line.occupied += 1;
    if (place.state === 'on-leave') line.onLeave += 1;
    if (place.state === 'reserved') line.reserved += 1;
    if (place.state === 'free') line.free += 1;
    lines.set(place.clusterId, line);
  }
  const byName = (a: ClusterLine, b: ClusterLine): number =>
    a.organisationName.localeCompare(b.organisationName, 'nl') || a.clusterName.localeCompare(b.clusterName, 'nl');
  return [...lines.values()].sort(byName);
}

/** All clusters on one day, also in the past; each leads to its board. */
export function OccupancyOverview({ on = today(), organisationId, onFilter }: OccupancyOverviewProps) {
  const { t } = useTranslation(['places', 'common']);
  const { institutions } = useInstitutions();
  const query = useQuery({ ...occupancyQuery({ on, organisationId }), placeholderData: (previous) => previous });
  const columns = useClusterColumns();
  return (
    <>
      <div className="d-filters">
        <FilterDate
          label={t('occupancy.on')}
          value={on}
          onChoose={(chosen) => onFilter({ on: chosen === today() ? undefined : chosen, organisationId })}
        />
        <label>
          {t('occupancy.organisation')}
          <Select
            value={organisationId ?? ''}
            onChange={(event) => onFilter({ on: on === today() ? undefined : on, organisationId: event.target.value })}
          >
            <Select.Option value="">{t('occupancy.all')}</Select.Option>
            {institutions.map(({ organisationId: id, name }) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
        </label>
      </div>
      <Ready query={query} loading={<Loading shape="table" columns={6} />}>
        {(occupancy) => {
          const { counts } = occupancy;
          const occupied = counts.occupied + counts['on-leave'];
          const open = occupied + counts.reserved + counts.free;
          if (occupancy.items.length === 0) {
            return (
              <Empty title={t('occupancy.empty')}>
                <p>{t('occupancy.emptyHelp')}</p>
              </Empty>
            );
          }
          return (
            <>
              <p className="d-finding">
                {t('occupancy.finding', {
                  occupied: formatNumber(occupied),
                  places: formatNumber(open),
                  free: formatNumber(counts.free),
                })}
              </p>
              <DataTable
                name="occupancy"
                caption={t('occupancy.title')}
                columns={columns}
                rows={linesOf(occupancy)}
                keyOf={(line) => line.clusterId}
                exportAs={`bezetting-${on}`}
              />
            </>
          );
        }}
      </Ready>
    </>
  );
}

function useClusterColumns(): Column<ClusterLine>[] {
  const { t } = useTranslation('places');
  // Who works at one institution knows which; the column is still there to choose.
  const ownOnly = useMe().roles.includes('clientmanager');
  return useMemo(() => {
    const count = (id: 'places' | 'occupied' | 'onLeave' | 'reserved' | 'free'): Column<ClusterLine> => ({
      id,
      header: t(`occupancy.${id}`),
      align: 'end',
      cell: (line) => formatNumber(line[id]),
      text: (line) => String(line[id]),
      by: (line) => line[id],
    });
    return [
      {
        id: 'cluster',
        header: t('occupancy.cluster'),
        isName: true,
        cell: (line) => (
          <Link className="ams-link" to={`/plekken?cluster=${line.clusterId}`}>
            {line.clusterName}
          </Link>
        ),
        text: (line) => line.clusterName,
        by: (line) => line.clusterName,
      },
      {
        id: 'location',
        header: t('occupancy.location'),
        cell: (line) => line.locationName,
        text: (line) => line.locationName,
        by: (line) => line.locationName,
      },
      {
        id: 'organisation',
        header: t('occupancy.organisation'),
        cell: (line) => line.organisationName,
        text: (line) => line.organisationName,
        by: (line) => line.organisationName,
        hiddenAtFirst: ownOnly,
      },
      count('places'),
      count('occupied'),
      count('onLeave'),
      count('reserved'),
      count('free'),
    ];
  }, [t, ownOnly]);
}
