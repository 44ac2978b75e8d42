import { Button, Select, TextInput } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { housingStatusLabels, zwaarteLabels } from '#contracts/code-labels.js';
import { housingStatuses } from '#contracts/codes.js';
import type { ClientSort } from '#contracts/registration/clients.js';

import { clientsQuery, type ClientSummary } from '../../api/clients.js';
import { rowsOf, totalOf } from '../../api/paging.js';
import { useInstitutions } from '../../app/use-institutions.js';
import { useCan, useMe } from '../../app/session.js';
import { useBeside } from '../../ui/beside.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatShortDate } from '../../ui/dates.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { placeText } from '../housing/place-text.js';
import { ClientBeside } from './client-beside.js';
import { useSearchText } from './use-search-text.js';

const FILTERS = ['instelling', 'wonen', 'sorteer', 'dossier'] as const;
/** What the list still shows while a client stands beside it. */
const BESIDE_COLUMNS: readonly string[] = ['name', 'place', 'zwaarte'];
const SORTS: readonly ClientSort[] = ['name', '-name', 'birthDate', '-birthDate', 'since', '-since'];

const dateText = (date: string | null | undefined): string => (date == null ? '' : formatShortDate(date));

/** Search and list of the clients that the person may see. */
export function Component() {
  const { t } = useTranslation(['clients', 'common']);
  const can = useCan();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(FILTERS);
  const [text, setText, asked] = useSearchText();
  const { institutions } = useInstitutions();
  const sort = oneOf(SORTS, filters.sorteer) ?? 'name';
  const query = useInfiniteQuery({
    ...clientsQuery({
      text: asked === '' ? undefined : asked,
      organisationId: filters.instelling,
      housing: oneOf(housingStatuses, filters.wonen),
      sort,
    }),
    placeholderData: (previous) => previous,
  });
  const rows = rowsOf(query.data);
  const total = totalOf(query.data);
  const beside = useBeside((dossier) => setFilters({ dossier }));
  const columns = useClientColumns(beside.takeOver);
  const { dossier } = filters;
  return (
    <Page
      title={t('title')}
      finding={total === undefined ? undefined : t('finding', { count: total })}
      actions={
        can('clients:write') ? (
          <Button type="button" onClick={() => void navigate('/clienten/nieuw')}>
            {t('new')}
          </Button>
        ) : undefined
      }
    >
      <div className="d-filters">
        <label>
          {t('filter.text')}
          <TextInput value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        </label>
        <label>
          {t('filter.organisation')}
          <Select value={filters.instelling ?? ''} onChange={(event) => setFilters({ instelling: event.target.value })}>
            <Select.Option value="">{t('filter.all')}</Select.Option>
            {institutions.map(({ organisationId: id, name }) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
        </label>
        <label>
          {t('filter.housing')}
          <Select value={filters.wonen ?? ''} onChange={(event) => setFilters({ wonen: event.target.value })}>
            <Select.Option value="">{t('filter.all')}</Select.Option>
            {housingStatuses.map((status) => (
              <Select.Option key={status} value={status}>
                {inLanguage(housingStatusLabels[status])}
              </Select.Option>
            ))}
          </Select>
        </label>
      </div>
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading shape="table" rows={8} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t('empty')}>
          <p>
            {asked !== '' || filters.instelling !== undefined || filters.wonen !== undefined
              ? t('common:state.emptyFiltered')
              : t('emptyHelp')}
          </p>
        </Empty>
      ) : null}
      <div className={dossier === undefined ? undefined : 'd-beside'}>
        {rows.length === 0 ? null : (
          <DataTable
            name="clients"
            caption={t('title')}
            columns={
              dossier === undefined || !beside.isWide
                ? columns
                : columns.filter(({ id }) => BESIDE_COLUMNS.includes(id))
            }
            rows={rows}
            keyOf={(client) => client.clientId}
            sort={sort}
            onSort={(sorteer) => setFilters({ sorteer })}
            exportAs="clienten"
            footer={<More of={query} />}
          />
        )}
        {dossier === undefined ? null : (
          <ClientBeside
            key={dossier}
            clientId={dossier}
            name={rows.find(({ clientId }) => clientId === dossier)?.name ?? t('common:state.loading')}
            onClose={beside.close}
          />
        )}
      </div>
    </Page>
  );
}

type OnOpen = (event: MouseEvent, clientId: string) => boolean;

function useClientColumns(onOpen: OnOpen): Column<ClientSummary>[] {
  const { t } = useTranslation('clients');
  // Who works at one institution knows which; the column is still there to choose.
  const ownOnly = useMe().roles.includes('clientmanager');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (client) => (
          <Link
            className="ams-link"
            to={`/clienten/${client.clientId}`}
            onClick={(event) => onOpen(event, client.clientId)}
          >
            {client.name}
          </Link>
        ),
        text: (client) => client.name,
        sort: 'name',
        isName: true,
      },
      {
        id: 'birthDate',
        header: t('column.birthDate'),
        cell: (client) => dateText(client.birthDate),
        text: (client) => client.birthDate ?? '',
        sort: 'birthDate',
        nowrap: true,
      },
      {
        id: 'housing',
        nowrap: true,
        header: t('column.housing'),
        cell: (client) => inLanguage(housingStatusLabels[client.housing]),
        text: (client) => inLanguage(housingStatusLabels[client.housing]),
      },
      {
        id: 'place',
        header: t('column.place'),
        cell: (client) => (client.place == null ? '' : placeText(client.place)),
        text: (client) => (client.place == null ? '' : placeText(client.place)),
      },
      {
        id: 'since',
        header: t('column.since'),
        cell: (client) => dateText(client.since),
        text: (client) => client.since ?? '',
        sort: 'since',
        nowrap: true,
      },
      {
        id: 'zwaarte',
        header: t('column.zwaarte'),
        cell: (client) => <ZwaarteLabel zwaarte={client.zwaarte} underHeading />,
        text: (client) => (client.zwaarte == null ? '' : inLanguage(zwaarteLabels[client.zwaarte])),
      },
      {
        id: 'organisation',
        header: t('column.organisation'),
        cell: (client) => client.organisationName,
        text: (client) => client.organisationName,
        hiddenAtFirst: ownOnly,
      },
      {
        id: 'municipality',
        header: t('column.municipality'),
        cell: (client) => client.municipalityOfOrigin ?? '',
        text: (client) => client.municipalityOfOrigin ?? '',
        hiddenAtFirst: true,
      },
    ],
    [t, ownOnly, onOpen],
  );
}
