import { Button } from '@amsterdam/design-system-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { boardStateQuery, type Board, type BoardFilter } from '../../api/places.js';
import { useAnnounce } from '../../ui/announcer.js';
import { useAsking } from '../../ui/use-asking.js';

/** How often a board that is looked at asks whether it changed. */
const ASK_EVERY_MS = 5_000;

interface BoardLiveProps {
  filter: BoardFilter;
  board: Board;
  /** When the board was fetched, in milliseconds. */
  fetchedAt: number;
  /** It is being fetched: what one did oneself is no news. */
  isFetching: boolean;
  isEngaged: () => boolean;
  onShow: () => Promise<unknown>;
}

/**
 * What others change on the board announces itself. It comes by itself only while nobody is at work on the board; otherwise
 * it waits behind "Tonen". The line has its height from the start, so that nothing moves under the pointer (ui.md, Calm).
 */
export function BoardLive({ filter, board, fetchedAt, isFetching, isEngaged, onShow }: BoardLiveProps) {
  const { t } = useTranslation('places');
  const announce = useAnnounce();
  const line = useRef<HTMLDivElement>(null);
  const asked = useAsking(boardStateQuery(filter), ASK_EVERY_MS);
  const latest = useRef({ isEngaged, onShow });
  useEffect(() => {
    latest.current = { isEngaged, onShow };
  });
  // An answer to a question of before the board was fetched tells nothing of this board.
  const isChanged =
    !isFetching && asked.data !== undefined && asked.data.askedAt > fetchedAt && asked.data.state !== board.state
      ? asked.data
      : undefined;
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (isChanged === undefined) return;
    if (told.current !== isChanged.state) announce(t('board.live.changed'));
    told.current = isChanged.state;
    if (!latest.current.isEngaged()) void latest.current.onShow();
  }, [isChanged, announce, t]);
  const show = (): void => {
    // The button goes away with what it announces; reading goes on from its line.
    line.current?.focus();
    void onShow();
  };
  return (
    <div className="d-live" ref={line} tabIndex={-1}>
      {isChanged !== undefined ? (
        <>
          <strong>{t('board.live.changed')}</strong>
          <Button type="button" variant="secondary" onClick={show}>
            {t('board.live.show')}
          </Button>
        </>
      ) : (
        <>
          <span className={`d-live__dot d-live__dot--${asked.isError ? 'off' : 'live'}`} aria-hidden="true" />
          <span className={asked.isError ? 'd-late d-small' : 'd-muted d-small'}>
            {t(asked.isError ? 'board.live.away' : 'board.live.follows')}
          </span>
        </>
      )}
    </div>
  );
}
