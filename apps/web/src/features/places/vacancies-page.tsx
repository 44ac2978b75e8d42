import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';
import { placeKinds, zwaartes } from '#contracts/codes.js';

import { vacanciesQuery, type Vacancy } from '../../api/places.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatShortDate, today } from '../../ui/dates.js';
import { FilterDate } from '../../ui/filter-date.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { placeText } from '../housing/place-text.js';
import { PlacesTabs } from './places-tabs.js';

const FILTERS = ['op', 'soort', 'zwaarte'] as const;

/** Which places are free on a day, per kind and zwaarte. */
export function Component() {
  const { t } = useTranslation(['places', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const on = filters.op ?? today();
  const kind = oneOf(placeKinds, filters.soort);
  const zwaarte = oneOf(zwaartes, filters.zwaarte);
  const query = useQuery({ ...vacanciesQuery({ on, kind, zwaarte }), placeholderData: (previous) => previous });
  const columns = useVacancyColumns();
  const count = query.data?.total ?? query.data?.items.length;
  return (
    <Page title={t('vacancies.title')} finding={count === undefined ? undefined : t('vacancies.finding', { count })}>
      <PlacesTabs />
      <div className="d-filters">
        <FilterDate
          label={t('vacancies.on')}
          value={on}
          onChoose={(chosen) => setFilters({ op: chosen === today() ? undefined : chosen })}
        />
        <FilterSelect
          label={t('vacancies.kind')}
          value={kind}
          options={placeKinds.map((each) => [each, inLanguage(placeKindLabels[each])])}
          onChoose={(soort) => setFilters({ soort })}
        />
        <FilterSelect
          label={t('vacancies.zwaarte')}
          value={zwaarte}
          options={zwaartes.map((each) => [each, inLanguage(zwaarteLabels[each])])}
          onChoose={(chosen) => setFilters({ zwaarte: chosen })}
        />
      </div>
      <Ready query={query} loading={<Loading shape="table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('vacancies.empty')}>
              <p>{t('vacancies.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="vacancies"
              caption={t('vacancies.title')}
              columns={columns}
              rows={items}
              keyOf={(vacancy) => vacancy.placeId}
              exportAs={`vrije-plekken-${on}`}
            />
          )
        }
      </Ready>
    </Page>
  );
}

function useVacancyColumns(): Column<Vacancy>[] {
  const { t } = useTranslation('places');
  return useMemo(() => {
    const column = (
      id: 'place' | 'cluster' | 'organisation' | 'kind' | 'since' | 'until',
      text: (row: Vacancy) => string,
    ) => ({
      id,
      header: t(`vacancies.${id}`),
      cell: text,
      text,
      by: text,
    });
    return [
      { ...column('place', (row) => (row.place === undefined ? row.label : placeText(row.place))), isName: true },
      column('kind', (row) => inLanguage(placeKindLabels[row.kind])),
      {
        id: 'zwaarte',
        header: t('vacancies.zwaarte'),
        cell: (row) => <ZwaarteLabel zwaarte={row.zwaarte} />,
        text: (row) => inLanguage(zwaarteLabels[row.zwaarte]),
        by: (row) => zwaartes.indexOf(row.zwaarte),
      },
      column('cluster', (row) => row.place?.clusterName ?? ''),
      column('organisation', (row) => row.place?.organisationName ?? ''),
      {
        ...column('since', (row) =>
          row.freeFrom === undefined ? t('vacancies.always') : formatShortDate(row.freeFrom),
        ),
        by: (row) => row.freeFrom ?? '',
        nowrap: true,
      },
      {
        ...column('until', (row) =>
          row.freeUntil === undefined ? t('vacancies.notPlanned') : formatShortDate(row.freeUntil),
        ),
        by: (row) => row.freeUntil,
        nowrap: true,
      },
    ];
  }, [t]);
}
