import { DateInput, Select } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';
import { placeKinds, zwaartes } from '#contracts/codes.js';

import { vacanciesQuery, type Vacancy } from '../../api/places.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatShortDate, today } from '../../ui/dates.js';
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
        <label>
          {t('vacancies.on')}
          <DateInput value={on} onChange={(event) => setFilters({ op: event.target.value })} />
        </label>
        <label>
          {t('vacancies.kind')}
          <Select value={kind ?? ''} onChange={(event) => setFilters({ soort: event.target.value })}>
            <Select.Option value="">{t('occupancy.all')}</Select.Option>
            {placeKinds.map((each) => (
              <Select.Option key={each} value={each}>
                {inLanguage(placeKindLabels[each])}
              </Select.Option>
            ))}
          </Select>
        </label>
        <label>
          {t('vacancies.zwaarte')}
          <Select value={zwaarte ?? ''} onChange={(event) => setFilters({ zwaarte: event.target.value })}>
            <Select.Option value="">{t('occupancy.all')}</Select.Option>
            {zwaartes.map((each) => (
              <Select.Option key={each} value={each}>
                {inLanguage(zwaarteLabels[each])}
              </Select.Option>
            ))}
          </Select>
        </label>
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
    });
    return [
      { ...column('place', (row) => (row.place === undefined ? row.label : placeText(row.place))), isName: true },
      column('kind', (row) => inLanguage(placeKindLabels[row.kind])),
      {
        id: 'zwaarte',
        header: t('vacancies.zwaarte'),
        cell: (row) => <ZwaarteLabel zwaarte={row.zwaarte} />,
        text: (row) => inLanguage(zwaarteLabels[row.zwaarte]),
      },
      column('cluster', (row) => row.place?.clusterName ?? ''),
      column('organisation', (row) => row.place?.organisationName ?? ''),
      column('since', (row) => (row.freeFrom === undefined ? t('vacancies.always') : formatShortDate(row.freeFrom))),
      column('until', (row) =>
        row.freeUntil === undefined ? t('vacancies.notPlanned') : formatShortDate(row.freeUntil),
      ),
    ];
  }, [t]);
}
