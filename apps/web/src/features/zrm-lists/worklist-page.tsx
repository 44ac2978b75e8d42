import './zrm-lists.css';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';

import { progressFindingKindLabels, zrmWorklistLabels } from '#contracts/assessment/code-labels.js';
import { progressFindingKinds, type ZrmWorklist } from '#contracts/assessment/codes.js';

import { rowsOf, totalOf } from '../../api/paging.js';
import { zrmVersionsQuery } from '../../api/zrm.js';
import { zrmClientsQuery, zrmDueSettingsQuery, zrmListAddress, type ZrmListFilter } from '../../api/zrm-lists.js';
import { ZRM_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';
import { useBeside } from '../../ui/beside.js';
import { DataTable } from '../../ui/data-table.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { domainNames } from '../zrm/domain-names.js';
import { PlaceFilters } from './place-filters.js';
import { useWorklistColumns } from './worklist-columns.js';
import { DAYS_AHEAD, dueBeforeOf, listAt, type PageList } from './worklists.js';
import { ZrmBeside } from './zrm-beside.js';
import { ZrmTabs } from './zrm-tabs.js';

const FILTERS = ['instelling', 'groep', 'binnen', 'soort', 'mist', 'dossier'] as const;
const LACKING = ['no-baseline', 'no-target'] as const satisfies readonly ZrmWorklist[];

/** Whose ZRM is late or comes soon, who changed, who has no baseline or target: each with why and what to do (domain.md §4). */
export function Component() {
  const can = useCan();
  const list = listAt(useLocation().pathname);
  const first = ZRM_PAGES.find(({ needs }) => needs.some(can));
  if (!can('zrm:read') && first !== undefined) return <Navigate to={first.to} replace />;
  // Another list is another page: nothing of the one before stays on it.
  return <Worklist key={list} list={list} />;
}

function Worklist({ list }: { list: PageList }) {
  const { t } = useTranslation(['zrm-lists', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const filter = filterOf(list, filters);
  const query = useInfiniteQuery({ ...zrmClientsQuery(filter), placeholderData: (previous) => previous });
  const versions = useQuery(zrmVersionsQuery).data;
  const settings = useQuery(zrmDueSettingsQuery).data?.settings;
  const beside = useBeside((dossier) => setFilters({ dossier }));
  const nameOf = domainNames(versions ?? { items: [], current: '' }, versions?.current);
  const columns = useWorklistColumns({ list, nameOf, settings, onOpen: beside.takeOver });
  const rows = rowsOf(query.data);
  const total = totalOf(query.data);
  const { dossier } = filters;
  const chosen = rows.find(({ clientId }) => clientId === dossier);
  const isNarrowed = [filters.instelling, filters.groep, filters.soort, filters.mist].some((one) => one !== undefined);
  return (
    <Page
      title={t('title')}
      finding={total === undefined ? undefined : t(`finding.${list}`, { count: total })}
      actions={total === undefined || total === 0 ? undefined : <SaveAs filter={filter} />}
    >
      <ZrmTabs />
      <div className="d-filters">
        <PlaceFilters
          organisationId={filters.instelling}
          clusterId={filters.groep}
          onChoose={({ organisationId, clusterId }) => setFilters({ instelling: organisationId, groep: clusterId })}
        />
        {list === 'due' ? (
          <FilterSelect
            label={t('filter.ahead')}
            empty={t('filter.byRegion')}
            value={oneOf(DAYS_AHEAD, filters.binnen)}
            options={DAYS_AHEAD.map((days) => [days, t(`filter.aheadOf.${days}`)])}
            onChoose={(binnen) => setFilters({ binnen })}
          />
        ) : null}
        {list === 'changed' ? (
          <FilterSelect
            label={t('filter.finding')}
            value={filter.finding}
            options={progressFindingKinds.map((kind) => [kind, inLanguage(progressFindingKindLabels[kind])])}
            onChoose={(soort) => setFilters({ soort })}
          />
        ) : null}
        {list === 'incomplete' ? (
          <FilterSelect
            label={t('filter.lacks')}
            value={oneOf(LACKING, filters.mist)}
            options={LACKING.map((each) => [each, inLanguage(zrmWorklistLabels[each])])}
            onChoose={(mist) => setFilters({ mist })}
          />
        ) : null}
      </div>
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading shape="table" rows={8} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t(`empty.${list}.title`)}>
          <p>{isNarrowed ? t('common:state.emptyFiltered') : t(`empty.${list}.help`)}</p>
        </Empty>
      ) : null}
      <div className={dossier === undefined ? undefined : 'd-beside'}>
        {rows.length === 0 ? null : (
          <DataTable
            name={`zrm-${list}`}
            caption={t(`caption.${list}`)}
            columns={
              dossier === undefined || !beside.isWide
                ? columns
                : columns.filter(({ id }) => BESIDE_COLUMNS.includes(id))
            }
            rows={rows}
            keyOf={({ clientId }) => clientId}
            footer={<More of={query} />}
          />
        )}
        {dossier === undefined ? null : (
          <ZrmBeside
            key={dossier}
            clientId={dossier}
            name={chosen?.clientName ?? t('common:state.loading')}
            drafts={chosen?.drafts ?? []}
            onClose={beside.close}
          />
        )}
      </div>
    </Page>
  );
}

/** What the list still shows while a client stands beside it. */
const BESIDE_COLUMNS: readonly string[] = ['client', 'what', 'when'];

type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

function filterOf(list: PageList, { instelling, groep, binnen, soort, mist }: Filters): ZrmListFilter {
  return {
    list: list === 'incomplete' ? (oneOf(LACKING, mist) ?? list) : list,
    ...(list === 'changed' ? { finding: oneOf(progressFindingKinds, soort) } : {}),
    ...(list === 'due' ? { dueBefore: dueBeforeOf(binnen) } : {}),
    organisationId: instelling,
    clusterId: groep,
  };
}

/** The whole list as a file, with the filters that are on. */
function SaveAs({ filter }: { filter: ZrmListFilter }) {
  const { t } = useTranslation('zrm-lists');
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} className="ams-link" href={zrmListAddress(filter, format)} download>
          {t('saveAs', { format: format === 'csv' ? 'CSV' : 'Excel' })}
        </a>
      ))}
    </>
  );
}
