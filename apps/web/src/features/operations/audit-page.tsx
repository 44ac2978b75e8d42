import { Button, Heading, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { personAccessQuery, verifyAudit, type AuditVerification, type PersonAccess } from '../../api/operations.js';
import { rowsOf, totalOf } from '../../api/paging.js';
import { peopleQuery } from '../../api/people.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { useFilters } from '../../ui/use-filters.js';
import { AdminTabs } from '../admin/admin-tabs.js';

const FILTERS = ['persoon'] as const;

/** The log of every access to client data: whether it is whole, and what one person did. */
export function Component() {
  const { t } = useTranslation('operations');
  const can = useCan();
  const verification = useMutation({ mutationFn: verifyAudit });
  return (
    <Page title={t('audit.title')}>
      <AdminTabs />
      <Paragraph>{t('audit.intro')}</Paragraph>
      <div className="d-actions">
        <Button type="button" disabled={verification.isPending} onClick={() => verification.mutate()}>
          {verification.isPending ? t('audit.verifying') : t('audit.verify')}
        </Button>
      </div>
      {verification.error === null ? null : <Failure error={verification.error} />}
      {verification.data === undefined ? null : <Outcome verification={verification.data} />}
      {can('people:write') ? <PersonLog /> : null}
    </Page>
  );
}

function Outcome({ verification }: { verification: AuditVerification }) {
  const { t } = useTranslation('operations');
  if (verification.intact) {
    return (
      <p className="d-note" role="status">
        {t('audit.intact', { entries: formatNumber(verification.entries) })}
      </p>
    );
  }
  const date = verification.brokenAt === undefined ? '' : formatInstant(verification.brokenAt.at);
  return (
    <p className="d-note d-note--warning" role="alert">
      {t('audit.broken', { date })}
    </p>
  );
}

function PersonLog() {
  const { t } = useTranslation('operations');
  const [filters, setFilters] = useFilters(FILTERS);
  const people = useQuery(peopleQuery({}));
  return (
    <section className="d-stack" aria-labelledby="person-log">
      <Heading level={2} id="person-log">
        {t('audit.person')}
      </Heading>
      <div className="d-filters">
        <FilterSelect
          label={t('audit.person')}
          value={filters.persoon}
          empty={t('audit.choose')}
          options={people.data?.items.map(({ personId, name }) => [personId, name]) ?? []}
          onChoose={(persoon) => setFilters({ persoon })}
        />
      </div>
      {filters.persoon === undefined ? null : <PersonEntries key={filters.persoon} personId={filters.persoon} />}
    </section>
  );
}

function PersonEntries({ personId }: { personId: string }) {
  const { t } = useTranslation('operations');
  const query = useInfiniteQuery(personAccessQuery(personId));
  const rows = rowsOf(query.data);
  const columns = useMemo((): Column<PersonAccess>[] => {
    const text = (
      id: 'at' | 'action' | 'operation' | 'ground',
      value: (row: PersonAccess) => string,
    ): Column<PersonAccess> => ({
      id,
      header: t(`audit.${id}`),
      cell: value,
      text: value,
    });
    return [
      { ...text('at', (row) => formatInstant(row.at)), isName: true },
      text('action', (row) => t(`audit.actions.${row.action}`) + (row.emergency ? ` (${t('audit.emergency')})` : '')),
      {
        id: 'client',
        header: t('audit.client'),
        cell: (row) => <code>{row.clientId}</code>,
        text: (row) => row.clientId,
      },
      text('operation', (row) => row.operation),
      text('ground', (row) => row.ground),
    ];
  }, [t]);
  if (query.isPending) return <Loading shape="table" />;
  if (query.error !== null) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty title={t('audit.empty')} />;
  return (
    <DataTable
      name="person-log"
      caption={t('audit.person')}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.entryId}
      exportAs="logboek"
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
  );
}
