import { Button } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import {
  placeKindLabels,
  waitingEntryStatusLabels,
  waitingUrgencyLabels,
  zwaarteLabels,
} from '#contracts/code-labels.js';
import { placeKinds, waitingEntryStatuses, zwaartes } from '#contracts/codes.js';

import { rowsOf, totalOf } from '../../api/paging.js';
import { acceptOffer, waitingKeys, waitingListQuery, type WaitingEntry } from '../../api/waiting-list.js';
import { useCan } from '../../app/session.js';
import { useAnnounce } from '../../ui/announcer.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { daysBetween, formatShortDate, today } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { placeText } from '../housing/place-text.js';
import { useHousingChange } from '../housing/use-housing-change.js';
import { PlacesTabs } from './places-tabs.js';
import { AddPanel, DeclinePanel, OfferPanel, WithdrawPanel } from './waiting-panels.js';

const FILTERS = ['soort', 'zwaarte', 'status'] as const;

type Task = { kind: 'offer' | 'decline' | 'withdraw'; entry: WaitingEntry } | { kind: 'add' };

/** Who waits for which kind of place, in the order in which they are served. */
export function Component() {
  const { t } = useTranslation(['places', 'common']);
  const can = useCan();
  const [filters, setFilters] = useFilters(FILTERS);
  const kind = oneOf(placeKinds, filters.soort);
  const zwaarte = oneOf(zwaartes, filters.zwaarte);
  const status = oneOf(waitingEntryStatuses, filters.status);
  const query = useInfiniteQuery(waitingListQuery({ kind, zwaarte, status }));
  const rows = rowsOf(query.data);
  const total = totalOf(query.data);
  const [task, setTask] = useState<Task>();
  const { accept, failure } = useAccept();
  const mayChange = can('waiting-list:write');
  const columns = useWaitingColumns(mayChange ? { onTask: setTask, onAccept: accept } : undefined);
  const close = (): void => setTask(undefined);
  return (
    <Page
      title={t('waiting.title')}
      finding={total === undefined ? undefined : t('waiting.finding', { count: total })}
      actions={
        mayChange ? (
          <Button type="button" onClick={() => setTask({ kind: 'add' })}>
            {t('waiting.add')}
          </Button>
        ) : undefined
      }
    >
      <PlacesTabs />
      <div className="d-filters">
        <FilterSelect
          label={t('waiting.kind')}
          value={kind}
          options={placeKinds.map((each) => [each, inLanguage(placeKindLabels[each])])}
          onChoose={(soort) => setFilters({ soort })}
        />
        <FilterSelect
          label={t('waiting.zwaarte')}
          value={zwaarte}
          options={zwaartes.map((each) => [each, inLanguage(zwaarteLabels[each])])}
          onChoose={(chosen) => setFilters({ zwaarte: chosen })}
        />
        <FilterSelect
          label={t('waiting.status')}
          value={status}
          empty={t('waiting.active')}
          options={waitingEntryStatuses.map((each) => [each, inLanguage(waitingEntryStatusLabels[each])])}
          onChoose={(chosen) => setFilters({ status: chosen })}
        />
      </div>
      {failure === undefined ? null : <Failure error={failure} />}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading shape="table" /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty title={t('waiting.empty')}>
          <p>{(kind ?? zwaarte ?? status) ? t('common:state.emptyFiltered') : t('waiting.emptyHelp')}</p>
        </Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <DataTable
          name="waiting-list"
          caption={t('waiting.title')}
          columns={columns}
          rows={rows}
          keyOf={(entry) => entry.entryId}
          exportAs="wachtlijst"
          footer={<More of={query} />}
        />
      )}
      {task?.kind === 'add' ? <AddPanel onClose={close} /> : null}
      {task?.kind === 'offer' ? <OfferPanel entry={task.entry} onClose={close} /> : null}
      {task?.kind === 'decline' ? <DeclinePanel entry={task.entry} onClose={close} /> : null}
      {task?.kind === 'withdraw' ? <WithdrawPanel entry={task.entry} onClose={close} /> : null}
    </Page>
  );
}

/** Accepting makes the reservation in the same step; that reservation can be undone. */
function useAccept() {
  const { t } = useTranslation('places');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { refresh, undoable } = useHousingChange();
  const [failure, setFailure] = useState<unknown>();
  const accept = async (entry: WaitingEntry, offerId: string): Promise<void> => {
    setFailure(undefined);
    try {
      const done = await acceptOffer(entry, offerId);
      announce(t('waiting.accepted'));
      if (done.changeId !== undefined && entry.clientId !== undefined) {
        undoable(entry.clientId, done.changeId, t('waiting.accepted'));
      }
      await refresh();
    } catch (error) {
      setFailure(error);
      await queries.invalidateQueries({ queryKey: waitingKeys.all });
    }
  };
  return { accept, failure };
}

