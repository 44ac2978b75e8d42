import { Button, Heading } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { meldingenQuery, type Melding, type MeldingFilter, type MeldingList } from '../../api/meldingen.js';
import { rowsOf } from '../../api/paging.js';
import { useCan } from '../../app/session.js';
import type { useBeside } from '../../ui/beside.js';
import { More } from '../../ui/more.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { inGroups } from './attention.js';
import { HandOverPanel } from './hand-over-panel.js';
import { LiveLine } from './live-line.js';
import { MeldingBeside } from './melding-beside.js';
import { MeldingRow, type Opening } from './melding-row.js';
import { SnoozePanel } from './snooze-panel.js';
import { useListKeys } from './use-list-keys.js';
import { useMeldingActions, type MeldingWork } from './use-melding-actions.js';

interface MeldingenListProps {
  filter: MeldingFilter;
  status: MeldingList;
  beside: ReturnType<typeof useBeside>;
  /** The melding that stands beside the list. */
  current: string | undefined;
}

/** One list of meldingen, with what is done in it and the melding that was opened beside it. */
export function MeldingenList({ filter, status, beside, current }: MeldingenListProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(meldingenQuery(filter));
  const rows = rowsOf(query.data);
  const work = useMeldingActions(rows);
  const onOpen = (melding: Melding): void => {
    work.actions.opened(melding);
    if (beside.isWide) beside.open(melding.meldingId);
    else void navigate(`/clienten/${melding.clientId}`);
  };
  useListKeys(list, { rows, work, current, onOpen });
  const opening: Opening = {
    isBeside: beside.isWide,
    current,
    onLink: (event, melding) => {
      beside.takeOver(event, melding.meldingId);
      work.actions.opened(melding);
    },
  };
  // Where nothing stands nothing can move.
  const isEngaged = (): boolean =>
    rows.length > 0 && (isAtWork(list.current) || work.selected.size > 0 || current !== undefined);
  const row = rows.find(({ meldingId }) => meldingId === current);
  return (
    <div className={current === undefined ? undefined : 'd-beside'}>
      <div className="d-meldingen-list" ref={list}>
        {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
        <LiveLine
          isEngaged={isEngaged}
          onShow={async () => {
            await query.refetch();
            work.forgetDone();
          }}
        />
        {query.isPending ? <Loading rows={8} /> : null}
        {query.isSuccess && rows.length === 0 ? <Nothing filter={filter} status={status} /> : null}
        {status === 'open' ? (
          <InGroups rows={rows} work={work} opening={opening} />
        ) : (
          <Rows rows={rows} work={work} opening={opening} label={t('list')} />
        )}
        <Selection work={work} />
        {rows.length === 0 ? null : (
          <>
            <More of={query} />
            <p className="d-small d-muted d-keys">
              <strong>{t('keys.title')}</strong> {t(beside.isWide ? 'keys.wide' : 'keys.text')}
            </p>
          </>
        )}
      </div>
      {current === undefined ? null : (
        <MeldingBeside key={current} meldingId={current} row={row} work={work} onClose={beside.close} />
      )}
      {work.snoozing === undefined ? null : (
        <SnoozePanel melding={work.snoozing} onClose={work.closePanels} onSnooze={work.snoozeUntil} />
      )}
      {work.handingOver === undefined ? null : (
        <HandOverPanel melding={work.handingOver} onClose={work.closePanels} onHandOver={work.handOverTo} />
      )}
    </div>
  );
}

/** What would be here, and how it gets here. */
function Nothing({ filter, status }: Pick<MeldingenListProps, 'filter' | 'status'>) {
  const { t } = useTranslation(['meldingen', 'common']);
  const can = useCan();
  // Who sees no clients has none of their own: another reason for having nothing.
  const help = status === 'open' && !can('clients:read') ? t('empty.openHelpWithoutClients') : t(`empty.${status}Help`);
  return (
    <Empty title={t(`empty.${status}`)}>
      <p>{filter.urgency === undefined ? help : t('common:state.emptyFiltered')}</p>
    </Empty>
  );
}

interface RowsProps {
  rows: readonly Melding[];
  work: MeldingWork;
  opening: Opening;
}

/** What is open, under the headings that say why it stands where it stands. */
function InGroups({ rows, work, opening }: RowsProps) {
  const { t } = useTranslation('meldingen');
  return inGroups(rows).map(({ group, rows: together }) => (
    <section key={group} className="d-meldingen-group" aria-labelledby={`group-${group}`}>
      <div className="d-meldingen-group__head">
        <Heading level={2} size="level-4" id={`group-${group}`} className={group === 'late' ? 'd-late' : undefined}>
          {t(`group.${group}`)}
        </Heading>
        <p className="d-small d-muted">{t(group === 'late' ? 'group.lateOrder' : 'group.order')}</p>
      </div>
      <Rows rows={together} work={work} opening={opening} label={t(`group.${group}`)} selectable />
    </section>
  ));
}

function Rows({ rows, work, opening, label, selectable = false }: RowsProps & { label: string; selectable?: boolean }) {
  if (rows.length === 0) return null;
  return (
    <ul className="d-meldingen" aria-label={label}>
      {rows.map((melding) => (
        <MeldingRow
          key={melding.meldingId}
          melding={melding}
          done={work.done.get(melding.meldingId)}
          problem={work.problems.get(melding.meldingId)}
          selected={work.selected.has(melding.meldingId)}
          onSelect={selectable ? work.select : undefined}
          actions={work.actions}
          opening={opening}
        />
      ))}
    </ul>
  );
}

/** What can be done with all that was selected. */
function Selection({ work }: { work: MeldingWork }) {
  const { t } = useTranslation('meldingen');
  if (work.selected.size === 0) return null;
  return (
    <div className="d-actions d-meldingen__selection">
      <Button type="button" onClick={() => void work.acknowledgeSelected()}>
        {t('action.acknowledgeSelected', { count: work.selected.size })}
      </Button>
      <Button type="button" variant="tertiary" onClick={work.clearSelection}>
        {t('action.clearSelection')}
      </Button>
    </div>
  );
}

/** Whether the person is at work in the list: then nothing may move under the pointer or the focus. */
function isAtWork(list: HTMLElement | null): boolean {
  if (list === null) return false;
  return list.matches(':hover') || list.contains(document.activeElement) || window.scrollY > 80;
}
