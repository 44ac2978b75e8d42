import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  DEADLINE_SERVICES,
  deadlineKeys,
  deadlineOverviewQuery,
  deadlinesQuery,
  retryDeadline,
  type DeadlineItem,
  type DeadlineOverview,
  type DeadlineService,
} from '../../api/deadlines.js';
import { rowsOf } from '../../api/paging.js';
import { useAnnounce } from '../../ui/announcer.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { AdminTabs } from '../admin/admin-tabs.js';

const FILTERS = ['deel', 'stand', 'soort'] as const;
const STATES = ['failed', 'late', 'due'] as const;
const KINDS = [
  'zrm-reminder',
  'zrm-replan',
  'zrm-quarter',
  'melding',
  'mail',
  'webhook',
  'absence-over',
  'client-merged',
] as const;

/** What happens by itself at its time: how much is due, late or given up, and trying again what failed. */
export function Component() {
  const { t } = useTranslation('operations');
  const [filters, setFilters] = useFilters(FILTERS);
  const service = oneOf(DEADLINE_SERVICES, filters.deel) ?? 'assessment';
  const state = oneOf(STATES, filters.stand) ?? 'failed';
  const overview = useQuery(deadlineOverviewQuery(service));
  const kindName = useKindName();
  return (
    <Page
      title={t('deadlines.title')}
      finding={overview.data === undefined ? undefined : <Finding overview={overview.data} />}
    >
      <AdminTabs />
      <Paragraph>{t('deadlines.intro')}</Paragraph>
      <div className="d-filters">
        <FilterSelect
          label={t('deadlines.service')}
          value={service}
          withoutEmpty
          options={DEADLINE_SERVICES.map((each) => [each, t(`deadlines.services.${each}`)])}
          onChoose={(deel) => setFilters({ deel, soort: undefined })}
        />
        <FilterSelect
          label={t('deadlines.state')}
          value={state}
          withoutEmpty
          options={STATES.map((each) => [each, t(`deadlines.states.${each}`)])}
          onChoose={(stand) => setFilters({ stand })}
        />
        <FilterSelect
          label={t('deadlines.kind')}
          value={filters.soort}
          options={overview.data?.kinds.map(({ kind }) => [kind, kindName(kind)]) ?? []}
          onChoose={(soort) => setFilters({ soort })}
        />
      </div>
      <Ready query={overview} loading={<Loading shape="table" rows={3} />}>
        {(data) => <Overview overview={data} />}
      </Ready>
      <section className="d-stack" aria-labelledby="deadlines-list">
        <Heading level={2} id="deadlines-list">
          {t(`deadlines.listed.${state}`)}
        </Heading>
        <List service={service} state={state} kind={filters.soort} />
      </section>
    </Page>
  );
}

/** How a kind is called; one that this page does not know keeps its code. */
function useKindName(): (kind: string) => string {
  const { t } = useTranslation('operations');
  return (kind) => {
    const known = oneOf(KINDS, kind);
    return known === undefined ? kind : t(`deadlines.kinds.${known}`);
  };
}

function Finding({ overview: { kinds, oldestLate } }: { overview: DeadlineOverview }) {
  const { t } = useTranslation('operations');
  const failed = kinds.reduce((sum, kind) => sum + kind.failed, 0);
  const late = kinds.reduce((sum, kind) => sum + kind.late, 0);
  if (failed > 0) return <span className="d-late">{t('deadlines.failed', { count: failed })}</span>;
  if (late === 0) return t('deadlines.inTime');
  const since = oldestLate === undefined ? '' : ` ${t('deadlines.since', { date: formatInstant(oldestLate) })}`;
  return (
    <>
      {t('deadlines.late', { count: late })}
      {since}
    </>
  );
}

/** A clock that is this many seconds off makes things happen at a wrong time. */
const CLOCK_SECONDS = 5;

