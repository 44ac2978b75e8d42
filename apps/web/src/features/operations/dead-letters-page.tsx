import { Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DEAD_LETTER_SERVICES, deadLettersQuery, type DeadLetter, type DeadLetterState } from '../../api/operations.js';
import { rowsOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { AdminTabs } from '../admin/admin-tabs.js';
import { DeadLetterPanel } from './dead-letter-panel.js';

const FILTERS = ['deel', 'stand'] as const;
const STATES = ['dead', 'failing', 'replayed', 'dropped'] as const satisfies readonly DeadLetterState[];

/** Messages that could not be handled: see why, mend them, handle them again, or drop them with a reason. */
export function Component() {
  const { t } = useTranslation(['operations', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const service = oneOf(DEAD_LETTER_SERVICES, filters.deel);
  const state = oneOf(STATES, filters.stand) ?? 'dead';
  const query = useInfiniteQuery(deadLettersQuery({ service, state }));
  const rows = rowsOf(query.data);
  const [open, setOpen] = useState<DeadLetter>();
  const columns = useColumns(setOpen);
  return (
    <Page title={t('dead.title')}>
      <AdminTabs />
      <Paragraph>{t('dead.intro')}</Paragraph>
      <div className="d-filters">
        <FilterSelect
          label={t('dead.service')}
          value={service}
          options={DEAD_LETTER_SERVICES.map((each) => [each, t(`health.parts.${each}`)])}
          onChoose={(deel) => setFilters({ deel })}
        />
        <FilterSelect
          label={t('dead.state')}
          value={filters.stand}
          empty={t('dead.states.dead')}
          options={STATES.slice(1).map((each) => [each, t(`dead.states.${each}`)])}
          onChoose={(stand) => setFilters({ stand })}
        />
      </div>
      {query.isPending ? <Loading shape="table" /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t('dead.empty')}>
          <p>{t('dead.emptyHelp')}</p>
        </Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <DataTable
          name="dead-letters"
          caption={t('dead.title')}
          columns={columns}
          rows={rows}
          keyOf={(row) => `${row.service}-${row.id}`}
          footer={<More of={query} />}
        />
      )}
      {open === undefined ? null : <DeadLetterPanel deadLetter={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function useColumns(onShow: (deadLetter: DeadLetter) => void): Column<DeadLetter>[] {
  const { t } = useTranslation('operations');
  return useMemo(
    () => [
      { id: 'event', header: t('dead.event'), isName: true, cell: (row) => <code>{row.event.type}</code> },
      {
        id: 'service',
        header: t('dead.service'),
        cell: (row) => {
          const service = oneOf(DEAD_LETTER_SERVICES, row.service);
          return service === undefined ? row.service : t(`health.parts.${service}`);
        },
      },
      { id: 'error', header: t('dead.error'), cell: (row) => row.error },
      { id: 'attempts', header: t('dead.attempts'), align: 'end', cell: (row) => formatNumber(row.attempts) },
      { id: 'at', header: t('dead.at'), cell: (row) => formatInstant(row.lastFailedAt) },
      {
        id: 'show',
        header: '',
        cell: (row) => (
          <button
            type="button"
            className="d-link-button"
            aria-label={t('dead.showOf', { event: row.event.type, date: formatInstant(row.lastFailedAt) })}
            onClick={() => onShow(row)}
          >
            {t('dead.show')}
          </button>
        ),
      },
    ],
    [t, onShow],
  );
}
