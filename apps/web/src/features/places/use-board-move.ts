import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { newIdempotencyKey } from '../../api/http.js';
import type { HousingCommand } from '../../api/housing.js';
import type { Bar, Board, BoardPlace } from '../../api/places.js';
import { useAnnounce } from '../../ui/announcer.js';
import { today } from '../../ui/dates.js';
import { useHousingChange } from '../housing/use-housing-change.js';

/** Less than this is a click with a trembling hand. */
const DRAG_FROM_PX = 6;

export interface DragHandlers {
  onPointerDown: (event: ReactPointerEvent) => void;
  /** Whether the click that follows ends a drag. */
  wasDragged: () => boolean;
}

export interface BoardMove {
  moving: Bar | undefined;
  target: string | undefined;
  status: string | undefined;
  failure: unknown;
  start: (bar: Bar, place: BoardPlace) => void;
  step: (direction: 1 | -1) => void;
  finish: () => Promise<void>;
  cancel: () => void;
  dragOf: (bar: Bar, place: BoardPlace) => DragHandlers;
}

/** Who is here moves today; of a reservation the place is changed. What is over is corrected in the file. */
function commandOf(bar: Bar, placeId: string): HousingCommand | undefined {
  if (bar.state === 'ended' || bar.clientId === undefined) return undefined;
  return bar.reserved
    ? { kind: 'correction', stayId: bar.stayId, reason: 'other', placeId }
    : { kind: 'move', placeId, date: today() };
}

/** Moving a client on the board, by pointer and by keyboard; done at once, with undo afterwards. */
export function useBoardMove(board: Board, mayChange: boolean): BoardMove {
  const { t } = useTranslation('places');
  const announce = useAnnounce();
  const { change } = useHousingChange();
  const [moving, setMoving] = useState<{ bar: Bar; origin: string }>();
  const [target, setTarget] = useState<string>();
  const [note, setNote] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const dragged = useRef(false);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const nameOf = (placeId: string): string => board.items.find((place) => place.placeId === placeId)?.label ?? '';
  const clientOf = (bar: Bar): string => bar.clientName ?? t('board.unknownClient');
  const clear = (): void => {
    setMoving(undefined);
    setTarget(undefined);
  };

  const perform = async (bar: Bar, placeId: string): Promise<void> => {
    clear();
    setFailure(undefined);
    const command = commandOf(bar, placeId);
    if (command === undefined || bar.clientId === undefined) {
      setNote(t('board.notMovable'));
      return;
    }
    const done = t(bar.reserved ? 'board.replanned' : 'board.moved', { client: clientOf(bar), place: nameOf(placeId) });
    try {
      await change(bar.clientId, command, { idempotencyKey: newIdempotencyKey() }, done);
    } catch (error) {
      setFailure(error);
    }
  };

  const start = (bar: Bar, place: BoardPlace): void => {
    setNote(undefined);
    if (!mayChange) return;
    if (commandOf(bar, place.placeId) === undefined) {
      setNote(t(bar.fromOutside === undefined ? 'board.notMovable' : 'outside.notMovable'));
      return;
    }
    setMoving({ bar, origin: place.placeId });
    setTarget(place.placeId);
    announce(t('board.movingStart'));
  };

  const dragOf = (bar: Bar, place: BoardPlace): DragHandlers => ({
    wasDragged: () => dragged.current,
    onPointerDown: (down) => {
      dragged.current = false;
      // A finger scrolls; on a phone the panel of the bar offers the move.
      if (!mayChange || down.button !== 0 || down.pointerType === 'touch') return;
      const begin = { x: down.clientX, y: down.clientY };
      let over = place.placeId;
      const onMove = (event: PointerEvent): void => {
        const distance = Math.hypot(event.clientX - begin.x, event.clientY - begin.y);
        if (!dragged.current && distance < DRAG_FROM_PX) return;
        if (!dragged.current) start(bar, place);
        dragged.current = true;
        const row = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-place]');
        over = row?.dataset['place'] ?? place.placeId;
        setTarget(over);
      };
      const onUp = (): void => {
        stop.current();
        if (!dragged.current) return;
        if (over === place.placeId) clear();
        else void perform(bar, over);
      };
      stop.current = () => {
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', onUp);
        window.removeEventListener('pointercancel', clear);
      };
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onUp);
      window.addEventListener('pointercancel', clear);
    },
  });

  const status =
    moving === undefined || target === undefined
      ? note
      : target === moving.origin
        ? t('board.movingStart')
        : t('board.moving', { client: clientOf(moving.bar), place: nameOf(target) });

  return {
    moving: moving?.bar,
    target,
    status,
    failure,
    start,
    dragOf,
    step: (direction) => {
      const at = board.items.findIndex((place) => place.placeId === target);
      const next = board.items[at + direction];
      if (moving === undefined || next === undefined) return;
      setTarget(next.placeId);
    },
    finish: async () => {
      if (moving === undefined || target === undefined) return;
      if (target === moving.origin) clear();
      else await perform(moving.bar, target);
    },
    cancel: () => {
      clear();
      announce(t('board.moveCancelled'));
    },
  };
}
