import '../housing/housing.css';

import { Button } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { zwaarteLabels, zwaarteMatchLabels } from '#contracts/code-labels.js';
import { zwaarteMatches, zwaartes } from '#contracts/codes.js';

import { mismatchesQuery, type Mismatch } from '../../api/places.js';
import { useCan, useMe } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatShortDate } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { placeText } from '../housing/place-text.js';
import { MovePanel } from './move-panel.js';
import { InstitutionFilter } from './institution-filter.js';
import { PlacesTabs } from './places-tabs.js';

const FILTERS = ['instelling', 'verschil'] as const;
const MATCHES = zwaarteMatches.filter((match) => match !== 'equal');

/** Who stays on a place that is meant for a lighter or heavier client, or whose zwaarte nobody filled in (domain.md §3). */
export function Component() {
  const { t } = useTranslation(['places', 'common']);
  const can = useCan();
  const [filters, setFilters] = useFilters(FILTERS);
  const [moving, setMoving] = useState<string>();
  const match = oneOf(MATCHES, filters.verschil);
  const query = useQuery({
    ...mismatchesQuery({ organisationId: filters.instelling }),
    placeholderData: (previous) => previous,
  });
  const columns = useColumns(can('housing:write') ? setMoving : undefined);
  const all = query.data?.items ?? [];
  const rows = match === undefined ? all : all.filter((line) => line.match === match);
  const unknown = all.filter((line) => line.match === 'unknown').length;
  const finding = [
    t('mismatches.finding', { count: all.length - unknown }),
    ...(unknown === 0 ? [] : [t('mismatches.findingUnknown', { count: unknown })]),
  ].join(' ');
  return (
    <Page title={t('mismatches.title')} finding={query.isSuccess ? finding : undefined}>
      <PlacesTabs />
      <div className="d-filters">
        <FilterSelect
          label={t('mismatches.match')}
          value={match}
          options={MATCHES.map((each) => [each, inLanguage(zwaarteMatchLabels[each])])}
          onChoose={(verschil) => setFilters({ verschil })}
        />
        <InstitutionFilter value={filters.instelling} onChoose={(instelling) => setFilters({ instelling })} />
      </div>
      <Ready query={query} loading={<Loading shape="table" />}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('mismatches.empty')}>
              <p>{(match ?? filters.instelling) ? t('common:state.emptyFiltered') : t('mismatches.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="mismatches"
              caption={t('mismatches.title')}
              columns={columns}
              rows={rows}
              keyOf={(line) => line.stayId}
              exportAs="zwaarte-past-niet"
            />
          )
        }
      </Ready>
      {moving === undefined ? null : <MovePanel clientId={moving} onClose={() => setMoving(undefined)} />}
    </Page>
  );
}

function useColumns(onMove: ((clientId: string) => void) | undefined): Column<Mismatch>[] {
  const { t } = useTranslation('places');
  // Who works at one institution knows which; the column is still there to choose.
  const ownOnly = useMe().roles.includes('clientmanager');
  return useMemo(() => {
    const clientText = (line: Mismatch): string => line.clientName ?? t('waiting.someone');
    const placeOf = (line: Mismatch): string => (line.place === undefined ? line.label : placeText(line.place));
    const organisationOf = (line: Mismatch): string => line.place?.organisationName ?? '';
    const matchText = (line: Mismatch): string => inLanguage(zwaarteMatchLabels[line.match]);
    return [
      {
        id: 'client',
        header: t('board.client'),
        isName: true,
        cell: (line) => (
          <Link className="ams-link" to={`/clienten/${line.clientId}`}>
            {clientText(line)}
          </Link>
        ),
        text: clientText,
        by: clientText,
      },
      {
        id: 'own',
        header: t('mismatches.own'),
        cell: (line) => <ZwaarteLabel zwaarte={line.clientZwaarte} underHeading />,
        text: (line) => (line.clientZwaarte === undefined ? '' : inLanguage(zwaarteLabels[line.clientZwaarte])),
        by: (line) => (line.clientZwaarte === undefined ? undefined : zwaartes.indexOf(line.clientZwaarte)),
      },
      {
        id: 'ofPlace',
        header: t('mismatches.ofPlace'),
        cell: (line) => <ZwaarteLabel zwaarte={line.placeZwaarte} />,
        text: (line) => inLanguage(zwaarteLabels[line.placeZwaarte]),
        by: (line) => zwaartes.indexOf(line.placeZwaarte),
      },
      { id: 'match', header: t('mismatches.match'), cell: matchText, text: matchText, by: matchText },
      {
        id: 'since',
        header: t('mismatches.since'),
        cell: (line) => formatShortDate(line.since),
        text: (line) => line.since,
        by: (line) => line.since,
        nowrap: true,
      },
      { id: 'place', header: t('board.place'), cell: placeOf, text: placeOf, by: placeOf },
      {
        id: 'organisation',
        header: t('occupancy.organisation'),
        cell: organisationOf,
        text: organisationOf,
        by: organisationOf,
        hiddenAtFirst: ownOnly,
      },
      {
        id: 'actions',
        header: '',
        cell: (line) => (
          <span className="d-row-actions">
            {line.match === 'unknown' ? (
              <Link className="ams-link" to={`/clienten/${line.clientId}/gegevens`}>
                {t('mismatches.fillIn')}
              </Link>
            ) : onMove === undefined ? null : (
              <Button
                type="button"
                variant="tertiary"
                aria-label={t('waiting.of', { action: t('mismatches.move'), name: clientText(line) })}
                onClick={() => onMove(line.clientId)}
              >
                {t('mismatches.move')}
              </Button>
            )}
          </span>
        ),
      },
    ];
  }, [t, onMove, ownOnly]);
}