function Overview({ overview }: { overview: DeadlineOverview }) {
  const { t } = useTranslation('operations');
  const kindName = useKindName();
  const { kinds, wakingUp, clockAheadSeconds } = overview;
  const columns = useMemo((): Column<DeadlineOverview['kinds'][number]>[] => {
    return [
      { id: 'kind', header: t('deadlines.kind'), isName: true, cell: ({ kind }) => kindName(kind) },
      { id: 'due', header: t('deadlines.states.due'), align: 'end', cell: ({ due }) => formatNumber(due) },
      { id: 'late', header: t('deadlines.states.late'), align: 'end', cell: ({ late }) => formatNumber(late) },
      {
        id: 'failed',
        header: t('deadlines.states.failed'),
        align: 'end',
        cell: ({ failed }) => <span className={failed > 0 ? 'd-late' : undefined}>{formatNumber(failed)}</span>,
      },
      {
        id: 'handled',
        header: t('deadlines.handled'),
        cell: ({ handled }) => (
          <span className={handled ? undefined : 'd-late'}>{t(handled ? 'deadlines.yes' : 'deadlines.no')}</span>
        ),
      },
    ];
  }, [t, kindName]);
  return (
    <>
      {wakingUp ? null : <p className="d-note d-note--warning">{t('deadlines.notWaking')}</p>}
      {Math.abs(clockAheadSeconds) < CLOCK_SECONDS ? null : (
        <p className="d-note d-note--warning">
          {t(clockAheadSeconds > 0 ? 'deadlines.clockAhead' : 'deadlines.clockBehind', {
            count: Math.round(Math.abs(clockAheadSeconds)),
          })}
        </p>
      )}
      {kinds.length === 0 ? (
        <Empty title={t('deadlines.nothing')} />
      ) : (
        <DataTable
          name="deadline-kinds"
          caption={t('deadlines.title')}
          columns={columns}
          rows={kinds}
          keyOf={({ kind }) => kind}
        />
      )}
    </>
  );
}

interface ListProps {
  service: DeadlineService;
  state: (typeof STATES)[number];
  kind: string | undefined;
}

function List({ service, state, kind }: ListProps) {
  const { t } = useTranslation(['operations', 'common']);
  const query = useInfiniteQuery(deadlinesQuery(service, { state, kind }));
  const rows = rowsOf(query.data);
  const { retry, failure } = useRetry(service);
  const columns = useColumns(state === 'failed' ? retry : undefined);
  return (
    <>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
      {query.isPending ? <Loading shape="table" /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t(`deadlines.empty.${state}`)}>
          {kind === undefined ? null : <p>{t('common:state.emptyFiltered')}</p>}
        </Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <DataTable
          name={`deadlines-${state}`}
          caption={t(`deadlines.listed.${state}`)}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          footer={<More of={query} />}
        />
      )}
    </>
  );
}

/** Tries one again that was given up. */
function useRetry(service: DeadlineService) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<unknown>();
  const retry = async ({ id }: DeadlineItem): Promise<void> => {
    setFailure(undefined);
    try {
      await retryDeadline(service, id);
      announce(t('deadlines.retried'));
    } catch (error) {
      setFailure(error);
    }
    await queries.invalidateQueries({ queryKey: deadlineKeys.all });
  };
  return { retry, failure };
}

function useColumns(onRetry: ((item: DeadlineItem) => Promise<void>) | undefined): Column<DeadlineItem>[] {
  const { t } = useTranslation('operations');
  const kindName = useKindName();
  return useMemo(() => {
    const columns: Column<DeadlineItem>[] = [
      { id: 'kind', header: t('deadlines.kind'), isName: true, cell: ({ kind }) => kindName(kind) },
      { id: 'dueAt', header: t('deadlines.dueAt'), nowrap: true, cell: ({ dueAt }) => formatInstant(dueAt) },
      {
        id: 'nextAt',
        header: t('deadlines.nextAt'),
        nowrap: true,
        cell: ({ nextAt }) => (nextAt === undefined ? t('deadlines.never') : formatInstant(nextAt)),
      },
      { id: 'attempts', header: t('deadlines.attempts'), align: 'end', cell: ({ attempts }) => formatNumber(attempts) },
      { id: 'error', header: t('deadlines.error'), cell: ({ error }) => error ?? '' },
      { id: 'id', header: t('deadlines.id'), hiddenAtFirst: true, cell: ({ id }) => <code>{id}</code> },
    ];
    if (onRetry === undefined) return columns;
    return [
      ...columns,
      {
        id: 'retry',
        header: t('deadlines.action'),
        cell: (item) => (
          <button
            type="button"
            className="d-link-button"
            aria-label={t('deadlines.retryOf', { kind: kindName(item.kind), date: formatInstant(item.dueAt) })}
            onClick={() => void onRetry(item)}
          >
            {t('deadlines.retry')}
          </button>
        ),
      },
    ];
  }, [t, kindName, onRetry]);
}
