import { Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { meldingenQuery, type Melding } from '../../api/meldingen.js';
import { rowsOf, totalOf } from '../../api/paging.js';
import { useMe } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { useFilters } from '../../ui/use-filters.js';
import { sentenceOf } from '../meldingen/sentence.js';

const FILTERS = ['van'] as const;

/**
 * What was reported about this client, to whom it went, and what became of it. A person sees the meldingen in the own inbox
 * and in those of colleagues whom they replace: more nobody may see of somebody's inbox.
 */
export function MeldingenTab({ clientId, name }: { clientId: string; name: string }) {
  const { t } = useTranslation(['clients', 'common']);
  const { replacing } = useMe();
  const [filters, setFilters] = useFilters(FILTERS);
  const replaced = replacing.find(({ personId }) => personId === filters.van);
  const query = useInfiniteQuery(meldingenQuery({ clientId, ofPersonId: replaced?.personId }));
  const rows = rowsOf(query.data);
  const columns = useColumns(name);
  return (
    <section className="d-stack" aria-label={t('meldingen.title')}>
      <Paragraph>{t('meldingen.intro')}</Paragraph>
      {replacing.length === 0 ? null : (
        <div className="d-filters">
          <FilterSelect
            label={t('meldingen.inbox')}
            value={replaced?.personId}
            empty={t('meldingen.mine')}
            options={replacing.map((each) => [each.personId, each.name])}
            onChoose={(van) => setFilters({ van })}
          />
        </div>
      )}
      {query.isPending ? <Loading shape="table" /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t('meldingen.empty')}>
          <p>{t('meldingen.emptyHelp')}</p>
        </Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <DataTable
          name="client-meldingen"
          caption={t('meldingen.title')}
          columns={columns}
          rows={rows}
          keyOf={(melding) => melding.meldingId}
          exportAs="meldingen"
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
  );
}

function useColumns(clientName: string): Column<Melding>[] {
  const { t } = useTranslation('clients');
  const { t: tell } = useTranslation('meldingen');
  return useMemo(() => {
    const personIn = ({ names }: Melding, personId: string): string => names.people[personId] ?? t('meldingen.someone');
    const whatText = (melding: Melding): string =>
      melding.parts.map((part) => sentenceOf(part, clientName, melding.names, tell)).join(' ');
    /** The owner of the inbox first, then to whom it was handed over or went because it was left open. */
    const whoText = (melding: Melding): string => {
      const others = [...(melding.handedOver?.to ?? []), ...melding.escalatedTo];
      return [...new Set([melding.personId, ...others])].map((personId) => personIn(melding, personId)).join(', ');
    };
    const statusText = (melding: Melding): string => {
      const by = melding.acknowledgedBy ?? melding.handedOver?.by;
      const at = melding.acknowledgedAt ?? melding.handedOver?.at;
      const status = t(`meldingen.status.${melding.status}`);
      if (by === undefined || at === undefined || melding.status === 'open') return status;
      return t('meldingen.statusBy', { status, name: personIn(melding, by), date: formatInstant(at) });
    };
    return [
      { id: 'what', header: t('meldingen.what'), isName: true, cell: whatText, text: whatText },
      {
        id: 'at',
        header: t('meldingen.at'),
        cell: (melding) => formatInstant(melding.createdAt),
        text: (melding) => formatInstant(melding.createdAt),
      },
      { id: 'who', header: t('meldingen.who'), cell: whoText, text: whoText },
      { id: 'status', header: t('meldingen.state'), cell: statusText, text: statusText },
    ];
  }, [t, tell, clientName]);
}
