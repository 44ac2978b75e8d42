import { Button } from '@amsterdam/design-system-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Bar, Board as BoardData, BoardPlace } from '../../api/places.js';
import { daysBetween, today } from '../../ui/dates.js';
import { Failure } from '../../ui/states.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { BarButton } from './bar-button.js';
import { percentOf, weeksOf } from './board-geometry.js';
import { isReachable, useBoardKeys } from './use-board-keys.js';
import { useBoardMove } from './use-board-move.js';

interface BoardProps {
  board: BoardData;
  title: string;
  mayChange: boolean;
  onOpen: (bar: Bar) => void;
  onArrival: ((place: BoardPlace) => void) | undefined;
}

/** A row per place, time to the right, stays as bars; gaps show what is free. */
export function Board({ board, title, mayChange, onOpen, onArrival }: BoardProps) {
  const { t } = useTranslation('places');
  const container = useRef<HTMLDivElement>(null);
  const move = useBoardMove(board, mayChange);
  const keys = useBoardKeys(container, board, move, onOpen);
  const now = percentOf(board, today());
  const first = board.items.flatMap((place) => place.bars).find(isReachable)?.stayId;
  const tabStop = keys.focused ?? first;
  return (
    <figure className="d-board">
      <figcaption className="d-board__title">{title}</figcaption>
      {move.failure === undefined ? null : <Failure error={move.failure} />}
      {/* The keys work on the bars inside; the bars themselves are buttons. */}
      <div ref={container} className="d-board__grid" role="group" aria-label={title} onKeyDown={keys.onKeyDown}>
        <div className="d-board__head" aria-hidden="true">
          <div />
          <div className="d-board__track">
            {weeksOf(board).map((week) => (
              <span key={week.date} className="d-board__week" style={{ insetInlineStart: `${week.at}%` }}>
                {week.label}
              </span>
            ))}
          </div>
        </div>
        {board.items.map((place) => (
          <div
            key={place.placeId}
            className={`d-board__row${move.target === place.placeId ? ' d-board__row--target' : ''}`}
            data-place={place.placeId}
          >
            <div className="d-board__place">
              <strong>{place.label}</strong>
              <span className="d-small">
                <ZwaarteLabel zwaarte={place.zwaarte} />
              </span>
              {onArrival === undefined || !isFreeNow(place) ? null : (
                <Button
                  type="button"
                  variant="tertiary"
                  className="d-board__arrival"
                  aria-label={t('board.arrivalOn', { place: place.label })}
                  onClick={() => onArrival(place)}
                >
                  {t('board.arrival')}
                </Button>
              )}
            </div>
            <div className="d-board__track">
              {weeksOf(board).map((week) => (
                <span key={week.date} className="d-board__line" style={{ insetInlineStart: `${week.at}%` }} />
              ))}
              <ClosedTime board={board} place={place} />
              {/* Under the bars: names stay readable, and the line shows in every gap. */}
              {now === undefined ? null : <span className="d-board__today" style={{ insetInlineStart: `${now}%` }} />}
              {place.bars.map((bar) => (
                <BarButton
                  key={bar.stayId}
                  bar={bar}
                  place={place}
                  board={board}
                  tabStop={bar.stayId === tabStop}
                  moving={move.moving?.stayId === bar.stayId}
                  drag={move.dragOf(bar, place)}
                  onOpen={onOpen}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      {move.status === undefined ? null : (
        <p className="d-board__status" role="status">
          {move.status}
        </p>
      )}
      <p className="d-small d-muted d-keys">{t('board.keys')}</p>
    </figure>
  );
}

function isFreeNow(place: BoardPlace): boolean {
  const day = today();
  const open =
    (place.openFrom === undefined || place.openFrom <= day) &&
    (place.closedFrom === undefined || place.closedFrom > day);
  return open && !place.bars.some((bar) => bar.from <= day && (bar.until === undefined || bar.until > day));
}

/** Days on which the place is not open, as a hatched area. */
function ClosedTime({ board, place }: { board: BoardData; place: BoardPlace }) {
  const { t } = useTranslation('places');
  const parts: { from: string; until: string }[] = [];
  if (place.openFrom !== undefined && place.openFrom > board.from)
    parts.push({ from: board.from, until: place.openFrom });
  if (place.closedFrom !== undefined && place.closedFrom < board.until)
    parts.push({ from: place.closedFrom, until: board.until });
  const days = daysBetween(board.from, board.until);
  return parts.map((part) => {
    const start = Math.max(0, daysBetween(board.from, part.from));
    const end = Math.min(days, daysBetween(board.from, part.until));
    return (
      <span
        key={part.from}
        className="d-board__closed"
        title={t('board.closed')}
        style={{ insetInlineStart: `${(start / days) * 100}%`, inlineSize: `${((end - start) / days) * 100}%` }}
      />
    );
  });
}
