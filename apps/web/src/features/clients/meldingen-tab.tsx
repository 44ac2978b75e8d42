import { Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { clientMeldingenQuery, type ClientMelding, type MeldingPart, UNASSIGNED } from '../../api/meldingen.js';
import { rowsOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant } from '../../ui/dates.js';
import { Fold } from '../../ui/fold.js';
import { More } from '../../ui/more.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { sentenceOf } from '../meldingen/sentence.js';
import { shownParts } from '../meldingen/shown-parts.js';

/**
 * What was reported about this client, to whom it went, and what became of it. Who guards the client sees the meldingen of
 * everybody; a clientmanager those of the own institution.
 */
export function MeldingenTab({ clientId, name }: { clientId: string; name: string }) {
  const { t } = useTranslation(['clients', 'common']);
  const query = useInfiniteQuery(clientMeldingenQuery(clientId));
  const rows = rowsOf(query.data);
  const of = query.data?.pages[0]?.of;
  const columns = useColumns(name);
  return (
    <section className="d-stack" aria-label={t('meldingen.title')}>
      {of === undefined ? null : <Paragraph>{t(`meldingen.intro.${of}`)}</Paragraph>}
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
          footer={<More of={query} />}
        />
      )}
    </section>
  );
}

function useColumns(clientName: string): Column<ClientMelding>[] {
  const { t } = useTranslation('clients');
  const { t: tell } = useTranslation('meldingen');
  return useMemo(() => {
    const personIn = ({ names }: ClientMelding, personId: string): string =>
      personId === UNASSIGNED ? t('meldingen.nobody') : (names.people[personId] ?? t('meldingen.someone'));
    const told = (parts: readonly MeldingPart[], { names }: ClientMelding): string =>
      parts.map((part) => sentenceOf(part, clientName, names, tell)).join(' ');
    const whatCell = (melding: ClientMelding): ReactNode => {
      const { shown, folded } = shownParts(melding.parts, melding.urgency);
      if (folded.length === 0) return told(shown, melding);
      return (
        <>
          {told(shown, melding)}
          <Fold label={tell('foldedParts', { count: folded.length })}>{() => told(folded, melding)}</Fold>
        </>
      );
    };
    /** The owner of the inbox first, then to whom it was handed over or went because it was left open. */
    const whoText = (melding: ClientMelding): string =>
      [...new Set([melding.personId, ...melding.toPersonIds])].map((id) => personIn(melding, id)).join(', ');
    const statusText = (melding: ClientMelding): string => {
      const status = t(`meldingen.status.${melding.status}`);
      const date = formatInstant(melding.since);
      return melding.by === undefined
        ? t('meldingen.statusSince', { status, date })
        : t('meldingen.statusBy', { status, name: personIn(melding, melding.by), date });
    };
    return [
      {
        id: 'what',
        header: t('meldingen.what'),
        isName: true,
        cell: whatCell,
        text: (melding) => told(melding.parts, melding),
      },
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
