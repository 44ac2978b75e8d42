import { Button, Heading, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { personAccessQuery, verifyAudit, type LogVerification, type PersonAccess } from '../../api/operations.js';
import { rowsOf } from '../../api/paging.js';
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
  const { verify, progress, failure, isBusy } = useVerification();
  return (
    <Page title={t('audit.title')}>
      <AdminTabs />
      <Paragraph>{t('audit.intro')}</Paragraph>
      <div className="d-actions">
        <Button type="button" disabled={isBusy} onClick={() => void verify()}>
          {isBusy ? t('audit.verifying') : t('audit.verify')}
        </Button>
      </div>
      {failure === undefined ? null : <Failure error={failure} />}
      {progress === undefined ? null : <Outcome verification={progress} />}
      {can('people:write') ? <PersonLog /> : null}
    </Page>
  );
}

/** Walks the whole chain, part after part. */
function useVerification() {
  const [progress, setProgress] = useState<LogVerification>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const verify = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setProgress(undefined);
    try {
      let from: number | undefined;
      do {
        const part = await verifyAudit(from);
        setProgress(part);
        from = part.next;
      } while (from !== undefined);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { verify, progress, failure, isBusy };
}

function Outcome({ verification }: { verification: LogVerification }) {
  const { t } = useTranslation('operations');
  const { intact, entries, verifiedUntil, next, brokenAt } = verification;
  if (!intact) {
    const at = brokenAt?.at === undefined ? '' : ` (${formatInstant(brokenAt.at)})`;
    return (
      <p className="d-note d-note--warning" role="alert">
        {t('audit.broken', { entry: `${brokenAt?.entryId ?? ''}${at}` })}
      </p>
    );
  }
  return (
    <p className="d-note" role="status">
      {next === undefined
        ? t('audit.intact', { entries: formatNumber(entries) })
        : t('audit.walked', { walked: formatNumber(verifiedUntil), entries: formatNumber(entries) })}
    </p>
  );
}

function PersonLog() {
  const { t } = useTranslation(['operations', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const people = useQuery(peopleQuery({}));
  return (
    <section className="d-stack" aria-labelledby="person-log">
      <Heading level={2} id="person-log">
        {t('audit.person')}
      </Heading>
      <div className="d-filters">
        <FilterSelect
          label={t('audit.choose')}
          value={filters.persoon}
          empty={t('common:form.choose')}
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
    const text = (id: 'at' | 'action' | 'operation', value: (row: PersonAccess) => string): Column<PersonAccess> => ({
      id,
      header: t(`audit.${id}`),
      cell: value,
      text: value,
    });
    return [
      { ...text('at', (row) => formatInstant(row.at)), isName: true },
      text('action', (row) => t(`audit.actions.${row.action}`) + (row.emergency ? ` (${t('audit.emergency')})` : '')),
      {
        id: 'clients',
        header: t('audit.clients'),
        align: 'end',
        cell: (row) => formatNumber(row.clientCount),
        text: (row) => String(row.clientCount),
      },
      text('operation', (row) => row.operation),
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
      footer={<More of={query} />}
    />
  );
}
