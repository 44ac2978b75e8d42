import { Heading, Paragraph, Table } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { dataQualityCheckLabels } from '#contracts/code-labels.js';
import { dataQualityChecks } from '#contracts/codes.js';

import { dataQualityQuery, type DataQuality } from '../../api/places.js';
import { rowsOf, totalOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatNumber, formatShare } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { PlacesTabs } from './places-tabs.js';

type Line = DataQuality['items'][number];
type Share = DataQuality['organisations'][number];

const FILTERS = ['instelling', 'mist'] as const;

/** Which share of the clients is complete, per institution, and who misses what (domain.md §3, Data quality). */
export function Component() {
  const { t } = useTranslation(['places', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const missing = oneOf(dataQualityChecks, filters.mist);
  const query = useInfiniteQuery(dataQualityQuery({ organisationId: filters.instelling, missing }));
  const rows = rowsOf(query.data);
  const shares = query.data?.pages[0]?.organisations ?? [];
  const columns = useQualityColumns();
  const sum = (field: 'clients' | 'complete'): number =>
    shares.reduce((total, share) => total + (share[field] ?? 0), 0);
  const [clients, complete] = [sum('clients'), sum('complete')];
  return (
    <Page
      title={t('quality.title')}
      finding={
        clients === 0
          ? undefined
          : t('quality.finding', {
              clients: formatNumber(clients),
              complete: formatNumber(complete),
              share: formatShare(complete / clients),
            })
      }
    >
      <PlacesTabs />
      <Paragraph>{t('quality.intro')}</Paragraph>
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading shape="table" /> : null}
      {shares.length === 0 ? null : <Shares shares={shares} />}
      <section className="d-stack" aria-labelledby="quality-list">
        <Heading level={2} id="quality-list">
          {t('quality.list')}
        </Heading>
        <div className="d-filters">
          <FilterSelect
            label={t('quality.organisation')}
            value={filters.instelling}
            options={shares.map((share) => [share.organisationId, share.organisationName])}
            onChoose={(instelling) => setFilters({ instelling })}
          />
          <FilterSelect
            label={t('quality.missingFilter')}
            value={missing}
            options={dataQualityChecks.map((check) => [check, inLanguage(dataQualityCheckLabels[check])])}
            onChoose={(mist) => setFilters({ mist })}
          />
        </div>
        {query.isSuccess && rows.length === 0 ? (
          <Empty title={t('quality.empty')}>
            <p>{(missing ?? filters.instelling) ? t('common:state.emptyFiltered') : t('quality.emptyHelp')}</p>
          </Empty>
        ) : null}
        {rows.length === 0 ? null : (
          <DataTable
            name="data-quality"
            caption={t('quality.list')}
            columns={columns}
            rows={rows}
            keyOf={(line) => line.clientId}
            exportAs="compleetheid"
            footer={
              <More
                shown={rows.length}
                total={totalOf(query.data)}
                hasMore={query.hasNextPage}
                busy={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            }
          />
        )}
      </section>
    </Page>
  );
}

function Shares({ shares }: { shares: Share[] }) {
  const { t } = useTranslation('places');
  const countText = (count: number | undefined): string =>
    count === undefined ? t('quality.tooFew') : formatNumber(count);
  return (
    <section className="d-stack" aria-labelledby="quality-shares">
      <Heading level={2} id="quality-shares">
        {t('quality.perOrganisation')}
      </Heading>
      <div className="d-table">
        <div className="ams-table d-table__frame">
          <table className="ams-table__table d-table__table">
            <Table.Caption className="ams-visually-hidden">{t('quality.perOrganisation')}</Table.Caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">{t('quality.organisation')}</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="end">
                  {t('quality.clients')}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="end">
                  {t('quality.complete')}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col">{t('quality.share')}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {shares.map(({ organisationId, organisationName, clients, complete }) => (
                <Table.Row key={organisationId}>
                  <Table.HeaderCell scope="row" className="d-table__name">
                    {organisationName}
                  </Table.HeaderCell>
                  <Table.Cell align="end" data-label={t('quality.clients')}>
                    {countText(clients)}
                  </Table.Cell>
                  <Table.Cell align="end" data-label={t('quality.complete')}>
                    {countText(complete)}
                  </Table.Cell>
                  <Table.Cell data-label={t('quality.share')}>
                    {clients === undefined || complete === undefined || clients === 0 ? null : (
                      <span className="d-share">
                        <meter min={0} max={1} value={complete / clients} aria-hidden="true" />
                        {formatShare(complete / clients)}
                      </span>
                    )}
                  </Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </table>
        </div>
      </div>
    </section>
  );
}

function useQualityColumns(): Column<Line>[] {
  const { t } = useTranslation('places');
  return useMemo(() => {
    const missingText = (line: Line): string =>
      line.missing.map((check) => inLanguage(dataQualityCheckLabels[check])).join(', ');
    return [
      {
        id: 'client',
        header: t('quality.client'),
        isName: true,
        cell: (line) => (
          <Link className="ams-link" to={`/clienten/${line.clientId}/gegevens`}>
            {line.clientName}
          </Link>
        ),
        text: (line) => line.clientName,
      },
      {
        id: 'organisation',
        header: t('quality.organisation'),
        cell: (line) => line.organisationName,
        text: (line) => line.organisationName,
      },
      { id: 'missing', header: t('quality.missing'), cell: missingText, text: missingText },
    ];
  }, [t]);
}
