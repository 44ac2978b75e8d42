import { Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { roleLabels } from '#contracts/code-labels.js';
import { roles } from '#contracts/codes.js';

import { accessLogQuery, type ClientAccess } from '../../api/clients.js';
import { rowsOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant } from '../../ui/dates.js';
import { More } from '../../ui/more.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';

/** Who looked at this file or changed it, and on which ground (NEN 7513; domain.md §10). */
export function AccessTab({ clientId }: { clientId: string }) {
  const { t } = useTranslation(['clients', 'common']);
  const query = useInfiniteQuery(accessLogQuery(clientId));
  const rows = rowsOf(query.data);
  const columns = useMemo((): Column<ClientAccess>[] => {
    const roleText = (entry: ClientAccess): string =>
      roles
        .filter((role) => entry.actorRoles.includes(role))
        .map((role) => inLanguage(roleLabels[role]).toLowerCase())
        .join(', ');
    const whoText = ({ actorId, names }: ClientAccess): string => names.people[actorId] ?? actorId;
    const whatText = (entry: ClientAccess): string =>
      t(`access.actions.${entry.action}`) + (entry.emergency ? ` (${t('access.emergency')})` : '');
    const groundText = (entry: ClientAccess): string =>
      t(`access.grounds.${entry.ground}`, { defaultValue: entry.ground });
    return [
      {
        id: 'at',
        header: t('access.at'),
        cell: (entry) => formatInstant(entry.at),
        text: (entry) => formatInstant(entry.at),
      },
      {
        id: 'who',
        header: t('access.who'),
        cell: whoText,
        text: whoText,
        isName: true,
      },
      { id: 'role', header: t('access.role'), cell: roleText, text: roleText },
      { id: 'action', header: t('access.action'), cell: whatText, text: whatText },
      { id: 'ground', header: t('access.ground'), cell: groundText, text: groundText },
    ];
  }, [t]);
  return (
    <section className="d-stack" aria-label={t('access.title')}>
      <Paragraph>{t('access.intro')}</Paragraph>
      {query.isPending ? <Loading shape="table" /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? <Empty title={t('access.empty')} /> : null}
      {rows.length === 0 ? null : (
        <DataTable
          name="access"
          caption={t('access.title')}
          columns={columns}
          rows={rows}
          keyOf={(entry) => entry.entryId}
          exportAs="inzage"
          footer={<More of={query} />}
        />
      )}
    </section>
  );
}