interface RowWork {
  onTask: (task: Task) => void;
  onAccept: (entry: WaitingEntry, offerId: string) => Promise<void>;
}

function useWaitingColumns(work: RowWork | undefined): Column<WaitingEntry>[] {
  const { t } = useTranslation('places');
  return useMemo(() => {
    const nameOf = (entry: WaitingEntry): string => entry.clientName ?? t('waiting.someone');
    const weeksText = (entry: WaitingEntry): string =>
      t('waiting.weeks', { count: Math.floor(daysBetween(entry.since, today()) / 7) });
    const columns: Column<WaitingEntry>[] = [
      {
        id: 'position',
        header: t('waiting.position'),
        align: 'end',
        cell: (entry) => entry.position ?? '',
        text: (entry) => String(entry.position ?? ''),
      },
      {
        id: 'client',
        header: t('waiting.client'),
        isName: true,
        cell: (entry) =>
          entry.clientId === undefined ? (
            nameOf(entry)
          ) : (
            <Link className="ams-link" to={`/clienten/${entry.clientId}`}>
              {nameOf(entry)}
            </Link>
          ),
        text: nameOf,
      },
      {
        id: 'kind',
        header: t('waiting.kind'),
        cell: (entry) => inLanguage(placeKindLabels[entry.kind]),
        text: (entry) => inLanguage(placeKindLabels[entry.kind]),
      },
      {
        id: 'zwaarte',
        header: t('waiting.zwaarte'),
        cell: (entry) => <ZwaarteLabel zwaarte={entry.zwaarte} />,
        text: (entry) => inLanguage(zwaarteLabels[entry.zwaarte]),
      },
      {
        id: 'urgency',
        header: t('waiting.urgency'),
        cell: (entry) => inLanguage(waitingUrgencyLabels[entry.urgency]),
        text: (entry) => inLanguage(waitingUrgencyLabels[entry.urgency]),
      },
      {
        id: 'since',
        header: t('waiting.since'),
        cell: (entry) => (
          <>
            <span className="d-nowrap">{formatShortDate(entry.since)}</span>{' '}
            <span className="d-muted d-small d-nowrap">{weeksText(entry)}</span>
          </>
        ),
        text: (entry) => entry.since,
      },
      {
        id: 'status',
        header: t('waiting.status'),
        cell: (entry) => <StatusCell entry={entry} />,
        text: (entry) => inLanguage(waitingEntryStatusLabels[entry.status]),
      },
    ];
    if (work === undefined) return columns;
    return [
      ...columns,
      {
        id: 'actions',
        header: t('waiting.actions'),
        cell: (entry) => <RowActions entry={entry} name={nameOf(entry)} work={work} />,
      },
    ];
  }, [t, work]);
}

function StatusCell({ entry: { status, openOffer } }: { entry: WaitingEntry }) {
  const { t } = useTranslation('places');
  return (
    <>
      {inLanguage(waitingEntryStatusLabels[status])}
      {openOffer === undefined ? null : (
        <span className={openOffer.answerBy < today() ? 'd-late d-small' : 'd-muted d-small'}>
          {'. '}
          {t('waiting.offered', {
            place: openOffer.place === undefined ? '' : placeText(openOffer.place),
            from: formatShortDate(openOffer.from),
            answerBy: formatShortDate(openOffer.answerBy),
          })}
        </span>
      )}
    </>
  );
}

function RowActions({ entry, name, work }: { entry: WaitingEntry; name: string; work: RowWork }) {
  const { t } = useTranslation('places');
  const { openOffer } = entry;
  // Anybody may offer an own place; only the client's own side answers or takes the client off the list.
  const isOwn = entry.clientId !== undefined;
  const label = (action: string): string => t('waiting.of', { action, name });
  if (entry.status === 'placed' || entry.status === 'withdrawn') return null;
  return (
    <div className="d-actions d-row-actions">
      {openOffer === undefined ? (
        <Button
          type="button"
          variant="secondary"
          aria-label={label(t('waiting.offer'))}
          onClick={() => work.onTask({ kind: 'offer', entry })}
        >
          {t('waiting.offer')}
        </Button>
      ) : isOwn ? (
        <>
          <Button
            type="button"
            variant="secondary"
            aria-label={label(t('waiting.accept'))}
            onClick={() => void work.onAccept(entry, openOffer.offerId)}
          >
            {t('waiting.accept')}
          </Button>
          <Button
            type="button"
            variant="tertiary"
            aria-label={label(t('waiting.decline'))}
            onClick={() => work.onTask({ kind: 'decline', entry })}
          >
            {t('waiting.decline')}
          </Button>
        </>
      ) : null}
      {isOwn ? (
        <Button
          type="button"
          variant="tertiary"
          aria-label={label(t('waiting.withdraw'))}
          onClick={() => work.onTask({ kind: 'withdraw', entry })}
        >
          {t('waiting.withdraw')}
        </Button>
      ) : null}
    </div>
  );
}
