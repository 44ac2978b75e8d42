import './meldingen.css';

import { Button, Select } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import {
  countOf,
  meldingCountsQuery,
  meldingenQuery,
  MELDING_LISTS,
  URGENCIES,
  type MeldingCounts,
  type MeldingFilter,
  type MeldingList,
  UNASSIGNED,
} from '../../api/meldingen.js';
import { rowsOf } from '../../api/paging.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { HandOverPanel } from './hand-over-panel.js';
import { LiveLine } from './live-line.js';
import { MeldingRow } from './melding-row.js';
import { SnoozePanel } from './snooze-panel.js';
import { useListKeys } from './use-list-keys.js';
import { useMeldingActions } from './use-melding-actions.js';

const FILTERS = ['status', 'dringend', 'van'] as const;

/** The start page: a short ordered list of what asks for attention. */
export function Component() {
  const { t } = useTranslation(['meldingen', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const status = oneOf(MELDING_LISTS, filters.status) ?? 'open';
  const urgency = oneOf(URGENCIES, filters.dringend);
  const filter = { status, urgency, ofPersonId: filters.van };
  const counts = useQuery(meldingCountsQuery);
  return (
    <Page title={t('title')} finding={<Finding open={counts.data?.open} late={counts.data?.late} />}>
      <div className="d-filters d-meldingen__filters">
        <label>
          {t('status.label')}
          <Select
            value={status}
            onChange={(event) => setFilters({ status: event.target.value === 'open' ? undefined : event.target.value })}
          >
            {MELDING_LISTS.map((each) => (
              <Select.Option key={each} value={each}>
                {t(`status.${each}`)}
                {counts.data === undefined ? '' : ` (${countOf(counts.data, each)})`}
              </Select.Option>
            ))}
          </Select>
        </label>
        <InboxChoice counts={counts.data} value={filters.van} onChoose={(van) => setFilters({ van })} />
        <label>
          {t('urgency.label')}
          <Select value={urgency ?? ''} onChange={(event) => setFilters({ dringend: event.target.value })}>
            <Select.Option value="">{t('urgency.all')}</Select.Option>
            {URGENCIES.map((each) => (
              <Select.Option key={each} value={each}>
                {t(`urgency.${each}`)}
              </Select.Option>
            ))}
          </Select>
        </label>
      </div>
      <MeldingenOf key={JSON.stringify(filter)} filter={filter} status={status} />
    </Page>
  );
}

function Finding({ open, late }: { open: number | undefined; late: number | undefined }) {
  const { t } = useTranslation('meldingen');
  if (open === undefined) return null;
  return (
    <>
      {t('finding', { count: open })}{' '}
      {late === undefined || late === 0 ? null : <span className="d-late">{t('findingLate', { count: late })}</span>}
    </>
  );
}

interface InboxChoiceProps {
  counts: MeldingCounts | undefined;
  value: string | undefined;
  onChoose: (personId: string) => void;
}

/** Whose meldingen: one's own, those of a colleague who is replaced, those that nobody is responsible for. */
function InboxChoice({ counts, value, onChoose }: InboxChoiceProps) {
  const { t } = useTranslation('meldingen');
  if (counts === undefined || (counts.replacing.length === 0 && counts.unassigned === undefined)) return null;
  return (
    <label>
      {t('inbox.label')}
      <Select value={value ?? ''} onChange={(event) => onChoose(event.target.value)}>
        <Select.Option value="">{t('inbox.mine')}</Select.Option>
        {counts.replacing.map(({ personId, open }) => (
          <Select.Option key={personId} value={personId}>
            {t('inbox.of', { name: counts.names?.people[personId] ?? t('colleague'), count: open })}
          </Select.Option>
        ))}
        {counts.unassigned === undefined ? null : (
          <Select.Option value={UNASSIGNED}>{t('inbox.unassigned', { count: counts.unassigned })}</Select.Option>
        )}
      </Select>
    </label>
  );
}

interface ListProps {
  filter: MeldingFilter;
  status: MeldingList;
}

function MeldingenOf({ filter, status }: ListProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const list = useRef<HTMLUListElement>(null);
  const query = useInfiniteQuery(meldingenQuery(filter));
  const rows = rowsOf(query.data);
  const work = useMeldingActions(rows);
  useListKeys(list, rows, work);
  if (query.isPending) return <Loading rows={8} />;
  return (
    <>
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <LiveLine
        isEngaged={() => isEngaged(list.current) || work.selected.size > 0}
        onShow={async () => {
          await query.refetch();
          work.forgetDone();
        }}
      />
      {rows.length === 0 && query.error !== null ? null : rows.length === 0 ? (
        <Empty title={t(`empty.${status}`)}>
          <p>{filter.urgency === undefined ? t(`empty.${status}Help`) : t('common:state.emptyFiltered')}</p>
        </Empty>
      ) : (
        <ul className="d-meldingen" ref={list} aria-label={t('list')}>
          {rows.map((melding) => (
            <MeldingRow
              key={melding.meldingId}
              melding={melding}
              done={work.done.get(melding.meldingId)}
              problem={work.problems.get(melding.meldingId)}
              selected={work.selected.has(melding.meldingId)}
              onSelect={status === 'open' ? work.select : undefined}
              actions={work.actions}
            />
          ))}
        </ul>
      )}
      {work.selected.size === 0 ? null : (
        <div className="d-actions d-meldingen__selection">
          <Button type="button" onClick={() => void work.acknowledgeSelected()}>
            {t('action.acknowledgeSelected', { count: work.selected.size })}
          </Button>
          <Button type="button" variant="tertiary" onClick={work.clearSelection}>
            {t('action.clearSelection')}
          </Button>
        </div>
      )}
      {rows.length === 0 ? null : (
        <>
          <More of={query} />
          <p className="d-small d-muted d-keys">
            <strong>{t('keys.title')}</strong> {t('keys.text')}
          </p>
        </>
      )}
      {work.snoozing === undefined ? null : (
        <SnoozePanel melding={work.snoozing} onClose={work.closePanels} onSnooze={work.snoozeUntil} />
      )}
      {work.handingOver === undefined ? null : (
        <HandOverPanel melding={work.handingOver} onClose={work.closePanels} onHandOver={work.handOverTo} />
      )}
    </>
  );
}

/** Whether the person is at work in the list: then nothing may move under the pointer or the focus. */
function isEngaged(list: HTMLElement | null): boolean {
  if (list === null) return false;
  return list.matches(':hover') || list.contains(document.activeElement) || window.scrollY > 80;
}
