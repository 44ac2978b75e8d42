import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';

import { stayStateLabels } from '#contracts/code-labels.js';

import type { Bar, BoardPlace } from '../../api/places.js';
import { formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { ZwaarteShape } from '../../ui/zwaarte.js';
import { spanOf, type BoardPeriod } from './board-geometry.js';
import { isReachable } from './use-board-keys.js';
import type { DragHandlers } from './use-board-move.js';

interface BarButtonProps {
  bar: Bar;
  place: BoardPlace;
  board: BoardPeriod;
  tabStop: boolean;
  moving: boolean;
  drag: DragHandlers;
  onOpen: (bar: Bar) => void;
}

export function periodText(bar: { from: string; until?: string }, runsOn: string): string {
  return `${formatShortDate(bar.from)} – ${bar.until === undefined ? runsOn : formatShortDate(bar.until)}`;
}

/** One stay as a bar: filled when it is there, dashed when it is planned, hatched where the client is on leave. */
export function BarButton({ bar, place, board, tabStop, moving, drag, onOpen }: BarButtonProps) {
  const { t } = useTranslation('places');
  const span = spanOf(board, bar.from, bar.until);
  const isMismatch = bar.zwaarteMatch === 'place-too-light' || bar.zwaarteMatch === 'place-too-heavy';
  const client = bar.clientName ?? t(bar.fromOutside === undefined ? 'board.unknownClient' : 'board.fromOutside');
  const state = inLanguage(stayStateLabels[bar.state]).toLowerCase();
  const label = t('board.bar', { client, place: place.label, period: periodText(bar, t('board.runsOn')), state });
  const classes = [
    'd-bar',
    `d-bar--${place.zwaarte}`,
    bar.reserved ? 'd-bar--reserved' : '',
    bar.state === 'ended' ? 'd-bar--ended' : '',
    moving ? 'd-bar--moving' : '',
    span.startsBefore ? 'd-bar--cut-start' : '',
    span.runsOn ? 'd-bar--cut-end' : '',
  ].join(' ');
  const style: CSSProperties = { insetInlineStart: `${span.at}%`, inlineSize: `${span.width}%` };
  const content = (
    <>
      {bar.leaves.map((leave) => {
        const part = spanOf(board, leave.from, leave.until ?? bar.until);
        const inset: CSSProperties = {
          insetInlineStart: `${((part.at - span.at) / span.width) * 100}%`,
          inlineSize: `${(part.width / span.width) * 100}%`,
        };
        return <span key={leave.from} className="d-bar__leave" style={inset} />;
      })}
      <ZwaarteShape zwaarte={place.zwaarte} />
      {isMismatch ? (
        <span className="d-bar__mismatch" aria-hidden="true">
          !
        </span>
      ) : null}
      <span className="d-bar__name">{client}</span>
    </>
  );
  if (!isReachable(bar)) {
    return (
      <span className={`${classes} d-bar--unknown`} style={style} title={label}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      style={style}
      data-stay={bar.stayId}
      tabIndex={tabStop ? 0 : -1}
      aria-label={isMismatch ? `${label}, ${t('board.mismatch')}` : label}
      title={label}
      onClick={() => {
        if (!drag.wasDragged()) onOpen(bar);
      }}
      onPointerDown={drag.onPointerDown}
    >
      {content}
    </button>
  );
}
