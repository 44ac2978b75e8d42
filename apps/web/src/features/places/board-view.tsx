import './board.css';

import { Button } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { boardQuery, type Bar, type Board as BoardData, type BoardPlace } from '../../api/places.js';
import { useCan } from '../../app/session.js';
import { addDays, formatShortDate, today } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { useTableKey } from '../../ui/use-table-key.js';
import { Board } from './board.js';
import { ArrivalPanel, BarPanel } from './board-panels.js';
import { BoardTable } from './board-table.js';
import { BoardLegend } from './board-legend.js';
import { BoardLive } from './board-live.js';
import { OutsidePanel } from './outside-panel.js';
import { PlacesTabs } from './places-tabs.js';

const DAYS_SHOWN = 70;
const DAYS_BACK = 21;
const STEP = 28;

interface BoardViewProps {
  clusterId: string;
  from: string | undefined;
  asTable: boolean;
  onFrom: (from: string | undefined) => void;
  onTable: (asTable: boolean) => void;
}

/** One cluster through time: as a board, or with one key as a table. */
export function BoardView({ clusterId, from: asked, asTable, onFrom, onTable }: BoardViewProps) {
  const { t } = useTranslation(['places', 'common']);
  const from = asked ?? addDays(today(), -DAYS_BACK);
  const until = addDays(from, DAYS_SHOWN);
  const filter = { clusterId, from, until };
  // Back on the page what others changed announces itself too, instead of moving what is there.
  const query = useQuery({
    ...boardQuery(filter),
    placeholderData: (previous) => previous,
    refetchOnWindowFocus: false,
  });
  const content = useRef<HTMLDivElement>(null);
  useTableKey(() => onTable(!asTable));
  const cluster = query.data?.cluster;
  return (
    <Page
      title={cluster === undefined ? t('occupancy.title') : `${cluster.clusterName}, ${cluster.locationName}`}
      finding={query.data === undefined ? undefined : <Finding board={query.data} />}
      actions={
        <Button type="button" variant="secondary" aria-keyshortcuts="t" onClick={() => onTable(!asTable)}>
          {asTable ? t('board.asBoard') : t('board.asTable')} <kbd aria-hidden="true">t</kbd>
        </Button>
      }
    >
      <PlacesTabs />
      <div className="d-actions" role="group" aria-label={t('board.period')}>
        <Link className="ams-link" to="/plekken">
          {t('occupancy.allClusters')}
        </Link>
        <Button type="button" variant="tertiary" onClick={() => onFrom(addDays(from, -STEP))}>
          ← {t('board.earlier')}
        </Button>
        <Button type="button" variant="tertiary" onClick={() => onFrom(undefined)}>
          {t('board.today')}
        </Button>
        <Button type="button" variant="tertiary" onClick={() => onFrom(addDays(from, STEP))}>
          {t('board.later')} →
        </Button>
      </div>
      <Ready query={query} loading={<Loading shape="table" rows={8} columns={2} />}>
        {(board) => (
          <>
            {query.isPlaceholderData ? null : (
              <BoardLive
                key={JSON.stringify(filter)}
                filter={filter}
                board={board}
                fetchedAt={query.dataUpdatedAt}
                isFetching={query.isFetching}
                isEngaged={() => isAtWork(content.current)}
                onShow={() => query.refetch()}
              />
            )}
            <div className="d-board-content" ref={content}>
              <BoardContent board={board} asTable={asTable} />
            </div>
          </>
        )}
      </Ready>
    </Page>
  );
}

/** Whether somebody is at work on the board or in a window over it: then nothing may move under the pointer or the focus. */
function isAtWork(content: HTMLElement | null): boolean {
  if (content === null) return false;
  return (
    content.matches(':hover') ||
    content.contains(document.activeElement) ||
    document.querySelector('dialog[open]') !== null
  );
}

function Finding({ board }: { board: BoardData }) {
  const { t } = useTranslation('places');
  const here = (bar: Bar): boolean => bar.state === 'present' || bar.state === 'on-leave';
  if (board.items.length === 0) return null;
  const occupied = board.items.filter((place) => place.bars.some(here)).length;
  return t('board.finding', { occupied, places: board.items.length });
}

function BoardContent({ board, asTable }: { board: BoardData; asTable: boolean }) {
  const { t } = useTranslation('places');
  const can = useCan();
  const [openBar, setOpenBar] = useState<Bar>();
  const [arrivalOn, setArrivalOn] = useState<BoardPlace>();
  const mayChange = can('housing:write');
  const openOn = board.items.find(({ bars }) => bars.some(({ stayId }) => stayId === openBar?.stayId));
  const title = t('board.title', { from: formatShortDate(board.from), until: formatShortDate(board.until) });
  if (board.items.length === 0) {
    return (
      <Empty title={t('board.empty')}>
        <p>{t('board.emptyHelp')}</p>
      </Empty>
    );
  }
  return (
    <>
      {asTable ? (
        <BoardTable board={board} title={title} onOpen={setOpenBar} />
      ) : (
        <>
          <Board
            board={board}
            title={title}
            mayChange={mayChange}
            onOpen={setOpenBar}
            onArrival={mayChange ? setArrivalOn : undefined}
          />
          <BoardLegend />
        </>
      )}
      {openBar?.fromOutside === undefined || openOn === undefined ? null : (
        <OutsidePanel
          bar={openBar}
          clientId={openBar.fromOutside.clientId}
          place={openOn}
          mayChange={mayChange}
          onClose={() => setOpenBar(undefined)}
        />
      )}
      {openBar?.clientId === undefined ? null : (
        <BarPanel clientId={openBar.clientId} mayChange={mayChange} onClose={() => setOpenBar(undefined)} />
      )}
      {arrivalOn === undefined ? null : <ArrivalPanel place={arrivalOn} onClose={() => setArrivalOn(undefined)} />}
    </>
  );
}
