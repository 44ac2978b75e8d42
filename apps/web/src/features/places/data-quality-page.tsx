import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { dataQualityCheckLabels } from '#contracts/code-labels.js';
import { dataQualityChecks } from '#contracts/codes.js';

import { dataQualityQuery, dataQualitySharesQuery, type DataQuality } from '../../api/places.js';
import { rowsOf } from '../../api/paging.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { PlacesTabs } from './places-tabs.js';
import { QualityFinding, QualityShares } from './quality-shares.js';

type Line = DataQuality['items'][number];

const FILTERS = ['instelling', 'mist'] as const;

/** Which share of the clients is complete, per institution, and, for who may see clients, who misses what. */
export function Component() {
  return useCan()('data-quality:read') ? <SharesAndLines /> : <SharesOnly />;
}

/** For policy: the shares alone, in which nobody can be recognised (domain.md §2, beleid). */
function SharesOnly() {
  const { t } = useTranslation('places');
  const query = useQuery(dataQualitySharesQuery);
  const shares = query.data?.items ?? [];
  return (
    <Page title={t('quality.title')} finding={<QualityFinding shares={shares} />}>
      <PlacesTabs />
      <Paragraph>{t('quality.intro')}</Paragraph>
      <Paragraph>{t('quality.sharesIntro')}</Paragraph>
      <Ready query={query} loading={<Loading shape="table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('quality.sharesEmpty')}>
              <p>{t('quality.sharesEmptyHelp')}</p>
            </Empty>
          ) : (
            <QualityShares shares={items} />
          )
        }
      </Ready>
    </Page>
  );
}

/** The shares, and below them the clients (domain.md §3, Data quality). */
function SharesAndLines() {
  const { t } = useTranslation(['places', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const missing = oneOf(dataQualityChecks, filters.mist);
  const query = useInfiniteQuery(dataQualityQuery({ organisationId: filters.instelling, missing }));
  const rows = rowsOf(query.data);
  const shares = query.data?.pages[0]?.organisations ?? [];
  const columns = useQualityColumns();
  return (
    <Page title={t('quality.title')} finding={<QualityFinding shares={shares} />}>
      <PlacesTabs />
      <Paragraph>{t('quality.intro')}</Paragraph>
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading shape="table" /> : null}
      {shares.length === 0 ? null : <QualityShares shares={shares} />}
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
            footer={<More of={query} />}
          />
        )}
      </section>
    </Page>
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
